import type { Clock } from '../../kernel/clock.js'
import { secondsAfter } from '../../kernel/clock.js'
import type { Secrets } from '../../kernel/secrets.js'
import { CHALLENGE_BYTES } from './relying-party.js'

export interface SignInChallengeDeps {
  readonly secrets: Secrets
  readonly clock: Clock
}

/** Apart from every other keyed hash, so that nothing else can be passed off as one of these. */
const PURPOSE = 'passkey-sign-in'

/**
 * A challenge for somebody who is not known yet: random, with its end, under a keyed hash. Nothing is stored before it is
 * answered, so asking for many costs the store nothing.
 */
export function newSignInChallenge({ secrets, clock }: SignInChallengeDeps, seconds: number) {
  const expiresAt = secondsAfter(clock.now(), seconds)
  const text = `${secrets.random(CHALLENGE_BYTES)}.${expiresAt.getTime()}`
  const challenge = Buffer.from(`${text}.${secrets.keyedHash(PURPOSE, text)}`).toString('base64url')
  return { challenge, expiresAt }
}

/** When it ends; null when it is none of ours or has ended. */
export function readSignInChallenge({ secrets, clock }: SignInChallengeDeps, challenge: string): Date | null {
  if (challenge.length > 512) return null
  const plain = Buffer.from(challenge, 'base64url').toString('utf8')
  // Of all the spellings that decode to the same bytes only ours counts: spent challenges are kept by their text.
  if (Buffer.from(plain).toString('base64url') !== challenge) return null
  const match = /^([A-Za-z0-9_-]+\.(\d{1,15}))\.(\S+)$/.exec(plain)
  const [, text = '', milliseconds = '', hash = ''] = match ?? []
  if (!match || !secrets.matchesKeyedHash(PURPOSE, text, hash)) return null
  const expiresAt = new Date(Number(milliseconds))
  return expiresAt > clock.now() ? expiresAt : null
}
