import { ageProfile } from '../profile/age-profile.js'
import { packProfile, unpackProfile, type PackedProfile } from '../profile/pack-profile.js'
import { emptyProfile, type RiskProfile } from '../profile/profile.js'
import { recountAsForeign, recountAsOwn, type Recounted } from '../profile/recount.js'

export const RISK_LABELS = ['LEGITIMATE', 'ATTACK'] as const
/** What an operator found out about a decision. */
export type RiskLabel = (typeof RISK_LABELS)[number]

export interface Relabelled extends Recounted {
  /** Whether the sign-in was learned by itself, because nobody was asked or the answer was right. */
  readonly wasLearned: boolean
  /** Null: it had no label yet. */
  readonly from: RiskLabel | null
  readonly to: RiskLabel
  readonly now: Date
}

/**
 * The profile after a label: in it what is legitimate, once, and not in it what is an attack. After one no step-up that
 * was passed spares anybody the next. A profile that began anew since knows nothing of it, and does not learn it after all.
 */
export function relearn(packed: PackedProfile | null, relabelled: Relabelled): PackedProfile | null {
  const { from, to, wasLearned } = relabelled
  const profile = packed === null ? null : unpackProfile(packed)
  if (profile === null) return packed
  const now = relabelled.now.getTime()
  const isIn = from === null ? wasLearned : from === 'LEGITIMATE'
  const mayChange = reachesBackTo(profile, relabelled.at, now)
  if (to === 'LEGITIMATE') return isIn || !mayChange ? packed : packProfile(recountAsOwn(profile, relabelled, now))
  return packProfile({ ...(isIn && mayChange ? recountAsForeign(profile, relabelled, now) : profile), passed: null })
}

const reachesBackTo = (profile: RiskProfile, at: number, now: number): boolean =>
  profile.since <= at && ageProfile(profile, now) !== emptyProfile
