import type { ProvedSession } from '../observation.js'
import { learn } from './learn.js'
import type { RiskProfile } from './profile.js'

/** The profile as it looks from inside a session: what the session was proved with is usual too, whoever else is newer. */
export function withSession(profile: RiskProfile, { observation, provedAt }: ProvedSession, now: number): RiskProfile {
  const lesson = { observation, hadToken: null, fingerprintBin: null, passed: null }
  const learned = learn(profile, { ...lesson, at: now })
  // It was there when it was proved, and may have gone far since.
  const { places } = learn(profile, { ...lesson, at: provedAt.getTime() })
  return { ...learned, places }
}
