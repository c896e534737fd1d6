import { recognizeDevice, spokenFor, withUsedUpSecrets } from '../devices/index.js'
import type { Assurances } from '../kernel/assurance.js'
import type { Clock } from '../kernel/clock.js'
import { ruleFor } from '../kernel/mfa-rule.js'
import { viewerOf, type RequestContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { type AssessedRisk, isSameClient, type RiskDeps } from '../risk/index.js'
import { assessInSession, secondFactors, type IdentifiedPerson, type Person } from '../sessions/index.js'
import type { SignInRules } from './rules.js'

export interface AssessOperationDeps {
  readonly risk: RiskDeps
  readonly secrets: Secrets
  readonly clock: Clock
  readonly assurances: Assurances
  readonly rules: Pick<SignInRules, 'devices'>
}

/** What the risk of an operation is assessed by: the parts `DEVICES` and `RISK`. */
export type AssessedPerson = IdentifiedPerson & Pick<Person, 'devices' | 'riskProfile' | 'suspicionAt'>

/** The risk of a guarded operation, and whether the request comes from where the session was last proved. */
export interface AssessedOperation extends AssessedRisk {
  readonly id: string
  readonly provedHere: boolean
}

/** The risk of a guarded operation by the rules of the account, or of the organization the session is for (R086). */
export function assessOperation(
  { risk, secrets, clock, assurances, rules }: AssessOperationDeps,
  context: RequestContext<AssessedPerson>,
  scope: 'ACCOUNT' | 'ORGANIZATION',
): AssessedOperation {
  const person = viewerOf(context)
  const { account, session, devices, mfaRules } = person
  const { methods, riskThresholds } = scope === 'ACCOUNT' ? mfaRules.account : ruleFor(mfaRules, session.organizationId)
  const now = clock.now()
  // Only the token counts, even if it is bound to a key: inside a session, the session's credential is the proof
  // (0040).
  const token = context.jar.deviceToken(account.id)
  const recognized = withUsedUpSecrets(
    secrets,
    recognizeDevice({ secrets, settings: rules.devices }, devices, token, now),
  )
  const factors = secondFactors(person, { now, enabled: methods, assurances, first: session.firstFactor })
  const assessment = assessInSession(risk, person, session, {
    purpose: 'OPERATION',
    origin: context.origin,
    deviceToken: recognized.state,
    deviceId: spokenFor(recognized)?.id ?? null,
    factorTypes: factors.map(({ type }) => type),
    thresholds: riskThresholds,
  })
  const provedHere = isSameClient(assessment.observation, session.provedFrom.observation)
  return { ...assessment, provedHere, id: context.requestId }
}
