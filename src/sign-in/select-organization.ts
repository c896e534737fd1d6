import type { Assurances } from '../kernel/assurance.js'
import type { Clock } from '../kernel/clock.js'
import type { OrganizationId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import { NO_FAILURES } from '../limits/index.js'
import type { ChallengeChoice } from '../challenges/index.js'
import type { ArrivalOutcome, Arrivals, ArrivingPerson } from './arrival.js'
import type { PresentedDevice } from './recognize.js'
import { hasDeadFactor, type PersonInSession, secondFactors, type SessionStore } from '../sessions/index.js'

export interface SelectOrganizationInput extends PresentedDevice {
  readonly person: PersonInSession & ArrivingPerson
  /** Null: no organization. */
  readonly organizationId: OrganizationId | null
  readonly beginChallenge: ChallengeChoice | null
  readonly context: AuditContext
}

export interface SelectOrganizationDeps {
  readonly arrivals: Arrivals
  readonly sessions: Pick<SessionStore, 'switchOrganization'>
  readonly assurances: Assurances
  readonly clock: Clock
}

export type SelectOrganizationOutcome =
  | ArrivalOutcome
  /** The same session continues, for another organization. */
  | { kind: 'switched' }
  | { kind: 'not-a-member' }
  /** No choice is pending: the session lacks only its second factor. */
  | { kind: 'not-asked' }

/**
 * Completes a sign-in by discovery: the waiting session is exchanged for one for the chosen organization, judged as if
 * the first factor were given now. An active session switches, and the new organization's rule applies from its next
 * operation. A session that only waits because its organization requires a factor may continue without the organization
 * (R136).
 */
export async function selectOrganization(
  deps: SelectOrganizationDeps,
  input: SelectOrganizationInput,
): Promise<SelectOrganizationOutcome> {
  const { person, organizationId, context } = input
  const { account, session } = person
  if (organizationId !== null && !person.memberships[organizationId]) return { kind: 'not-a-member' }
  if (session.state === 'active') return switchOver(deps, input)
  const now = deps.clock.now()
  const attempt =
    session.choosing ?? (organizationId === null && isAskedToEnroll(deps, person, now) ? NO_FAILURES : null)
  if (attempt === null) return { kind: 'not-asked' }
  return deps.arrivals.comeIn({
    first: { method: 'CONTINUED', session },
    person,
    // An older version kept fewer facts.
    attempt: { ...NO_FAILURES, ...attempt, now },
    destination: { kind: 'organization', organizationId },
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

/**
 * An account without a factor has nothing to verify, so choosing no organization cannot dodge a risk prompt. Its
 * requirements without the organization are judged again.
 */
function isAskedToEnroll(deps: SelectOrganizationDeps, person: PersonInSession, now: Date): boolean {
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
  return { kind: isSwitched ? 'switched' : 'not-a-member' }
}
