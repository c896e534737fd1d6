import { accountActor, type AuditLog } from '../audit/index.js'
import {
  type CloneAlarm,
  type CloneAlarmDeps,
  demandKey,
  type Device,
  type DeviceKeyProof,
  raiseCloneAlarm,
  type RecognizedDevice,
  recognizeDevice,
  withUsedUpSecrets,
} from '../devices/index.js'
import type { AccountId, SessionId } from '../kernel/ids.js'
import type { Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { StepUp } from '../kernel/step-up.js'
import type { BreakGlassWatch } from '../organizations/index.js'
import type { AssessedRisk } from '../risk/index.js'
import { arrive, type ArriveDeps, type ArrivePlan } from './arrive.js'
import { assessArrival, type Attempt } from './assess-arrival.js'
import { breakGlassSignIn } from './break-glass-sign-in.js'
import {
  endingWithAll,
  grantsAfter,
  isInUse,
  type IssuedCredentials,
  type Person,
  type Session,
  type SessionTransport,
  supersededUntil,
} from '../sessions/index.js'
import type { OperatorBootstrap } from './ports.js'
import { hasToChoose, organizationOf, type Destination } from './destination.js'
import type { BeginningFactor } from './beginning-factor.js'
import { planArrival, type PlanInput } from './plan-arrival.js'
import { signInNotice } from './sign-in-notice.js'
import { leftEvent, refusedEvent, signInEvents } from './sign-in-events.js'

export interface ComeInDeps extends ArriveDeps, CloneAlarmDeps {
  readonly audit: AuditLog
  readonly notices: Notices
  readonly breakGlass: BreakGlassWatch
  readonly operatorBootstrap: OperatorBootstrap
  /** Risk is written down and not acted on. */
  readonly riskReportOnly: boolean
}

export interface ComeInInput {
  readonly first: BeginningFactor
  /** What the session is to be for. */
  readonly destination: Destination
  readonly transport: SessionTransport
  /** The device token presented for an account, once it is known which. */
  readonly deviceTokenFor: (accountId: AccountId) => string | null
  /** The proof that the client holds its device's key. */
  readonly deviceKey: DeviceKeyProof
  readonly fingerprint: Readonly<Record<string, string>>
  /** The session the request came with. Signing in anew ends it, whosever it was: its client lets go of it (R068). */
  readonly former: FormerSession | null
  readonly context: AuditContext
}

export interface FormerSession {
  readonly accountId: AccountId
  readonly sessionId: SessionId
}

/** `notify` tells the person about it, once the answer is on its way. */
export type ComeInOutcome =
  | { kind: 'signed-in'; session: Session; credentials: IssuedCredentials; person: Person; notify: Notify }
  | { kind: 'mfa-required'; session: Session; credentials: IssuedCredentials; stepUp: StepUp; notify: Notify }
  | { kind: 'enrollment-required'; session: Session; credentials: IssuedCredentials; stepUp: StepUp; notify: Notify }
  /** The first factor was right; what it is for has to be chosen before anything else is asked. */
  | { kind: 'organization-required'; session: Session; credentials: IssuedCredentials; person: Person; notify: Notify }
  | { kind: 'refused' } // unknown, wrong, disabled: the caller cannot tell which
  /** `copiedFrom`: the account whose device token the client should let go of, because it is somebody's copy. */
  | { kind: 'blocked'; reference: string; copiedFrom: AccountId | null; notify: Notify }

type Notify = () => Promise<void>

/** How often somebody whose document changed while they came in is judged again by what it is now. */
const ROUNDS = 5

/** Judges the risk of somebody whose first factor was right and opens the session that follows from it. */
export async function comeIn(
  deps: ComeInDeps,
  input: ComeInInput,
  asFound: Person,
  attempt: Attempt,
): Promise<ComeInOutcome> {
  const { person, notify } = await asOperator(deps, input, asFound, attempt.now)
  const outcome = await comeInAs(deps, input, { asFound, person }, attempt)
  // Whatever becomes of the sign-in, the account has the role.
  if (outcome.kind !== 'refused') return { ...outcome, notify: () => notify().then(outcome.notify) }
  await notify()
  return outcome
}

async function comeInAs(
  deps: ComeInDeps,
  input: ComeInInput,
  { asFound, ...found }: { readonly asFound: Person; readonly person: Person | null },
  attempt: Attempt,
): Promise<ComeInOutcome> {
  const { now } = attempt
  const { former, context } = input
  let { person } = found
  let alarm: CloneAlarm | null = null
  let ownChanges = person === asFound ? 0 : 1
  const { first } = input
  for (let round = 0; round < ROUNDS && person; round += 1) {
    if (!isStillTheOne(deps, person, asFound, { first, ownChanges })) break
    const accountId: AccountId = person.account.id
    const recognized = withUsedUpSecrets(deps.secrets, await recognize(deps, input, person, now))
    const { risk, arrivedBy } = assessArrival(deps, input, person, { ...attempt, recognized })
    if (alarm === null && recognized.fault === 'reused') {
      const { trustRevision } = person
      const sessions = sessionsOn(person, recognized.device)
      alarm = await raiseCloneAlarm(deps, { accountId, recognized, sessions, trustRevision, context, now })
      // Without one the account changed meanwhile: what the person is now decides.
      if (alarm) ownChanges += 1
      person = alarm ? afterAlarm(person, alarm, { sessions, now }) : await deps.sessions.findPerson(accountId)
      continue
    }
    const organizationId = organizationOf(input.destination, person.memberships)
    const plan = planOf(deps, input, { first: input.first, person, organizationId, risk, recognized, now })
    if (plan === 'block') return blockSignIn(deps, person, { risk, recognized, alarm, context })
    const arrived = await arrive(deps, { ...input, attempt, person, risk, arrivedBy, recognized, plan, now })
    if (!arrived) {
      person = await deps.sessions.findPerson(person.account.id)
      continue
    }
    // One of the same person is superseded in the update that opened the new one.
    if (former && former.accountId !== accountId) {
      await deps.sessions.limit(former.accountId, former.sessionId, supersededUntil(deps.secretTimes, now))
    }
    const { session, stepUp } = arrived
    const rotated = recognized.state === 'trusted' && arrived.hasNewSecret ? session.deviceId : null
    const used = breakGlassSignIn(person, plan, session, context)
    await deps.audit.record([
      ...signInEvents({ person, session, plan, risk, rotated, deviceFault: recognized.fault, context }),
      ...(alarm ? [alarm.event] : []),
      ...(used ? deps.breakGlass.events(used) : []),
      ...(former && input.first.method !== 'CONTINUED' ? [leftEvent(former, context)] : []),
    ])
    const credentials = await arrived.issue()
    const notice =
      plan.kind === 'choose'
        ? null
        : signInNotice({ person, session, risk, recognized, copied: alarm?.device ?? null, context })
    const notify = async () => {
      if (notice) await deps.notices.tell(notice)
      if (used) await deps.breakGlass.tell(used)
    }
    if (plan.kind === 'choose') return { kind: 'organization-required', session, credentials, person, notify }
    if (plan.kind === 'active' || !stepUp) return { kind: 'signed-in', session, credentials, person, notify }
    const kind = plan.kind === 'enroll' ? 'enrollment-required' : 'mfa-required'
    return { kind, session, credentials, stepUp, notify }
  }
  await deps.audit.record([refusedEvent(accountActor(asFound.account.id), context), ...(alarm ? [alarm.event] : [])])
  return { kind: 'refused' }
}

/** Whoever gains a role by this sign-in is judged as one who has it. */
async function asOperator(
  { operatorBootstrap, sessions }: ComeInDeps,
  { first, context }: ComeInInput,
  asFound: Person,
  now: Date,
): Promise<{ readonly person: Person | null; readonly notify: Notify }> {
  if (first.method === 'CONTINUED') return { person: asFound, notify: () => Promise.resolve() }
  const { isChanged, notify } = await operatorBootstrap.giveListedRole(asFound.account, { at: now, context })
  return { person: isChanged ? await sessions.findPerson(asFound.account.id) : asFound, notify }
}

/** Whoever has to choose is asked that first; what it leads to is judged anew when they have. */
function planOf(deps: ComeInDeps, { destination }: ComeInInput, input: PlanInput): ArrivePlan | 'block' {
  const plan = planArrival(deps, input)
  return plan !== 'block' && hasToChoose(destination, input.person.memberships) ? { kind: 'choose' } : plan
}

/**
 * The first factor was checked against this account as it was: with another password, or disabled, nobody comes in on it.
 * A link and a sign-in under way were granted before, and end with what they were granted on (R123). What the sign-in itself
 * changed, an alarm or a role, does not end it.
 */
function isStillTheOne(
  { clock, lifetimes, secretTimes: times }: ComeInDeps,
  { account, sessions, grantRevision }: Person,
  asFound: Person,
  { first, ownChanges }: { readonly first: BeginningFactor; readonly ownChanges: number },
): boolean {
  if (account.status !== 'ACTIVE') return false
  if (first.method === 'MAGIC_LINK') return grantRevision === grantsAfter(asFound.grantRevision, ownChanges)
  if (first.method === 'CONTINUED') {
    const waiting = sessions[first.session.id]
    if (grantRevision !== grantsAfter(first.session.grantRevision ?? null, ownChanges)) return false
    return waiting?.state === 'pending' && isInUse(sessions, waiting, { lifetimes, times, now: clock.now() })
  }
  return first.method !== 'PASSWORD' || account.passwordHash === asFound.account.passwordHash
}

/** The sessions that began on the device, which end when it turns out to be copied. */
function sessionsOn({ sessions }: Person, device: Device | null): readonly SessionId[] {
  const ids = Object.values(sessions).flatMap(({ id, deviceId }) => (deviceId === device?.id ? [id] : []))
  return endingWithAll(sessions, ids)
}

/** The person as the alarm left them, so that nobody has to read again. */
function afterAlarm(
  person: Person,
  { device }: CloneAlarm,
  { sessions, now }: { readonly sessions: readonly SessionId[]; readonly now: Date },
): Person {
  const left = Object.entries(person.sessions).filter(([id]) => !sessions.some((ended) => ended === id))
  return {
    ...person,
    sessions: Object.fromEntries(left),
    devices: { ...person.devices, [device.id]: { ...device, copiedAt: now, rememberedUntil: null } },
    suspicionAt: now,
    trustRevision: person.trustRevision + 1,
    grantRevision: grantsAfter(person.grantRevision, 1),
  }
}

/** Which device the client shows that it is, by its token and, where that is bound to one, by its key. */
export async function recognize(
  deps: ComeInDeps,
  input: Pick<ComeInInput, 'deviceTokenFor' | 'deviceKey'>,
  person: Person | null,
  now: Date,
): Promise<RecognizedDevice> {
  const token = person && input.deviceTokenFor(person.account.id)
  const device = { secrets: deps.secrets, settings: deps.deviceSettings }
  return demandKey(recognizeDevice(device, person?.devices ?? {}, token, now), input.deviceKey)
}

async function blockSignIn(
  deps: ComeInDeps,
  person: Person,
  why: {
    readonly risk: AssessedRisk
    readonly recognized: RecognizedDevice
    readonly alarm: CloneAlarm | null
    readonly context: AuditContext
  },
): Promise<ComeInOutcome> {
  const { risk, recognized, alarm, context } = why
  const accountId = person.account.id
  const actor = accountActor(accountId)
  const targets = [{ id: accountId, type: 'ACCOUNT' }] as const
  await deps.audit.record([
    { action: 'risk.blocked', actor, targets, outcome: 'DENIED', context, risk },
    ...(alarm ? [alarm.event] : []),
  ])
  const copied = alarm?.device ?? null
  const notice = signInNotice({ person, session: null, risk, recognized: null, copied, context })
  const notify = async () => (notice ? deps.notices.tell(notice) : undefined)
  const copiedFrom = recognized.state === 'foreign' ? accountId : null
  return { kind: 'blocked', reference: context.requestId, copiedFrom, notify }
}
