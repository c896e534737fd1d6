import { generateKeyPairSync, generatePrimeSync } from 'node:crypto'
import type { PublicJwk } from '../../src/kernel/sound-key.js'

/* Public keys that anyone could sign for, or that no honest client would spell this way. */

const base64url = (bytes: Buffer): string => bytes.toString('base64url')
const fromHex = (hex: string): Buffer => Buffer.from(hex, 'hex')

const rsaParts = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
const bytesOfNumber = (value: bigint): Buffer => {
  const hex = value.toString(16)
  return fromHex(hex.length % 2 === 0 ? hex : `0${hex}`)
}
const numberIn = (text: string): bigint => BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`)

/** The order of P-256's field. */
const P256 = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n

/** All spellings of points of small order on Ed25519, canonical or not, and with both signs. */
export const SMALL_ORDER: Readonly<Record<string, string>> = {
  'the point of order 4': '0000000000000000000000000000000000000000000000000000000000000000',
  'the point of order 4 with the other sign': '0000000000000000000000000000000000000000000000000000000000000080',
  'the neutral element': '0100000000000000000000000000000000000000000000000000000000000000',
  'the neutral element with a sign': '0100000000000000000000000000000000000000000000000000000000000080',
  'a point of order 8': '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'a point of order 8 with the other sign': '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'another point of order 8': 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'another point of order 8 with the other sign': 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  'the point of order 2': 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'the point of order 2 with a sign': 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'the point of order 4, not reduced': 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'the point of order 4, not reduced, with the other sign':
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'the neutral element, not reduced': 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'the neutral element, not reduced, with a sign': 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
}

const ed = (bytes: Buffer): PublicJwk => ({ kty: 'OKP', crv: 'Ed25519', x: base64url(bytes) })
const ec = (x: Buffer, y: Buffer, crv = 'P-256'): PublicJwk => ({ kty: 'EC', crv, x: base64url(x), y: base64url(y) })
const rsa = (n: bigint, e: bigint): PublicJwk => ({
  kty: 'RSA',
  n: base64url(bytesOfNumber(n)),
  e: base64url(bytesOfNumber(e)),
})

export function degenerateKeys(): Readonly<Record<string, PublicJwk>> {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const [px, py] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  const off = Buffer.from(py)
  off[31] = (off[31] ?? 0) ^ 1
  const zero = Buffer.alloc(32)
  const n = numberIn(rsaParts().n ?? '')
  const prime = generatePrimeSync(2048, { bigint: true })
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' })
  return {
    'P-256, a point off the curve': ec(px, off),
    'P-256, coordinates of zero': ec(zero, zero),
    'P-256, x of 0 and y of 1': ec(
      zero,
      bytesOfNumber(1n).length === 1 ? Buffer.concat([Buffer.alloc(31), Buffer.of(1)]) : zero,
    ),
    'P-256, a coordinate as large as the field': ec(bytesOfNumber(P256), py),
    'P-256, coordinates of all ones': ec(Buffer.alloc(32, 0xff), Buffer.alloc(32, 0xff)),
    'P-256, a coordinate that is too long': ec(Buffer.concat([Buffer.of(0), px]), py),
    'P-256, a coordinate that is too short': ec(px.subarray(1), py),
    ...Object.fromEntries(Object.entries(SMALL_ORDER).map(([name, hex]) => [`Ed25519, ${name}`, ed(fromHex(hex))])),
    'Ed25519, no point of the curve': ed(fromHex(`02${'00'.repeat(31)}`)),
    'Ed25519, not reduced': ed(fromHex(`f0${'ff'.repeat(30)}7f`)),
    'Ed25519, 31 bytes': ed(Buffer.alloc(31, 7)),
    'Ed25519, 33 bytes': ed(Buffer.alloc(33, 7)),
    'RSA, an exponent of 1': rsa(n, 1n),
    'RSA, an exponent of 3': rsa(n, 3n),
    'RSA, an exponent of 0': rsa(n, 0n),
    'RSA, an even exponent': rsa(n, 65_538n),
    'RSA, an exponent as long as the modulus': rsa(n, n - 2n),
    'RSA, an even modulus': rsa(n + 1n, 65_537n),
    'RSA, a prime modulus': rsa(prime, 65_537n),
    'RSA, a modulus with a small factor': rsa(((n / 751n) * 751n) | 0n, 65_537n),
    'RSA, 1024 bits': rsa(numberIn(small.n ?? ''), 65_537n),
    'RSA, 1024 bits with zeros in front': {
      kty: 'RSA',
      n: base64url(Buffer.concat([Buffer.alloc(128), Buffer.from(small.n ?? '', 'base64url')])),
      e: 'AQAB',
    },
    'RSA, zeros in front of the exponent': { ...rsa(n, 65_537n), e: base64url(fromHex('00010001')) },
    'RSA, 16384 bits': rsa(2n ** 16_383n + 1n, 65_537n),
  }
}
