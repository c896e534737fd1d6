import type { Secrets } from '../kernel/secrets.js'

const MAX_ATTRIBUTES = 20
const MAX_VALUE_LENGTH = 256
const NAME = /^[a-z][A-Za-z0-9]{0,31}$/

export interface FingerprintAttribute {
  readonly name: string
  readonly value: string
}

/**
 * What a client reports about itself, as keyed hashes by attribute name. A weak signal that anyone can copy (R088): it
 * may raise risk, but never proves a device. Null when it is malformed or repeats an attribute.
 */
export function hashFingerprint(
  secrets: Secrets,
  attributes: readonly FingerprintAttribute[],
): Readonly<Record<string, string>> | null {
  if (attributes.length > MAX_ATTRIBUTES) return null
  const hashes = new Map<string, string>()
  for (const { name, value } of attributes) {
    if (!NAME.test(name) || value.length > MAX_VALUE_LENGTH || hashes.has(name)) return null
    hashes.set(name, secrets.keyedHash(`fingerprint/${name}`, value))
  }
  return Object.fromEntries(hashes)
}
