import { createBoundedCache } from '../kernel/bounded-cache.js'
import type { Secrets } from '../kernel/secrets.js'

/** A request needs twelve hashes, mostly of values seen before, so they are cached. */
const KEPT_HASHED_CHARACTERS = 500_000
const KEY_BYTES = 6

/** Enough of a keyed hash to tell the values of one person apart; a risk profile holds dozens of them. */
export function createRiskHash(secrets: Pick<Secrets, 'keyedHash'>): (value: string) => number {
  const known = createBoundedCache<number>(KEPT_HASHED_CHARACTERS)
  return (value) => {
    const before = known.get(value)
    if (before !== undefined) return before
    const mac = secrets.keyedHash('risk', value)
    const key = Buffer.from(mac.slice(mac.lastIndexOf('.') + 1), 'base64url').readUIntLE(0, KEY_BYTES)
    known.set(value, key, value.length)
    return key
  }
}
