import { isExpired, type FactorSummary, type SessionActor } from '../kernel/actor.js'
import { strongest, type Assurance, type FactorProof } from '../kernel/assurance.js'
import { secondsBetween } from '../kernel/clock.js'
import { OFFER_ORDER, type FactorType } from '../kernel/factor-type.js'
import { kindsAsked } from '../kernel/mfa-rule.js'
import type { ChallengeOption } from '../kernel/step-up.js'
import { hasHadMfa, leftAfter } from '../kernel/factors-left.js'
import type { PersonalSettings } from './access-question.js'
import { typesFor, type Demand } from './requirement.js'

/** The time and the settings by which factors are judged. */
export interface Moment {
  readonly now: Date
  readonly settings: Pick<
    PersonalSettings,
    'assurances' | 'enabledFactors' | 'enrollable' | 'recoveryCodes' | 'session'
  >
}

/** The time, the settings and the operation by which a demand is judged. */
export interface Occasion extends Moment {
  readonly operationHash: string
}

/** Whether an actor meets a demand, and why not. */
export type Standing = 'met' | 'stale' | 'missing'

// A proof for one operation is meant for the next request, not for the rest of the session.
const OPERATION_PROOF_SECONDS = 300

/** Resolves `strongest` to the assurance that the account's factors can give. */
export function demandOn<D extends Demand>(actor: SessionActor, demand: D, moment: Moment): D {
  if (!demand.strongest) return demand
  const best = standsInForALostFactor(actor, demand, moment) ? 'MFA' : bestAssurance(actor, moment)
  return { ...demand, assurance: strongest([demand.assurance, best]) }
}

/** A caller who used a recovery code has lost the better factor, so the code must suffice to enrol a new one (0036). */
function standsInForALostFactor(
  { proofs }: SessionActor,
  { withinSeconds }: Demand,
  { now, settings }: Moment,
): boolean {
  if (!settings.recoveryCodes) return false
  return proofs.some(({ type, provedAt }) => type === 'RECOVERY_CODE' && isFresh(provedAt, withinSeconds, now))
}

/** Whether this account ever had a factor of one of these types, usable or not. */
export const hasHadOneOf = ({ factors }: SessionActor, kinds: readonly FactorType[]): boolean =>
  factors.some(({ type, status }) => status !== 'PENDING' && kinds.includes(type))

/** Whether a recovery code is the only second factor that this session has proved and that counts. */
export function hasOnlyARecoveryCode(actor: SessionActor, occasion: Occasion): boolean {
  const once = operationProof(actor, occasion)
  const proofs = once ? [...actor.proofs, once] : actor.proofs
  if (!proofs.some(({ type }) => type === 'RECOVERY_CODE')) return false
  const second: Demand = { assurance: 'MFA', withinSeconds: null, factors: null, strongest: false }
  return countingProofs(actor, second, proofs, occasion).every(({ type }) => type === 'RECOVERY_CODE')
}

/** Judges a demand that `demandOn` has resolved. A proof is as old as the last verification of its factor (R082). */
export function standingOf(actor: SessionActor, demand: Demand, occasion: Occasion): Standing {
  if (demand.withinSeconds === 0) return operationStanding(actor, demand, occasion)
  const once = operationProof(actor, occasion)
  const proofs = countingProofs(actor, demand, once ? [...actor.proofs, once] : actor.proofs, occasion)
  const moments = proofs.map((proof) => proof.provedAt)
  if (signInCounts(actor, demand, occasion)) moments.push(actor.signedInAt)
  if (moments.length === 0) return 'missing'
  return moments.some((moment) => isFresh(moment, demand.withinSeconds, occasion.now)) ? 'met' : 'stale'
}

/** The account's factors that would meet the demand, in the order to offer them. */
export function optionsFor(actor: SessionActor, demand: Demand, moment: Moment): readonly ChallengeOption[] {
  const types = typesFor(demand, moment.settings.assurances)
  const options = actor.factors.filter(
    (factor) => isUsable(factor, moment) && types.includes(factor.type) && isAdmitted(actor, factor),
  )
  options.sort((a, b) => OFFER_ORDER.indexOf(a.type) - OFFER_ORDER.indexOf(b.type))
  return options.map(({ id, type, name }) => ({ factorId: id, type, name }))
}

/** A factor that the risk of a sign-in excluded cannot finish that sign-in, whichever operation needs it (0035). */
const isAdmitted = ({ state, admits }: SessionActor, { id }: FactorSummary): boolean =>
  state === 'active' || admits === null || admits.includes(id)

