import { createECDH, createPrivateKey, sign } from 'node:crypto'

/** The gateway's key pair for push services (RFC 8292), as base64url: a point on P-256 and its private scalar. */
export interface VapidKeys {
  readonly publicKey: string
  readonly privateKey: string
  /** How a push service can contact the operator: `mailto:` or `https:`. */
  readonly subject: string
}

/** The `Authorization` header for one push service. */
export function vapidHeader({ publicKey, privateKey, subject }: VapidKeys, audience: string, expiresAt: Date): string {
  const point = Buffer.from(publicKey, 'base64url')
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
      d: privateKey,
    },
  })
  const claims = { aud: audience, exp: Math.floor(expiresAt.getTime() / 1000), sub: subject }
  const signed = `${encoded({ typ: 'JWT', alg: 'ES256' })}.${encoded(claims)}`
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  return `vapid t=${signed}.${signature}, k=${publicKey}`
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A new key pair in the form of the settings. */
export function newVapidKeys(): Pick<VapidKeys, 'publicKey' | 'privateKey'> {
  const pair = createECDH('prime256v1')
  const publicKey = pair.generateKeys().toString('base64url')
  const scalar = pair.getPrivateKey()
  // OpenSSL drops leading zeros, but a private key in RFC 7518 always has 32 bytes.
  const privateKey = Buffer.concat([Buffer.alloc(32 - scalar.length), scalar]).toString('base64url')
  return { publicKey, privateKey }
}
