import { rolesOf } from '../accounts/index.js'
import { accountActor, type AuditLog } from '../audit/index.js'
import { recognizeDevice, type RecognizedDevice } from '../devices/index.js'
import { isAtLeast } from '../kernel/assurance.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { AccountId, SessionId } from '../kernel/ids.js'
import type { Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { StepUp } from '../kernel/step-up.js'
import { assessRisk, type RiskAssessment } from '../risk/index.js'
import { arrive, type ArriveDeps, type ArrivePlan } from './arrive.js'
import type { IssuedCredentials } from './credentials.js'
import type { GivenFirstFactor } from './first-factor.js'
import { hasDeadFactor, secondFactors, usableFactors, type FactorRule, type Person } from './person.js'
import type { Session, SessionTransport } from './session.js'
import { signInNotice } from './sign-in-notice.js'
import { leftEvent, refusedEvent, signInEvents } from './sign-in-events.js'

export interface ComeInDeps extends ArriveDeps {
  readonly audit: AuditLog
  readonly notices: Notices
  readonly administrators: ReadonlySet<string>
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
  | { kind: 'blocked'; reference: string; notify: Notify }

type Notify = () => Promise<void>

export interface Attempt {
  readonly failuresOfName: number
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
  for (let round = 0; round < ROUNDS && person && isStillTheOne(person, asFound, input.first); round += 1) {
    const { recognized, risk } = assess(deps, input, person, attempt)
    const plan =
      input.first.method === 'PASSKEY'
        ? planPasskey(risk)
        : planArrival(deps, ruleOf(deps, input.first, now), person, risk)
    if (plan === 'block') return blockSignIn(deps, person, risk, context)
    const arrived = await arrive(deps, { ...input, person, recognized, plan, now })
    if (!arrived) {
      person = await deps.sessions.findPerson(person.account.id)
      continue
    }
    // One of the same person was dropped in the update that opened the new one.
    if (former && former.accountId !== person.account.id) await deps.sessions.end(former.accountId, former.sessionId)
    const { session, stepUp } = arrived
    const rotated = plan.kind === 'active' && recognized.state === 'trusted' ? session.deviceId : null
    await deps.audit.record([
      ...signInEvents({ person, session, plan, risk, rotated, context }),
      ...(former ? [leftEvent(former, context)] : []),
    ])
    const credentials = await arrived.issue()
    const notice = signInNotice({ person, session, risk, recognized, context })
    const notify = async () => (notice ? deps.notices.tell(notice) : undefined)
    if (plan.kind === 'active' || !stepUp) return { kind: 'signed-in', session, credentials, person, notify }
    const kind = plan.kind === 'enroll' ? 'enrollment-required' : 'mfa-required'
    return { kind, session, credentials, stepUp, notify }
  }
  await deps.audit.record([refusedEvent(accountActor(asFound.account.id), context)])
  return { kind: 'refused' }
}

/** The password was checked against this account as it was: with another one, or disabled, nobody comes in on it. */
const isStillTheOne = ({ account }: Person, asFound: Person, { method }: GivenFirstFactor): boolean =>
  account.status === 'ACTIVE' && (method !== 'PASSWORD' || account.passwordHash === asFound.account.passwordHash)

/** The strongest factor there is has been proved: a challenge has its answer, and only a block is left. */
const planPasskey = ({ verdict }: RiskAssessment): ArrivePlan | 'block' =>
  verdict === 'BLOCK' ? 'block' : { kind: 'active' }

function assess(deps: ComeInDeps, input: ComeInInput, person: Person, { failuresOfName, now }: Attempt) {
  const recognized = recognize(deps, input, person, now)
  const risk = assessRisk(deps.risk, {
    purpose: 'SIGN_IN',
    origin: input.context.origin,
    deviceToken: recognized.state,
    deviceId: recognized.state === 'foreign' ? null : (recognized.device?.id ?? null),
    profile: person.riskProfile,
    session: null,
    failedAttempts: failuresOfName,
    credentialChangedAt: lastCredentialChange(person),
    lastSignInAt: person.account.lastSignInAt,
    suspicionAt: person.suspicionAt,
    privileged: rolesOf(person.account, deps.administrators).length > 0,
    factorTypes: secondFactors(person, ruleOf(deps, input.first, now)).map((factor) => factor.type),
  })
  return { recognized, risk }
}

export function recognize(
  deps: ComeInDeps,
  input: Pick<ComeInInput, 'deviceTokenFor'>,
  person: Person | null,
  now: Date,
): RecognizedDevice {
  const token = person && input.deviceTokenFor(person.account.id)
  const device = { secrets: deps.secrets, settings: deps.deviceSettings }
  return recognizeDevice(device, person?.devices ?? {}, token, now)
}

/** What a right first factor leads to. */
function planArrival(deps: ComeInDeps, rule: FactorRule, person: Person, risk: RiskAssessment): ArrivePlan | 'block' {
  const factors = secondFactors(person, rule)
  if (factors.length === 0 && !hasDeadFactor(person, rule)) {
    // Nobody can be challenged about factors they do not have: a high score is recorded, guarded fields stay shut.
    if (!deps.mfaRequired && person.reEnrollSince === null) return { kind: 'active' }
    // A mailbox is not what "everybody needs a second factor" means (R044).
    const enrollable = deps.enrollable.filter((type) => isAtLeast(deps.assurances.of(type), 'MFA'))
    return { kind: 'enroll', enrollable }
  }
  if (risk.verdict === 'BLOCK') return 'block'
  if (risk.verdict === 'ALLOW') return { kind: 'active' }
  const accepted = factors.filter((factor) => risk.acceptedFactors.includes(factor.type))
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
  risk: RiskAssessment,
  context: AuditContext,
): Promise<ComeInOutcome> {
  const actor = accountActor(person.account.id)
  await deps.audit.record([
    {
      action: 'risk.blocked',
      actor,
      targets: [{ id: person.account.id, type: 'ACCOUNT' }],
      outcome: 'DENIED',
      context,
      risk,
    },
  ])
  const notice = signInNotice({ person, session: null, risk, recognized: null, context })
  const notify = async () => (notice ? deps.notices.tell(notice) : undefined)
  return { kind: 'blocked', reference: context.requestId, notify }
}
