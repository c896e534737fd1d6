import { createCipheriv, createDecipheriv, createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { decodeBase64url } from './base64url.js'
import type { DerivedKeys, KeyRing } from './key-ring.js'

/** Everything done with secrets: making, hashing, comparing and sealing them. */
export interface Secrets {
  /** Random bytes as base64url; 32 bytes (256 bits) by default. */
  random(bytes?: number): string
  /** SHA-256 as base64url, for high-entropy secrets such as session and refresh tokens. */
  digest(secret: string): string
  /** Keyed hash under the current key, `<key id>.<mac>`, for low-entropy values such as codes and fingerprints. */
  keyedHash(purpose: string, value: string): string
  /** Whether `keyedHash` was made from `value`, under any key of the ring. */
  matchesKeyedHash(purpose: string, value: string, keyedHash: string): boolean
  /** A pseudo-random 256-bit token derived from another: the same input gives the same token (refresh retries). */
  derive(purpose: string, keyId: string, input: string): string | null
  /**
   * AES-256-GCM, `<key id>.<nonce>.<ciphertext and tag>`; `context` is authenticated, and `open` needs the same one.
   */
  seal(plain: string, context: string): string
  /** Null when the value was altered or moved to another context, or when its key left the ring. */
  open(sealed: string, context: string): OpenedSecret | null
  /** Constant-time comparison. */
  equal(a: string, b: string): boolean
  readonly currentKeyId: string
}

export interface OpenedSecret {
  readonly plain: string
  /** True when an older key sealed it: seal it again at the next write. */
  readonly stale: boolean
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

export function createSecrets(ring: KeyRing): Secrets {
  return {
    currentKeyId: ring.current.id,
    random: (bytes = 32) => randomBytes(bytes).toString('base64url'),
    digest: (secret) => hash('sha256', secret, 'base64url'),
    keyedHash: (purpose, value) => `${ring.current.id}.${mac(ring.current, purpose, value)}`,
    matchesKeyedHash: (purpose, value, keyedHash) => {
      const keys = ring.find(keyIdOf(keyedHash))
      return keys !== null && equal(`${keys.id}.${mac(keys, purpose, value)}`, keyedHash)
    },
    derive: (purpose, keyId, input) => {
      const keys = ring.find(keyId)
      return keys && mac(keys, `derive/${purpose}`, input)
    },
    seal: (plain, context) => seal(ring.current, plain, context),
    open: (sealed, context) => {
      const keys = ring.find(keyIdOf(sealed))
      const plain = keys && open(keys, sealed, context)
      return plain === null ? null : { plain, stale: keys !== ring.current }
    },
    equal,
  }
}

const keyIdOf = (value: string): string => value.slice(0, Math.max(0, value.indexOf('.')))

function mac(keys: DerivedKeys, purpose: string, value: string): string {
  return createHmac('sha256', keys.hashing).update(`${purpose}\0${value}`).digest('base64url')
}

function seal(keys: DerivedKeys, plain: string, context: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keys.sealing, nonce).setAAD(Buffer.from(context))
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `${keys.id}.${nonce.toString('base64url')}.${sealed.toString('base64url')}`
}

function open(keys: DerivedKeys, value: string, context: string): string | null {
  const [, nonceText = '', sealedText = '', ...rest] = value.split('.')
  const nonce = decodeBase64url(nonceText)
  const bytes = decodeBase64url(sealedText)
  // Each sealed value has exactly one spelling, because some leave the gateway as tokens (R142).
  if (rest.length > 0 || nonce?.length !== NONCE_BYTES || !bytes || bytes.length < TAG_BYTES) return null
  try {
    const decipher = createDecipheriv('aes-256-gcm', keys.sealing, nonce, {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  // The length is not secret: most values are hashes, and codes have a known length.
  return left.length === right.length && timingSafeEqual(left, right)
}
