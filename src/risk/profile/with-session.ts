import type { ProvedSession } from '../observation.js'
import { learn } from './learn.js'
import type { RiskProfile } from './profile.js'

/** The profile as seen from a session: what the session was verified with also counts as usual. */
export function withSession(profile: RiskProfile, { observation, provedAt }: ProvedSession, now: number): RiskProfile {
  const lesson = { observation, hadToken: null, fingerprintBin: null, passed: null }
  const learned = learn(profile, { ...lesson, at: now })
  // This is the place at the last verification; the person may have travelled since.
  const { places } = learn(profile, { ...lesson, at: provedAt.getTime() })
  return { ...learned, places }
}
