import type { Secrets } from '../kernel/secrets.js'

const MAX_ATTRIBUTES = 20
const MAX_VALUE_LENGTH = 256
const SHORT_BYTES = 3
const NAME = /^[a-z][A-Za-z0-9]{0,31}$/

export interface FingerprintAttribute {
  readonly name: string
  readonly value: string
}

/** What a client reports about itself, as short keyed hashes by attribute name. */
export type Fingerprint = Readonly<Record<string, string>>

export interface HashedFingerprint {
  readonly fingerprint: Fingerprint
  /** The whole keyed hash of the time zone, which risk profiles are keyed by; empty if none was reported. */
  readonly timeZone: string
}

/**
 * Hashes what a client reports. A weak signal that anyone can copy (R088): it may raise risk, but never proves a device.
 * Null when it is malformed or repeats an attribute.
 */
export function hashFingerprint(
  secrets: Secrets,
  attributes: readonly FingerprintAttribute[],
): HashedFingerprint | null {
  if (attributes.length > MAX_ATTRIBUTES) return null
  const hashes = new Map<string, string>()
  for (const { name, value } of attributes) {
    if (!NAME.test(name) || value.length > MAX_VALUE_LENGTH || hashes.has(name)) return null
    hashes.set(name, secrets.keyedHash(`fingerprint/${name}`, value))
  }
  return { fingerprint: shortFingerprint(Object.fromEntries(hashes)), timeZone: hashes.get('timeZone') ?? '' }
}

/**
 * The first 24 bits of each keyed hash; short ones stay. Two values of one attribute look alike once in 16 million times,
 * and without the key such a value cannot be searched for.
 */
export const shortFingerprint = (fingerprint: Fingerprint): Fingerprint =>
  Object.fromEntries(Object.entries(fingerprint).map(([name, hash]) => [name, shortHash(hash)]))

function shortHash(hash: string): string {
  const dot = hash.lastIndexOf('.')
  if (dot === -1) return hash
  return Buffer.from(hash.slice(dot + 1), 'base64url')
    .subarray(0, SHORT_BYTES)
    .toString('base64url')
}
