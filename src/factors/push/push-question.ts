import { randomInt } from 'node:crypto'
import type { ChallengeId } from '../../kernel/ids.js'
import type { Secrets } from '../../kernel/secrets.js'
import type { Question } from '../factor.js'

/** `waiting` for the device, `approved` by the right number, `denied` permanently. */
export type PushState = 'waiting' | 'approved' | 'denied'

/** What the device shows about the requesting browser: for its owner to recognise, never proof. */
export interface Asker {
  /** Such as "Firefox on Linux". */
  readonly agent: string
  /** ISO 3166-1 alpha-2; null when unknown. */
  readonly country: string | null
}

const PURPOSE = 'push-number'
const SHAPE = /^[1-9][0-9]$/

/** Two digits; all ninety values are equally likely. */
export const newNumber = (): string => String(randomInt(10, 100))

/** Stored as a keyed hash and bound to its challenge, because there are only ninety possible numbers. */
export function newQuestion(secrets: Secrets, challengeId: ChallengeId, number: string, asker: Asker): Question {
  return {
    numberHash: secrets.keyedHash(PURPOSE, `${challengeId}:${number}`),
    state: 'waiting' satisfies PushState,
    agent: asker.agent,
    country: asker.country,
  }
}

export function stateOf(question: Question): PushState | null {
  const { state } = question
  return state === 'waiting' || state === 'approved' || state === 'denied' ? state : null
}

/** The requesting browser, as stored with the challenge. */
export function askerOf({ agent, country }: Question): Asker {
  return {
    agent: typeof agent === 'string' ? agent : 'Unknown device',
    country: typeof country === 'string' ? country : null,
  }
}

/** Whether this is the number that the requesting session was shown. A malformed number is a wrong one (R022). */
export function isRightNumber(secrets: Secrets, challengeId: ChallengeId, question: Question, number: string): boolean {
  const { numberHash } = question
  if (typeof numberHash !== 'string' || !SHAPE.test(number)) return false
  return secrets.matchesKeyedHash(PURPOSE, `${challengeId}:${number}`, numberHash)
}
