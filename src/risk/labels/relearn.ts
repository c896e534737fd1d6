import { ageProfile } from '../profile/age-profile.js'
import { packProfile, unpackProfile, type PackedProfile } from '../profile/pack-profile.js'
import { emptyProfile, type RiskProfile } from '../profile/profile.js'
import { recountAsForeign, recountAsOwn, type Recounted } from '../profile/recount.js'

export const RISK_LABELS = ['LEGITIMATE', 'ATTACK'] as const
/** What an operator found a decision to be. */
export type RiskLabel = (typeof RISK_LABELS)[number]

export interface Relabelled extends Recounted {
  /** Whether the sign-in was already learned: it was not challenged, or the challenge was passed. */
  readonly wasLearned: boolean
  /** Null if the decision had no label. */
  readonly from: RiskLabel | null
  readonly to: RiskLabel
  readonly now: Date
}

/**
 * The profile after a label. A legitimate sign-in is in it once, an attack is not in it. After an attack, earlier
 * step-ups no longer skip the next prompt. A profile that was reset since the decision does not learn it.
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
