import { pushStateOf } from '../factors/index.js'
import type { ChallengedSession } from './ports.js'

/** The status of a challenge of this session; a challenge of another session is treated as absent. */
export function statusOf(
  { challenges }: Pick<ChallengedSession, 'challenges'>,
  challengeId: string,
  now: Date,
): 'WAITING' | 'APPROVED' | 'DENIED' | 'GONE' {
  const challenge = Object.values(challenges).find(({ id }) => id === challengeId)
  if (!challenge || challenge.expiresAt <= now) return 'GONE'
  const state = challenge.factorType === 'PUSH' ? pushStateOf(challenge.question) : 'waiting'
  if (state === 'denied') return 'DENIED'
  if (challenge.attemptsLeft <= 0 || state === null) return 'GONE'
  return state === 'approved' ? 'APPROVED' : 'WAITING'
}