/** The factor types to enrol that would meet the demand. Recovery codes are issued with another factor, never alone. */
export function enrollableFor(
  { enabledFactors, enrollable, assurances }: Moment['settings'],
  demand: Demand,
): readonly FactorType[] {
  const types = typesFor(demand, assurances)
  const offered = enabledFactors.filter((type) => enrollable.includes(type) && types.includes(type))
  return OFFER_ORDER.filter((type) => type !== 'RECOVERY_CODE' && offered.includes(type))
}

export const hasActiveFactor = (actor: SessionActor, moment: Moment): boolean =>
  actor.factors.some((factor) => isUsable(factor, moment))

/** Whether the account has a factor of a type the policy requires. Recovery codes do not count as a factor here. */
export const hasEnrolled = (actor: SessionActor, moment: Moment): boolean =>
  leftAfter(actor.factors, NO_CHANGE, { types: kindsFor(moment), since: null }, moment.now) !== null

const NO_CHANGE = { removes: [], adds: null } as const

const kindsFor = ({ settings: { enabledFactors: methods, session, assurances } }: Moment): readonly FactorType[] =>
  kindsAsked({ methods, session }, assurances)

/** Whether the account has factors, but all of them are disabled, expired or no longer allowed. */
export const hasOnlyDeadFactors = (actor: SessionActor, moment: Moment): boolean =>
  !hasActiveFactor(actor, moment) && actor.factors.some((factor) => isDead(factor, moment))

function operationStanding(actor: SessionActor, demand: Demand, occasion: Occasion): Standing {
  const once = operationProof(actor, occasion)
  if (once && countingProofs(actor, demand, [once], occasion).length > 0) return 'met'
  return countingProofs(actor, demand, actor.proofs, occasion).length > 0 ? 'stale' : 'missing'
}

function operationProof(actor: SessionActor, { operationHash, now }: Occasion): FactorProof | null {
  const held = actor.operationProof
  if (held?.operationHash !== operationHash) return null
  return isFresh(held.proof.provedAt, OPERATION_PROOF_SECONDS, now) ? held.proof : null
}

/** Excludes proofs of factors that have since been removed or disabled, have expired, or are no longer allowed. */
function countingProofs(
  actor: SessionActor,
  demand: Demand,
  proofs: readonly FactorProof[],
  moment: Moment,
): readonly FactorProof[] {
  const active = new Set(actor.factors.filter((factor) => counts(factor, moment)).map(({ id }) => id))
  const types = typesFor(demand, moment.settings.assurances)
  return proofs.filter((proof) => active.has(proof.factorId) && types.includes(proof.type))
}

/** The sign-in itself counts as one factor, unless the demand lists factor types. */
function signInCounts(actor: SessionActor, demand: Demand, moment: Moment): boolean {
  if (demand.assurance !== 'ONE_FACTOR' || demand.factors !== null) return false
  if (!demand.strongest) return true
  // Only for an account that enrols its first factor. An account whose factors are all disabled does not qualify: an
  // attacker with the password could disable them with wrong codes and then enrol a factor as if it were the first.
  return !hasActiveFactor(actor, moment) && !hasOnlyDeadFactors(actor, moment)
}

// If the clock went back, a proof from the future counts as made now. The comparison treats an invalid date as stale.
function isFresh(provedAt: Date, withinSeconds: number | null, now: Date): boolean {
  return withinSeconds === null || Math.max(0, secondsBetween(provedAt, now)) <= withinSeconds
}

function counts(factor: FactorSummary, { now, settings }: Moment): boolean {
  const { enabledFactors, recoveryCodes } = settings
  const isAllowed = factor.type === 'RECOVERY_CODE' ? recoveryCodes : enabledFactors.includes(factor.type)
  return factor.status === 'ACTIVE' && isAllowed && !isExpired(factor, now)
}

const isUsable = (factor: FactorSummary, moment: Moment): boolean => counts(factor, moment) && factor.codesLeft !== 0

const isDead = (factor: FactorSummary, moment: Moment): boolean =>
  factor.status === 'DISABLED' || (factor.status === 'ACTIVE' && !counts(factor, moment))

/**
 * The strongest assurance the account's factors can give. Recovery codes do not raise it; otherwise an account whose
 * only other factor is a mailbox could not be managed with that mailbox. If the account lost a better factor, the
 * mailbox is not enough: an attacker with the password could have disabled that factor with wrong codes (R044).
 */
function bestAssurance(actor: SessionActor, moment: Moment): Assurance {
  const { assurances } = moment.settings
  const factors = actor.factors.filter(({ type }) => type !== 'RECOVERY_CODE')
  const usable = strongest(factors.filter((factor) => isUsable(factor, moment)).map(({ type }) => assurances.of(type)))
  return hasHadMfa(factors, assurances) ? strongest([usable, 'MFA']) : usable
}
