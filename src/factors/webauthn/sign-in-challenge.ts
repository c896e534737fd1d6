import type { Clock } from '../../kernel/clock.js'
import { secondsAfter } from '../../kernel/clock.js'
import type { Secrets } from '../../kernel/secrets.js'
import { CHALLENGE_BYTES } from './relying-party.js'

export interface SignInChallengeDeps {
  readonly secrets: Secrets
  readonly clock: Clock
}

/** Separates these from every other keyed hash, so that no other value passes as one. */
const PURPOSE = 'passkey-sign-in'

/**
 * A challenge for a person who is not identified yet: random, with its expiry, under a keyed hash. Nothing is stored
 * until it is answered, so requesting many of them costs the store nothing.
 */
export function newSignInChallenge({ secrets, clock }: SignInChallengeDeps, seconds: number) {
  const expiresAt = secondsAfter(clock.now(), seconds)
  const text = `${secrets.random(CHALLENGE_BYTES)}.${expiresAt.getTime()}`
  const challenge = Buffer.from(`${text}.${secrets.keyedHash(PURPOSE, text)}`).toString('base64url')
  return { challenge, expiresAt }
}

/** When it expires; null when we did not issue it or it has expired. */
export function readSignInChallenge({ secrets, clock }: SignInChallengeDeps, challenge: string): Date | null {
  if (challenge.length > 512) return null
  const plain = Buffer.from(challenge, 'base64url').toString('utf8')
  // Only our own spelling of the bytes counts, because spent challenges are recorded by their text.
  if (Buffer.from(plain).toString('base64url') !== challenge) return null
  const match = /^([A-Za-z0-9_-]+\.(\d{1,15}))\.(\S+)$/.exec(plain)
  const [, text = '', milliseconds = '', hash = ''] = match ?? []
  if (!match || !secrets.matchesKeyedHash(PURPOSE, text, hash)) return null
  const expiresAt = new Date(Number(milliseconds))
  return expiresAt > clock.now() ? expiresAt : null
}
