import { createECDH, createPrivateKey, type KeyObject } from 'node:crypto'

// The order of P-256 (FIPS 186-5). Private keys are from 1 to ORDER - 1.
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const SCALAR_HEX = 64
const COORDINATE_BYTES = 32

/** 128 bits more than the order, so that the remainder is as good as uniform (FIPS 186-5, A.2.1). */
export const ES256_SEED_BYTES = 48

/** The private key of P-256 that a seed stands for. */
export function es256Key(seed: Buffer): KeyObject {
  if (seed.length !== ES256_SEED_BYTES) throw new Error(`a seed has ${ES256_SEED_BYTES} bytes`)
  const scalar = (BigInt(`0x${seed.toString('hex')}`) % (ORDER - 1n)) + 1n
  const secret = Buffer.from(scalar.toString(16).padStart(SCALAR_HEX, '0'), 'hex')
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(secret)
  // 4, x, y.
  const point = curve.getPublicKey()
  const part = (from: number): string => point.subarray(from, from + COORDINATE_BYTES).toString('base64url')
  const [x, y] = [part(1), part(1 + COORDINATE_BYTES)]
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d: secret.toString('base64url') }, format: 'jwk' })
}
