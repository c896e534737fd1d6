import { contribution, type Contribution } from '../contribution.js'
import { SUSPECTS, type Suspect } from './attackers.js'
import type { Likelihood } from './likelihood.js'

/** One group of the table in risk.md: what it saw, and within which bounds it may speak. */
export interface EvidenceGroup {
  readonly likelihoods: readonly Likelihood[]
  /** The sum of the group stays within these, in nats. */
  readonly bounds: readonly [lowest: number, highest: number]
  /** A share of what the ratio says; below 1 for signals that are not independent of the others. */
  readonly weight?: number
  /**
   * What a client says about itself moves the score and not what is believed of the attackers: otherwise leaving it out
   * would rule out those who copy the person, and make everything else speak louder for whoever hides (R087).
   */
  readonly isClaim?: boolean
}

// Nothing is impossible for anybody, so that no ratio is infinite.
const LEAST = 1e-9

/**
 * log Σ π_a P_a(x) − log P_u(x), told step by step: after each observation the attackers who explain it best weigh more,
 * so the steps add up to the ratio of the whole, and each is what its observation adds.
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
  // A copy is moved within the group, so that its levels hold together, and then let go.
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

/** How likely the attackers make it, and what is believed of them afterwards. */
function expectFrom(suspects: readonly Suspect[], weights: Float64Array, attacker: Likelihood['attacker']): number {
  let total = 0
  // Asked some two hundred times a decision, so without a call of its own for each.
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
