import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { decodeBase64url } from './base64url.js'

/** The members of a public JWK that the check needs (RFC 7518 section 6, RFC 8037 section 2). */
export interface PublicJwk {
  readonly kty?: unknown
  readonly crv?: unknown
  readonly x?: unknown
  readonly y?: unknown
  readonly n?: unknown
  readonly e?: unknown
}

/**
 * Whether only the holder of the private half can sign for a public key. Anyone can sign for some keys: a point of
 * small order, an exponent of 1, a prime modulus (R141). Never throws.
 */
export function isSoundKey(jwk: PublicJwk): boolean {
  switch (jwk.kty) {
    case 'EC':
      return isPointOnCurve(jwk)
    case 'OKP':
      return jwk.crv === 'Ed25519' && isEd25519Point(bytesOf(jwk.x))
    case 'RSA':
      return isRsaKey(bytesOf(jwk.n), bytesOf(jwk.e))
    default:
      return false
  }
}

/** The same for an uncompressed point of P-256, as base64url (SEC 1 section 2.3.3). */
export function isPointOfP256(text: string): boolean {
  const bytes = decodeBase64url(text)
  if (bytes?.length !== 65 || bytes[0] !== 4) return false
  const [x, y] = [bytes.subarray(1, 33), bytes.subarray(33)]
  return isSoundKey({ kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') })
}

const COORDINATE_BYTES: ReadonlyMap<unknown, number> = new Map([
  ['P-256', 32],
  ['P-384', 48],
  ['P-521', 66],
])

/**
 * These curves have no small subgroups, and the point at infinity has no coordinates, so any point on the curve is
 * sound.
 */
function isPointOnCurve({ crv, x, y }: PublicJwk): boolean {
  const length = COORDINATE_BYTES.get(crv)
  if (length === undefined || bytesOf(x)?.length !== length || bytesOf(y)?.length !== length) return false
  try {
    createPublicKey({ key: { kty: 'EC', crv, x, y } as JsonWebKey, format: 'jwk' })
    return true
  } catch {
    return false
  }
}

// RFC 8032 section 5.1.
const P = 2n ** 255n - 19n
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n

/**
 * The y coordinates of the points whose order divides 8, little-endian as in libsodium's list. Each covers both signs
 * of x.
 */
const SMALL_ORDER: ReadonlySet<bigint> = new Set(
  [
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ].map((hex) => numberOf(Buffer.from(hex, 'hex').reverse())),
)

/** A point of the curve in its canonical spelling, outside the small subgroup. */
function isEd25519Point(bytes: Buffer | null): boolean {
  if (bytes?.length !== 32) return false
  const y = numberOf(Buffer.from(bytes).reverse()) & (2n ** 255n - 1n)
  if (y >= P || SMALL_ORDER.has(y)) return false
  // RFC 8032 section 5.1.3: x² = (y² - 1) / (dy² + 1), so u/v must be a square. u·v is a square exactly when u/v is.
  const u = y * y - 1n
  const v = D * y * y + 1n
  return powerModP(u * v, (P - 1n) / 2n) === 1n
}

const MIN_RSA_BITS = 2048
/** An unauthenticated caller must not be able to make us spend the time that larger keys take to check. */
const MAX_RSA_BITS = 4096
const MIN_EXPONENT = 65_537n
const MAX_EXPONENT = 2n ** 32n
/** NIST SP 800-89 section 5.3.3: no prime factor below 752. */
const SMALL_PRIMES = primesBelow(752).reduce((product, prime) => product * BigInt(prime), 1n)

/** Partial public key validation, NIST SP 800-89 section 5.3.3, with tighter bounds. */
function isRsaKey(modulus: Buffer | null, exponent: Buffer | null): boolean {
  if (!modulus || !exponent || modulus[0] === 0 || exponent[0] === 0) return false
  if (modulus.length * 8 > MAX_RSA_BITS || exponent.length > 8) return false
  const n = numberOf(modulus)
  const e = numberOf(exponent)
  if (n.toString(2).length < MIN_RSA_BITS || n % 2n === 0n) return false
  if (e < MIN_EXPONENT || e > MAX_EXPONENT || e % 2n === 0n) return false
  return greatestCommonDivisor(n, SMALL_PRIMES) === 1n && !mayBePrime(n)
}

const bytesOf = (member: unknown): Buffer | null =>
  typeof member === 'string' && member !== '' ? decodeBase64url(member) : null

function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex') || '0'}`)
}

function powerModP(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = ((base % P) + P) % P
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % P
    square = (square * square) % P
  }
  return result
}

/**
 * Fermat's test with base 2, which every prime passes and almost no product of two primes. With OpenSSL's own test, one
 * caller that sends a large prime would block all others for minutes.
 */
function mayBePrime(n: bigint): boolean {
  let power = 1n
  for (const bit of (n - 1n).toString(2)) {
    power = (power * power) % n
    if (bit === '1') power = (power << 1n) % n
  }
  return power === 1n
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b)
}

function primesBelow(end: number): readonly number[] {
  const numbers = Array.from({ length: end - 2 }, (_, index) => index + 2)
  return numbers.filter((number) => numbers.every((other) => other * other > number || number % other !== 0))
}
