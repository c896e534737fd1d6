import type { PasswordHasher } from '../accounts/index.js'
import { parseEmailAddress, rolesOf } from '../accounts/index.js'
import { accountActor, ANONYMOUS_ACTOR, type AuditLog } from '../audit/index.js'
import { recognizeDevice, type DeviceSettings } from '../devices/index.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { AccountId, SessionId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { StepUp } from '../kernel/step-up.js'
import type { BudgetName, SignInBudget } from '../limits/index.js'
import { assessRisk, type RiskAssessment } from '../risk/index.js'
import { arrive, type ArriveDeps, type ArrivePlan } from './arrive.js'
import type { IssuedCredentials } from './credentials.js'
import { activeFactors, hasDisabledFactor, secondFactors, type Person } from './person.js'
import type { SessionStore } from './ports.js'
import { leftEvent, limitEvents, refusedEvent, signInEvents } from './sign-in-events.js'
import type { Session, SessionTransport } from './session.js'

export interface SignInDeps extends ArriveDeps {
  readonly sessions: SessionStore
  readonly passwords: PasswordHasher
  readonly budget: SignInBudget
  readonly audit: AuditLog
  readonly deviceSettings: DeviceSettings
  readonly administrators: ReadonlySet<string>
  /** Whether every account needs a second factor. */
  readonly mfaRequired: boolean
  /** Kinds of factor a person may enrol. */
  readonly enrollable: readonly FactorType[]
}

export interface SignInInput {
  readonly email: string
  readonly password: string
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

export type SignInOutcome =
  | { kind: 'signed-in'; session: Session; credentials: IssuedCredentials; person: Person }
  | { kind: 'mfa-required'; session: Session; credentials: IssuedCredentials; stepUp: StepUp }
  | { kind: 'enrollment-required'; session: Session; credentials: IssuedCredentials; stepUp: StepUp }
  | { kind: 'refused' } // unknown, wrong, disabled: the caller cannot tell which
  | { kind: 'blocked'; reference: string }
  | { kind: 'limited'; retryAfterSeconds: number }

/** Signs a person in with the password; risk decides whether somebody who has a second factor is asked for it now. */
export async function signIn(deps: SignInDeps, input: SignInInput): Promise<SignInOutcome> {
  const email = parseEmailAddress(input.email)
  const name = email?.key ?? input.email
  const found = email ? await deps.sessions.findPersonByEmail(email.key) : null
  const now = deps.clock.now()
  const token = found && input.deviceTokenFor(found.account.id)
  const recognized = recognizeDevice(
    { secrets: deps.secrets, settings: deps.deviceSettings },
    found?.devices ?? {},
    token,
    now,
  )
  const rememberedDevice = recognized.state === 'trusted' ? (recognized.device?.id ?? null) : null

  const judged = await deps.budget.judge(
    { address: input.context.origin.address, name, rememberedDevice },
    async ({ failuresOfName }) => {
      const person = await checkPassword(deps, found, input.password)
      return { right: person !== null, value: { person, failuresOfName } }
    },
  )
  if (judged.kind === 'limited') return { kind: 'limited', retryAfterSeconds: judged.retryAfterSeconds }
  const { person, failuresOfName } = judged.value
  if (!person) return refuseSignIn(deps, found, judged.exhausted, input.context)

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
    privileged: rolesOf(person.account, deps.administrators).length > 0,
    factorTypes: secondFactors(person).map((factor) => factor.type),
  })
  const plan = planArrival(deps, person, risk)
  if (plan === 'block') return blockSignIn(deps, person, risk, input.context)
  const arrived = await arrive(deps, { ...input, person, recognized, plan, now })
  if (!arrived) return refuseSignIn(deps, person, [], input.context)

  const { former, context } = input
  // One of the same person was dropped in the update that opened the new one.
  if (former && former.accountId !== person.account.id) await deps.sessions.end(former.accountId, former.sessionId)
  await deps.audit.record([
    ...signInEvents({ person, session: arrived.session, plan, risk, context }),
    ...(former ? [leftEvent(former, context)] : []),
  ])
  const { session, stepUp } = arrived
  const credentials = await arrived.issue()
  if (plan.kind === 'active' || !stepUp) return { kind: 'signed-in', session, credentials, person }
  return { kind: plan.kind === 'enroll' ? 'enrollment-required' : 'mfa-required', session, credentials, stepUp }
}

/** Does the same work for names that do not exist, and for accounts that may not sign in (R055, R056). */
async function checkPassword(deps: SignInDeps, found: Person | null, password: string): Promise<Person | null> {
  const account = found?.account.status === 'ACTIVE' ? found.account : null
  return (await deps.passwords.verify(password, account?.passwordHash ?? null)) ? found : null
}

/** What a right password leads to. */
function planArrival(deps: SignInDeps, person: Person, risk: RiskAssessment): ArrivePlan | 'block' {
  const factors = secondFactors(person)
  if (factors.length === 0 && !hasDisabledFactor(person)) {
    // Nobody can be challenged about factors they do not have: a high score is recorded, guarded fields stay shut.
    return deps.mfaRequired ? { kind: 'enroll', enrollable: deps.enrollable } : { kind: 'active' }
  }
  if (risk.verdict === 'BLOCK') return 'block'
  if (risk.verdict === 'ALLOW') return { kind: 'active' }
  const accepted = factors.filter((factor) => risk.acceptedFactors.includes(factor.type))
  const spare = activeFactors(person).filter((factor) => factor.type === 'RECOVERY_CODE' && factor.codesLeft !== 0)
  // Maybe none: wrong answers that disabled every factor must not make the password enough again (R014).
  const options = [...accepted, ...(risk.level === 'CRITICAL' ? [] : spare)]
  return { kind: 'challenge', options, reason: person.riskProfile ? 'RISK_ELEVATED' : 'MFA_MISSING' }
}

function lastCredentialChange({ account }: Person): Date | null {
  // An account's first password is no change.
  const moments = [
    account.emailChangedAt,
    account.passwordChangedAt > account.createdAt ? account.passwordChangedAt : null,
  ]
  const times = moments.filter((moment) => moment !== null).map((moment) => moment.getTime())
  return times.length === 0 ? null : new Date(Math.max(...times))
}

async function refuseSignIn(
  deps: SignInDeps,
  found: Person | null,
  exhausted: readonly BudgetName[],
  context: AuditContext,
): Promise<SignInOutcome> {
  const actor = found ? accountActor(found.account.id) : ANONYMOUS_ACTOR
  await deps.audit.record([refusedEvent(actor, context), ...limitEvents(actor, exhausted, context)])
  return { kind: 'refused' }
}

async function blockSignIn(
  deps: SignInDeps,
  person: Person,
  risk: RiskAssessment,
  context: AuditContext,
): Promise<SignInOutcome> {
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
  return { kind: 'blocked', reference: context.requestId }
}
