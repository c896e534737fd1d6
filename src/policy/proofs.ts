import type { FactorSummary, SessionActor } from '../kernel/actor.js'
import { assuranceOf, strongest, type Assurance, type FactorProof } from '../kernel/assurance.js'
import { secondsBetween } from '../kernel/clock.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { ChallengeOption } from '../kernel/step-up.js'
import { typesFor, type Demand } from './requirement.js'

/** The moment and the operation a demand is judged for. */
export interface Occasion {
  readonly now: Date
  readonly operationHash: string
}

/** How far an actor is from a demand. */
export type Standing = 'met' | 'stale' | 'missing'

// A proof made for one operation is for the request that follows it, not for the rest of the session.
const OPERATION_PROOF_SECONDS = 300

// What to offer first: strongest, then least costly; the codes for a lost factor last.
const OFFER_ORDER: readonly FactorType[] = ['WEBAUTHN', 'TOTP', 'PUSH', 'SMS', 'EMAIL', 'RECOVERY_CODE']

/** The demand for this account: `strongest` becomes the assurance its factors can give. */
export function demandOn<D extends Demand>(actor: SessionActor, demand: D): D {
  if (!demand.strongest) return demand
  return { ...demand, assurance: strongest([demand.assurance, bestAssurance(actor)]) }
}

/** Judges a demand that `demandOn` made plain. Every proof is as old as its own factor's last answer (R082). */
export function standingOf(actor: SessionActor, demand: Demand, occasion: Occasion): Standing {
  if (demand.withinSeconds === 0) return operationStanding(actor, demand, occasion)
  const once = operationProof(actor, occasion)
  const proofs = countingProofs(actor, demand, once ? [...actor.proofs, once] : actor.proofs)
  const moments = proofs.map((proof) => proof.provedAt)
  if (signInCounts(actor, demand)) moments.push(actor.signedInAt)
  if (moments.length === 0) return 'missing'
  return moments.some((moment) => isFresh(moment, demand.withinSeconds, occasion.now)) ? 'met' : 'stale'
}

/** The person's factors that would meet it, in the order to offer them. */
export function optionsFor(actor: SessionActor, demand: Demand): readonly ChallengeOption[] {
  const types = typesFor(demand)
  const options = actor.factors.filter((factor) => isUsable(factor) && types.includes(factor.type))
  options.sort((a, b) => OFFER_ORDER.indexOf(a.type) - OFFER_ORDER.indexOf(b.type))
  return options.map(({ id, type, name }) => ({ factorId: id, type, name }))
}

/** The kinds among `enabled` that would meet it once enrolled. Recovery codes come with another factor, not alone. */
export function enrollableFor(enabled: readonly FactorType[], demand: Demand): readonly FactorType[] {
  const types = typesFor(demand)
  return OFFER_ORDER.filter((type) => type !== 'RECOVERY_CODE' && enabled.includes(type) && types.includes(type))
}

export const hasActiveFactor = (actor: SessionActor): boolean => actor.factors.some(isUsable)

/** Nothing left to prove with, but not for never having had anything. */
export const hasOnlyDisabledFactors = (actor: SessionActor): boolean =>
  !hasActiveFactor(actor) && actor.factors.some(({ status }) => status === 'DISABLED')

function operationStanding(actor: SessionActor, demand: Demand, occasion: Occasion): Standing {
  const once = operationProof(actor, occasion)
  if (once && countingProofs(actor, demand, [once]).length > 0) return 'met'
  return countingProofs(actor, demand, actor.proofs).length > 0 ? 'stale' : 'missing'
}

function operationProof(actor: SessionActor, { operationHash, now }: Occasion): FactorProof | null {
  const held = actor.operationProof
  if (held?.operationHash !== operationHash) return null
  return isFresh(held.proof.provedAt, OPERATION_PROOF_SECONDS, now) ? held.proof : null
}

/** Proofs of factors that were since removed or disabled count for nothing. */
function countingProofs(actor: SessionActor, demand: Demand, proofs: readonly FactorProof[]): readonly FactorProof[] {
  const active = new Set(actor.factors.filter(({ status }) => status === 'ACTIVE').map(({ id }) => id))
  const types = typesFor(demand)
  return proofs.filter((proof) => active.has(proof.factorId) && types.includes(proof.type))
}

/** Having signed in is itself one factor, unless particular factors are asked for. */
function signInCounts(actor: SessionActor, demand: Demand): boolean {
  if (demand.assurance !== 'ONE_FACTOR' || demand.factors !== null) return false
  if (!demand.strongest) return true
  // Only for an account that has nothing better: its first factor. One whose factors are all disabled is not that:
  // whoever knows the password could disable them with wrong answers and then enrol a factor as if it were the first.
  return !hasActiveFactor(actor) && !hasOnlyDisabledFactors(actor)
}

// A proof from the future (the clock went back) is as old as one made now. Written so that an invalid date is not fresh.
function isFresh(provedAt: Date, withinSeconds: number | null, now: Date): boolean {
  return withinSeconds === null || Math.max(0, secondsBetween(provedAt, now)) <= withinSeconds
}

const isUsable = (factor: FactorSummary): boolean => factor.status === 'ACTIVE' && factor.codesLeft !== 0

const bestAssurance = (actor: SessionActor): Assurance =>
  strongest(actor.factors.filter(isUsable).map(({ type }) => assuranceOf(type)))
