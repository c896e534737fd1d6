import { secondsBetween } from '../kernel/clock.js'
import type { Secrets } from '../kernel/secrets.js'

const SHAPE = /^([A-Za-z0-9_-]{22})\.([0-9a-z]{1,10})$/
const PURPOSE = 'mfa-token'
// 132 bits.
const NONCE_CHARACTERS = 22

/** The result of reading an `mfaToken` without the store. Only the store knows whether its context is still open. */
export type MfaTokenReading = { kind: 'genuine'; key: string } | { kind: 'invalid' } | { kind: 'expired' }

/**
 * The token for this context and expiry: a nonce, the expiry, and a keyed hash of both that tells a tampered token from
 * an unknown one. The nonce is derived with the master key, so only the gateway can recreate the same token.
 */
export function writeMfaToken(
  secrets: Secrets,
  about: readonly string[],
  expiresAt: Date,
): { readonly token: string; readonly key: string } {
  const end = Math.floor(expiresAt.getTime() / 1000).toString(36)
  const nonce = secrets.derive(PURPOSE, secrets.currentKeyId, JSON.stringify([...about, end]))
  if (nonce === null) throw new Error('the current key is in the ring')
  const claim = `${nonce.slice(0, NONCE_CHARACTERS)}.${end}`
  const token = `${claim}~${secrets.keyedHash(PURPOSE, claim)}`
  return { token, key: secrets.digest(token) }
}

export function readMfaToken(secrets: Secrets, token: string, now: Date): MfaTokenReading {
  const [claim = '', hash = '', ...rest] = token.length <= 256 ? token.split('~') : []
  const parts = SHAPE.exec(claim)
  if (!parts || rest.length > 0 || !secrets.matchesKeyedHash(PURPOSE, claim, hash)) return { kind: 'invalid' }
  const expiresAt = new Date(parseInt(parts[2] ?? '0', 36) * 1000)
  if (secondsBetween(now, expiresAt) <= 0) return { kind: 'expired' }
  return { kind: 'genuine', key: secrets.digest(token) }
}
