import { secondsBetween } from '../kernel/clock.js'
import type { Secrets } from '../kernel/secrets.js'

const SHAPE = /^([A-Za-z0-9_-]{22})\.([0-9a-z]{1,10})$/
const PURPOSE = 'mfa-token'

/** What can be said of an `mfaToken` before the store is asked; whether its context is still open, only the store knows. */
export type MfaTokenReading = { kind: 'genuine'; key: string } | { kind: 'invalid' } | { kind: 'expired' }

/** A new token: a nonce, its end, and a keyed hash over both that tells a tampered token from an unknown one. */
export function writeMfaToken(secrets: Secrets, expiresAt: Date): { readonly token: string; readonly key: string } {
  const claim = `${secrets.random(16)}.${Math.floor(expiresAt.getTime() / 1000).toString(36)}`
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
