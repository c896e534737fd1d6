import type { ChallengeId } from '../kernel/ids.js'
import { randomDigits } from '../kernel/random-digits.js'
import type { Secrets } from '../kernel/secrets.js'
import { readDigits } from './read-digits.js'

const DIGITS = 6
const PURPOSE = 'one-time-code'

/** A code to send: six uniformly random digits, with leading zeros kept (R010). */
export const newOneTimeCode = (): string => randomDigits(DIGITS)

/** The stored form of a code: a keyed hash, valid only for the challenge it was made for (R011, R025). */
export const hashOneTimeCode = (secrets: Pick<Secrets, 'keyedHash'>, challengeId: ChallengeId, code: string): string =>
  secrets.keyedHash(PURPOSE, valueOf(challengeId, code))

/** Whether the typed text can be a sent code at all. */
export const isOneTimeCode = (typed: string): boolean => readDigits(typed, DIGITS) !== null

/** Whether the typed text is the code that was sent for this challenge. Never throws, for any input. */
export function matchesOneTimeCode(
  secrets: Pick<Secrets, 'matchesKeyedHash'>,
  challengeId: ChallengeId,
  typed: string,
  hash: string,
): boolean {
  const code = readDigits(typed, DIGITS)
  return code !== null && secrets.matchesKeyedHash(PURPOSE, valueOf(challengeId, code), hash)
}

const valueOf = (challengeId: ChallengeId, code: string): string => `${challengeId}:${code}`
