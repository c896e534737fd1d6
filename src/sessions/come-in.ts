import { rolesOf } from '../accounts/index.js'
import { accountActor, type AuditLog } from '../audit/index.js'
import { demandKey, isVoid, raiseCloneAlarm, recognizeDevice, spokenFor } from '../devices/index.js'
import type {
  CloneAlarm,
  CloneAlarmDeps,
  DeviceKeyProof,
  DeviceTokenState,
  RecognizedDevice,
} from '../devices/index.js'
import { isAtLeast } from '../kernel/assurance.js'
import { FACTOR_TYPES, type FactorType } from '../kernel/factor-type.js'
import type { AccountId, SessionId } from '../kernel/ids.js'
import type { Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { AttemptFacts } from '../limits/index.js'
import type { StepUp } from '../kernel/step-up.js'
import {
  assessRisk,
  binOfFingerprint,
  decideVerdict,
  profileBegan,
  type AssessedRisk,
  type RiskAssessment,
} from '../risk/index.js'
import { arrive, type ArriveDeps, type ArrivePlan } from './arrive.js'
import type { IssuedCredentials } from './credentials.js'
import type { GivenFirstFactor } from './first-factor.js'
import { hasDeadFactor, secondFactors, usableFactors, type FactorRule, type Person } from './person.js'
import type { ArrivedBy, Session, SessionTransport } from './session.js'
import { signInNotice } from './sign-in-notice.js'
import { leftEvent, refusedEvent, signInEvents } from './sign-in-events.js'

export interface ComeInDeps extends ArriveDeps, CloneAlarmDeps {
  readonly audit: AuditLog
  readonly notices: Notices
  readonly administrators: ReadonlySet<string>
  /** Risk is written down and not acted on. */
  readonly riskReportOnly: boolean
  /** Whether every account needs a second factor. */
  readonly mfaRequired: boolean
  /** Kinds of factor in use; recovery codes always are. */
  readonly enrollable: readonly FactorType[]
}

export interface ComeInInput {
  readonly first: GivenFirstFactor
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
  | { kind: 'refused' } // unknown, wrong, disabled: the caller cannot tell which
  /** `copiedFrom`: the account whose device token the client should let go of, because it is somebody's copy. */
  | { kind: 'blocked'; reference: string; copiedFrom: AccountId | null; notify: Notify }

type Notify = () => Promise<void>

export interface Attempt extends AttemptFacts {
  readonly now: Date
}

/** How often somebody whose document changed while they came in is judged again by what it is now. */
const ROUNDS = 5

/** Judges the risk of somebody whose first factor was right and opens the session that follows from it. */
export async function comeIn(
  deps: ComeInDeps,
  input: ComeInInput,
  asFound: Person,
  attempt: Attempt,
): Promise<ComeInOutcome> {
  const { now } = attempt
  const { former, context } = input
  let person: Person | null = asFound
  let alarm: CloneAlarm | null = null
  for (let round = 0; round < ROUNDS && person && isStillTheOne(person, asFound, input.first); round += 1) {
    const recognized = await recognize(deps, input, person, now)
    const { risk, arrivedBy } = assess(deps, input, person, { ...attempt, recognized })
    const accountId = person.account.id
    alarm ??= await raiseCloneAlarm(deps, { accountId, recognized, context, now })
    const plan =
      input.first.method === 'PASSKEY'
        ? planPasskey(deps, risk)
        : planArrival(deps, ruleOf(deps, input.first, now), person, {
            risk: actedOn(deps, risk, recognized),
            recognized,
          })
    if (plan === 'block') return blockSignIn(deps, person, { risk, recognized, alarm, context })
    const arrived = await arrive(deps, { ...input, person, risk, arrivedBy, recognized, plan, now })
    if (!arrived) {
      person = await deps.sessions.findPerson(person.account.id)
      continue
    }
    // One of the same person was dropped in the update that opened the new one.
    if (former && former.accountId !== accountId) await deps.sessions.end(former.accountId, former.sessionId)
    const { session, stepUp } = arrived
    const rotated = recognized.state === 'trusted' && arrived.hasNewSecret ? session.deviceId : null
    await deps.audit.record([
      ...signInEvents({ person, session, plan, risk, rotated, deviceFault: recognized.fault, context }),
      ...(alarm ? [alarm.event] : []),
      ...(former ? [leftEvent(former, context)] : []),
    ])
    const credentials = await arrived.issue()
    const notice = signInNotice({ person, session, risk, recognized, copied: alarm?.device ?? null, context })
    const notify = async () => (notice ? deps.notices.tell(notice) : undefined)
    if (plan.kind === 'active' || !stepUp) return { kind: 'signed-in', session, credentials, person, notify }
    const kind = plan.kind === 'enroll' ? 'enrollment-required' : 'mfa-required'
    return { kind, session, credentials, stepUp, notify }
  }
  await deps.audit.record([refusedEvent(accountActor(asFound.account.id), context), ...(alarm ? [alarm.event] : [])])
  return { kind: 'refused' }
}

/** The password was checked against this account as it was: with another one, or disabled, nobody comes in on it. */
const isStillTheOne = ({ account }: Person, asFound: Person, { method }: GivenFirstFactor): boolean =>
  account.status === 'ACTIVE' && (method !== 'PASSWORD' || account.passwordHash === asFound.account.passwordHash)

/** The strongest factor there is has been proved: a challenge has its answer, and only a block is left. */
const planPasskey = ({ riskReportOnly }: ComeInDeps, { verdict }: RiskAssessment): ArrivePlan | 'block' =>
  verdict === 'BLOCK' && !riskReportOnly ? 'block' : { kind: 'active' }

function assess(
  deps: ComeInDeps,
  input: ComeInInput,
  person: Person,
  {
    failuresOfName,
    failuresNearby,
    namesFailedNearby,
    recognized,
    now,
  }: Attempt & { readonly recognized: RecognizedDevice },
): { readonly risk: AssessedRisk; readonly arrivedBy: ArrivedBy } {
  const factors = secondFactors(person, ruleOf(deps, input.first, now))
  const deviceToken = stateForRisk(recognized, person)
  const fingerprintBin = binOfFingerprint(
    input.fingerprint,
    Object.values(person.devices).map(({ fingerprint }) => fingerprint),
  )
  const risk = assessRisk(deps.risk, {
    purpose: 'SIGN_IN',
    origin: input.context.origin,
    deviceToken,
    deviceId: deviceToken === 'none' ? null : (spokenFor(recognized)?.id ?? null),
    profile: person.riskProfile,
    session: null,
    timeZone: input.fingerprint['timeZone'] ?? '',
    fingerprintBin,
    failedAttempts: failuresOfName,
    failedHere: failuresNearby,
    namesFailedNearby,
    credentialChangedAt: lastCredentialChange(person),
    lastSignInAt: person.account.lastSignInAt,
    suspicionAt: person.suspicionAt,
    privileged: rolesOf(person.account, deps.administrators).length > 0,
    factorTypes: factors.map((factor) => factor.type),
    thresholds: null,
  })
  return { risk, arrivedBy: { score: risk.score, isRuled: risk.isRuled, deviceToken, fingerprintBin } }
}

/**
 * A device that was last proved before the profile began says no more than the password does: a first factor, or trust
 * that was taken back, has ended what it was worth. One that is remembered was proved by a second factor since.
 */
function stateForRisk({ state, device }: RecognizedDevice, { riskProfile }: Person): DeviceTokenState {
  if (state !== 'known' || device === null) return state
  const began = profileBegan(riskProfile)
  return began !== null && device.lastSeenAt > began ? 'known' : 'none'
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

/** Where risk is only written down, whoever has a second factor is asked for any of them, but on remembered devices. */
function actedOn(
  { riskReportOnly }: ComeInDeps,
  risk: RiskAssessment,
  { state }: RecognizedDevice,
): Pick<RiskAssessment, 'verdict' | 'level' | 'acceptedFactors'> {
  if (!riskReportOnly) return risk
  if (state === 'trusted') return { verdict: 'ALLOW', level: 'LOW', acceptedFactors: [] }
  return { ...decideVerdict('MEDIUM', FACTOR_TYPES), level: 'MEDIUM' }
}

/** What a right first factor leads to. */
function planArrival(
  deps: ComeInDeps,
  rule: FactorRule,
  person: Person,
  { risk, recognized }: { readonly risk: ReturnType<typeof actedOn>; readonly recognized: RecognizedDevice },
): ArrivePlan | 'block' {
  const factors = secondFactors(person, rule)
  if (factors.length === 0 && !hasDeadFactor(person, rule)) {
    // Nobody can be challenged about factors they do not have: a high score is recorded, guarded fields stay shut.
    if (!deps.mfaRequired && person.reEnrollSince === null) return { kind: 'active' }
    // A mailbox is not what "everybody needs a second factor" means (R044).
    const enrollable = deps.enrollable.filter((type) => isAtLeast(deps.assurances.of(type), 'MFA'))
    return { kind: 'enroll', enrollable }
  }
  if (risk.verdict === 'BLOCK') return 'block'
  // Whoever presents a token that was copied, or has lost its key, is asked once, however ordinary the rest looks.
  const isAsked = risk.verdict !== 'ALLOW' || isVoid(recognized)
  if (!isAsked) return { kind: 'active' }
  const accepted =
    risk.verdict === 'ALLOW' ? factors : factors.filter((factor) => risk.acceptedFactors.includes(factor.type))
  const spare = usableFactors(person, rule).filter(({ type, codesLeft }) => type === 'RECOVERY_CODE' && codesLeft !== 0)
  // Maybe none: wrong answers that disabled every factor must not make the password enough again (R014).
  const options = [...accepted, ...(risk.level === 'CRITICAL' ? [] : spare)]
  return { kind: 'challenge', options, reason: person.riskProfile ? 'RISK_ELEVATED' : 'MFA_MISSING' }
}

const ruleOf = ({ enrollable, assurances }: ComeInDeps, { method }: GivenFirstFactor, now: Date): FactorRule => ({
  now,
  enabled: enrollable,
  assurances,
  first: method,
})

function lastCredentialChange({ account }: Person): Date | null {
  // An account's first password is no change.
  const moments = [
    account.emailChangedAt,
    account.passwordChangedAt > account.createdAt ? account.passwordChangedAt : null,
  ]
  const times = moments.filter((moment) => moment !== null).map((moment) => moment.getTime())
  return times.length === 0 ? null : new Date(Math.max(...times))
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
