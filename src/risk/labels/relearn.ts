import { packProfile, unpackProfile, type PackedProfile } from '../profile/pack-profile.js'
import { emptyProfile } from '../profile/profile.js'
import { recountAsForeign, recountAsOwn, type Recounted } from '../profile/recount.js'

export const RISK_LABELS = ['LEGITIMATE', 'ATTACK'] as const
/** What an operator found out about a decision. */
export type RiskLabel = (typeof RISK_LABELS)[number]

export interface Relabelled extends Recounted {
  /** Whether it was learned when it was made, because nobody was asked. */
  readonly wasLearned: boolean
  /** Null: it had no label yet. */
  readonly from: RiskLabel | null
  readonly to: RiskLabel
  readonly now: Date
}

/**
 * The profile after a label: in it what is legitimate, once, and not in it what is an attack. After one no step-up that
 * was passed spares anybody the next.
 */
export function relearn(packed: PackedProfile | null, relabelled: Relabelled): PackedProfile | null {
  const { from, to, wasLearned } = relabelled
  const now = relabelled.now.getTime()
  const isIn = from === null ? wasLearned : from === 'LEGITIMATE'
  const profile = packed === null ? null : unpackProfile(packed)
  if (to === 'LEGITIMATE') return isIn ? packed : packProfile(recountAsOwn(profile ?? emptyProfile, relabelled, now))
  if (profile === null) return packed
  return packProfile({ ...(isIn ? recountAsForeign(profile, relabelled, now) : profile), passed: null })
}
