import type { ChallengeChoice } from '../challenges/index.js'
import type { Assurances } from '../kernel/assurance.js'
import type { Clock } from '../kernel/clock.js'
import type { OrganizationId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import { type AttemptFacts, NO_FAILURES } from '../limits/index.js'
import type { EnterChosenOutcome } from '../organizations/index.js'
import { hasDeadFactor, type PersonInSession, secondFactors, type SessionStore } from '../sessions/index.js'
import type { ArrivalOutcome, Arrivals, ArrivingPerson } from './arrival.js'
import type { PresentedDevice } from './recognize.js'

type ChoosingPerson = PersonInSession & ArrivingPerson

export interface SelectOrganizationInput extends PresentedDevice {
  readonly person: ChoosingPerson
  /** Null: no organization. */
  readonly organizationId: OrganizationId | null
  readonly beginChallenge: ChallengeChoice | null
  readonly entry: Entry
  readonly context: AuditContext
}

/** Joins an organization with the proofs, events and limits of `joinOrganization` and `acceptInvitation`. */
export interface Entry {
  /** Whether `discoverOrganizations` offers the organization to the account. */
  isOffered(organizationId: OrganizationId): Promise<boolean>
  /** Whether the account may join once its sign-in is complete, with what it has proved so far. */
  mayEnter(): Promise<boolean>
  /** Refuses an active session that may not join. */
  demand(): Promise<void>
  enter(organizationId: OrganizationId): Promise<EnterChosenOutcome>
}

export interface SelectOrganizationDeps {
  readonly arrivals: Arrivals
  readonly sessions: Pick<SessionStore<ArrivingPerson>, 'switchOrganization' | 'findPerson'>
  readonly assurances: Assurances
  readonly clock: Clock
}

export type SelectOrganizationOutcome =
  | ArrivalOutcome
  /** The same session continues, for another organization. */
  | { kind: 'switched'; person: ChoosingPerson }
  | { kind: 'not-a-member' }
  | { kind: 'not-entered'; because: 'too-many' | 'too-many-admins' | 'no-common-factor' }
  /** No choice is pending: the session lacks only its second factor. */
  | { kind: 'not-asked' }

/**
 * Completes a sign-in by discovery: the waiting session is exchanged for one for the chosen organization, judged as if
 * the first factor were given now. An active session switches, and the new organization's rule applies from its next
 * operation. A session that only waits because its organization requires a factor may continue without the organization
 * (R136). An organization that invited the account, or that it may join, is joined first.
 */
export async function selectOrganization(
  deps: SelectOrganizationDeps,
  input: SelectOrganizationInput,
): Promise<SelectOrganizationOutcome> {
  const { person, organizationId } = input
  const isActive = person.session.state === 'active'
  if (organizationId === null || person.memberships[organizationId]) {
    return isActive ? switchOver(deps, input) : continueSignIn(deps, input)
  }
  if (!isActive && person.session.choosing === null) return { kind: 'not-asked' }
  if (!(await input.entry.isOffered(organizationId))) return { kind: 'not-a-member' }
  if (isActive) await input.entry.demand()
  // A second factor comes before changes in the account's name (R136). After it, the choice is made again.
  else if (!(await mayEnterNow(deps, input))) {
    return continueSignIn(deps, { ...input, organizationId: null, provesFactor: true })
  }
  const entered = await input.entry.enter(organizationId)
  if (entered.kind === 'unknown') return { kind: 'not-a-member' }
  if (entered.kind !== 'entered' && entered.kind !== 'member-already') {
    return { kind: 'not-entered', because: entered.kind }
  }
  const found = await deps.sessions.findPerson(person.account.id)
  if (!found) return { kind: 'not-asked' }
  const member = { ...input, person: { ...found, session: person.session } }
  return isActive ? switchOver(deps, member) : continueSignIn(deps, member)
}

async function continueSignIn(
  deps: SelectOrganizationDeps,
  input: SelectOrganizationInput & { readonly provesFactor?: boolean },
): Promise<SelectOrganizationOutcome> {
  const { person, organizationId, context, provesFactor = false } = input
  const { account, session } = person
  const now = deps.clock.now()
  const attempt = attemptOf(deps, input, now)
  if (attempt === null) return { kind: 'not-asked' }
  return deps.arrivals.comeIn({
    first: { method: 'CONTINUED', session },
    person,
    // An older version kept fewer facts.
    attempt: { ...NO_FAILURES, ...attempt, now },
    destination: { kind: 'organization', organizationId },
    provesFactor,
    transport: session.transport,
    fingerprint: session.fingerprint,
    timeZone: session.provedFrom.observation.timeZone ?? '',
    deviceTokenFor: input.deviceTokenFor,
    deviceKey: input.deviceKey,
    beginChallenge: input.beginChallenge,
    former: { accountId: account.id, sessionId: session.id },
    context,
  })
}

/** The facts to judge the continued sign-in by; null: the session does not wait for a choice. */
function attemptOf(
  deps: SelectOrganizationDeps,
  { person, organizationId }: SelectOrganizationInput,
  now: Date,
): AttemptFacts | null {
  const { choosing } = person.session
  return choosing ?? (organizationId === null && hasNothingToProve(deps, person, now) ? NO_FAILURES : null)
}

/**
 * Whether the waiting session has proved what joining needs: an account without a factor its recent sign-in, or a
 * passkey sign-in its passkey.
 */
async function mayEnterNow(deps: SelectOrganizationDeps, { person, entry }: SelectOrganizationInput): Promise<boolean> {
  const { firstFactor, authentication } = person.session
  // The backend that began it may demand a factor first.
  if (authentication !== null) return false
  if (firstFactor !== 'PASSKEY' && !hasNothingToProve(deps, person, deps.clock.now())) return false
  return entry.mayEnter()
}

/**
 * An account without a factor has nothing to verify, so choosing no organization cannot dodge a risk prompt. Its
 * requirements without the organization are judged again.
 */
function hasNothingToProve(deps: SelectOrganizationDeps, person: PersonInSession, now: Date): boolean {
  const { session, mfaRules } = person
  const rule = { now, enabled: mfaRules.account.methods, assurances: deps.assurances, first: session.firstFactor }
  return secondFactors(person, rule).length === 0 && !hasDeadFactor(person, rule)
}

async function switchOver(
  deps: SelectOrganizationDeps,
  { person, organizationId }: SelectOrganizationInput,
): Promise<SelectOrganizationOutcome> {
  const { account, session } = person
  const isSwitched = await deps.sessions.switchOrganization(account.id, session.id, organizationId)
  if (!isSwitched) return { kind: 'not-a-member' }
  return { kind: 'switched', person: { ...person, session: { ...session, organizationId } } }
}
