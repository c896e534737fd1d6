import { rolesOf } from '../accounts/index.js'
import { spokenFor, type RecognizedDevice } from '../devices/index.js'
import type { Assurances } from '../kernel/assurance.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { AttemptFacts } from '../limits/index.js'
import {
  assessRisk,
  binOfFingerprint,
  profileBegan,
  type AssessedRisk,
  type DeviceTokenState,
  type RiskDeps,
} from '../risk/index.js'
import type { BeginningFactor } from './beginning-factor.js'
import { secondFactors, type Person } from './person.js'
import { factorRuleOf } from './plan-arrival.js'
import type { ArrivedBy } from './session.js'

/** What preceded the first factor, and when it was right. */
export interface Attempt extends AttemptFacts {
  readonly now: Date
}

export interface AssessInput {
  readonly first: BeginningFactor
  readonly fingerprint: Readonly<Record<string, string>>
  readonly context: Pick<AuditContext, 'origin'>
}

export interface AssessDeps {
  readonly risk: RiskDeps
  readonly assurances: Assurances
}

/** How unusual it is, and what the session keeps of that until it is proved. */
export function assessArrival(
  deps: AssessDeps,
  input: AssessInput,
  person: Person,
  {
    failuresOfName,
    failuresNearby,
    namesFailedNearby,
    mailHeldBack,
    isUnderAttack,
    recognized,
    now,
  }: Attempt & { readonly recognized: RecognizedDevice },
): { readonly risk: AssessedRisk; readonly arrivedBy: ArrivedBy } {
  const factors = secondFactors(person, factorRuleOf(deps, person, input.first, now))
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
    mailHeldBack,
    isUnderAttack,
    credentialChangedAt: lastCredentialChange(person),
    lastSignInAt: person.account.lastSignInAt,
    suspicionAt: person.suspicionAt,
    privileged: rolesOf(person.account).length > 0,
    factorTypes: factors.map((factor) => factor.type),
    thresholds: person.mfaRules.everywhere.riskThresholds,
  })
  const isOwnDevice = spokenFor(recognized) !== null
  return { risk, arrivedBy: { score: risk.score, isRuled: risk.isRuled, deviceToken, isOwnDevice, fingerprintBin } }
}

/**
 * A device that was last proved before the profile began says no more than the password does: a first factor, or trust
 * that was taken back, has ended what it was worth. One that is remembered was proved by a second factor since.
 */
function stateForRisk({ state, device }: RecognizedDevice, { riskProfile, mfaRules }: Person): DeviceTokenState {
  // Where no device may be remembered, one that is speaks for nobody more than one that was merely seen.
  if (state === 'trusted' && !mfaRules.everywhere.rememberedDevices) return 'known'
  if (state !== 'known' || device === null) return state
  const began = profileBegan(riskProfile)
  return began !== null && device.lastSeenAt > began ? 'known' : 'none'
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
