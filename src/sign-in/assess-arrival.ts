import { type RecognizedDevice, spokenFor } from '../devices/index.js'
import type { Assurances } from '../kernel/assurance.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { RiskThresholds } from '../kernel/risk-thresholds.js'
import {
  type AssessedRisk,
  assessRisk,
  binOfFingerprint,
  decideVerdict,
  type DeviceTokenState,
  profileBegan,
  type RiskDeps,
} from '../risk/index.js'
import type { Arriving } from './arrival.js'
import { type ArrivedBy, factsOfPerson, type Person, secondFactors } from '../sessions/index.js'
import { factorRuleOf } from './plan-arrival.js'

type AssessInput = Pick<Arriving, 'first' | 'fingerprint' | 'timeZone' | 'attempt'> & {
  readonly context: Pick<AuditContext, 'origin'>
}

export interface AssessDeps {
  readonly risk: RiskDeps
  readonly assurances: Assurances
}

/** The risk of a sign-in, and the facts the session keeps until it is proved. */
export function assessArrival(
  deps: AssessDeps,
  input: AssessInput,
  person: Person,
  recognized: RecognizedDevice,
): { readonly risk: AssessedRisk; readonly arrivedBy: ArrivedBy } {
  const { failuresOfName, failuresNearby, namesFailedNearby, mailHeldBack, isUnderAttack, now } = input.attempt
  const factors = secondFactors(person, factorRuleOf(deps, person, input.first, now))
  const deviceToken = stateForAll(recognized, person)
  const fingerprintBin = binOfFingerprint(
    input.fingerprint,
    Object.values(person.devices).map(({ fingerprint }) => fingerprint),
  )
  const factorTypes = factors.map((factor) => factor.type)
  const { account, everywhere } = person.mfaRules
  const judge = (state: DeviceTokenState, thresholds: RiskThresholds | null): AssessedRisk =>
    assessRisk(deps.risk, { ...facts, deviceToken: state, deviceId: state === 'none' ? null : deviceId, thresholds })
  const deviceId = spokenFor(recognized)?.id ?? null
  const facts = {
    purpose: 'SIGN_IN',
    origin: input.context.origin,
    ...factsOfPerson(person),
    session: null,
    timeZone: input.timeZone,
    fingerprintBin,
    failedAttempts: failuresOfName,
    failedHere: failuresNearby,
    namesFailedNearby,
    mailHeldBack,
    isUnderAttack,
    credentialChangedAt: lastCredentialChange(person),
    factorTypes,
  } as const
  const ownToken = stateOf(recognized, person)
  const own = judge(ownToken, account.riskThresholds)
  // An organization can only make a prompt come sooner. It does not decide which factors are accepted or who is blocked
  // (R136).
  const isStricter = deviceToken !== ownToken || everywhere.riskThresholds !== account.riskThresholds
  const strict = own.verdict === 'ALLOW' && isStricter ? judge(deviceToken, everywhere.riskThresholds) : own
  const isAskedSooner = own.verdict === 'ALLOW' && strict.verdict !== 'ALLOW'
  const asked = { level: 'MEDIUM' as const, ...decideVerdict('MEDIUM', factorTypes), threshold: strict.threshold }
  const risk = isAskedSooner ? { ...own, ...asked } : own
  const isOwnDevice = spokenFor(recognized) !== null
  return { risk, arrivedBy: { score: risk.score, isRuled: risk.isRuled, deviceToken, isOwnDevice, fingerprintBin } }
}

/** Where no device may be remembered, a remembered device counts only as a known one. */
function stateForAll(recognized: RecognizedDevice, person: Person): DeviceTokenState {
  const state = stateOf(recognized, person)
  return state === 'trusted' && !person.mfaRules.everywhere.rememberedDevices ? 'known' : state
}

/**
 * A device last proved before the profile began says no more than the password does: a first factor, or revoked trust,
 * has ended its value. A remembered device has been proved by a second factor since.
 */
function stateOf({ state, device }: RecognizedDevice, { riskProfile }: Person): DeviceTokenState {
  if (state !== 'known' || device === null) return state
  const began = profileBegan(riskProfile)
  return began !== null && device.lastSeenAt > began ? 'known' : 'none'
}

function lastCredentialChange({ account }: Person): Date | null {
  // An account's first password is not a change.
  const moments = [
    account.emailChangedAt,
    account.passwordChangedAt > account.createdAt ? account.passwordChangedAt : null,
  ]
  const times = moments.filter((moment) => moment !== null).map((moment) => moment.getTime())
  return times.length === 0 ? null : new Date(Math.max(...times))
}
