import { randomInt } from 'node:crypto'
import type { ChallengeId } from '../kernel/ids.js'
import type { Secrets } from '../kernel/secrets.js'

const DIGITS = 6
const SHAPE = /^[0-9]{6}$/
const LONGEST_TYPED = 16
const PURPOSE = 'one-time-code'

/** Six digits for a message, each as likely as the next; leading zeros stay. */
export const newOneTimeCode = (): string =>
  randomInt(10 ** DIGITS)
    .toString()
    .padStart(DIGITS, '0')

/** What is kept of a code: a keyed hash that is good for one challenge only (R011). */
export const hashOneTimeCode = (secrets: Secrets, challengeId: ChallengeId, code: string): string =>
  secrets.keyedHash(PURPOSE, bound(challengeId, code))

/** Whether what was typed is that code. Spaces between the digits are dropped, nothing else is folded (R023). */
export function matchesOneTimeCode(secrets: Secrets, challengeId: ChallengeId, typed: string, hash: string): boolean {
  const code = typed.length <= LONGEST_TYPED ? typed.replaceAll(' ', '') : ''
  return SHAPE.test(code) && secrets.matchesKeyedHash(PURPOSE, bound(challengeId, code), hash)
}

const bound = (challengeId: ChallengeId, code: string): string => `${challengeId}\0${code}`
