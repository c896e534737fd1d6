import { contribution, type Contribution } from '../contribution.js'
import { SUSPECTS, type Suspect } from './attackers.js'
import type { Likelihood } from './likelihood.js'

/** One group of observations, and the bounds of what it can add. */
export interface EvidenceGroup {
  readonly likelihoods: readonly Likelihood[]
  /** The sum of the group stays within these, in nats. */
  readonly bounds: readonly [lowest: number, highest: number]
  /** A share of what the ratio says; below 1 for signals that are not independent of the others. */
  readonly weight?: number
  /**
   * What a client reports about itself changes the score, but not the beliefs about attackers. Otherwise an attacker
   * who leaves it out would rule out the copying kinds of attacker and make the other evidence count more in
   * their favour (R087).
   */
  readonly isClaim?: boolean
}

// Nothing is impossible, so no ratio is infinite.
const LEAST = 1e-9

/**
 * log Σ π_a P_a(x) − log P_u(x), step by step. After each observation, the attackers who explain it best weigh more. So
 * the steps add up to the ratio of the whole, and each step is what its observation adds.
 */
export function foldEvidence(
  groups: readonly EvidenceGroup[],
  suspects: readonly Suspect[] = SUSPECTS,
): readonly Contribution[] {
  const weights = new Float64Array(suspects.length)
  for (const [index, { share }] of suspects.entries()) weights[index] = share
  const told: Contribution[] = []
  for (const group of groups) foldGroup(group, suspects, weights, told)
  return told
}

function foldGroup(
  group: EvidenceGroup,
  suspects: readonly Suspect[],
  weights: Float64Array,
  told: Contribution[],
): void {
  const { likelihoods, bounds, weight = 1, isClaim = false } = group
  // The group changes a copy, so that its own levels stay consistent, and the copy is dropped after it.
  const believed = isClaim ? weights.slice() : weights
  const [lowest, highest] = bounds
  let sum = 0
  let clipped = 0
  for (const { finding, person, attacker, isFamiliar } of likelihoods) {
    const ratio = Math.log(expectFrom(suspects, believed, attacker)) - Math.log(Math.max(LEAST, person))
    sum += weight * signed(ratio, isFamiliar)
    const before = clipped
    clipped = Math.min(highest, Math.max(lowest, sum))
    told.push(contribution(finding, clipped - before))
  }
}

function signed(ratio: number, isFamiliar: boolean | undefined): number {
  if (isFamiliar === undefined) return ratio
  return isFamiliar ? Math.min(0, ratio) : Math.max(0, ratio)
}

/** How likely the observation is for the attackers; updates the weight of each attacker. */
function expectFrom(suspects: readonly Suspect[], weights: Float64Array, attacker: Likelihood['attacker']): number {
  let total = 0
  // Runs about two hundred times in each decision, so it avoids a function call for each suspect.
  for (let index = 0; index < weights.length; index += 1) {
    const suspect = suspects[index]
    if (!suspect) break
    const joint = (weights[index] ?? 0) * Math.max(LEAST, attacker(suspect))
    weights[index] = joint
    total += joint
  }
  for (let index = 0; index < weights.length; index += 1) weights[index] = (weights[index] ?? 0) / total
  return total
}
