import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

/** The keys of a browser's subscription, as base64url. */
export interface PushKeys {
  readonly p256dh: string
  readonly auth: string
}

const CURVE = 'prime256v1'
const POINT_BYTES = 65
const RECORD_BYTES = 4096
/** Every message is padded to this length, so its length reveals nothing. */
const PADDED_BYTES = 128
const LAST_RECORD = 2

/**
 * Encrypts a message to a browser (RFC 8291) as one record of `aes128gcm` (RFC 8188). Throws for a key that is not a
 * point on the curve. Each message has a new key pair and salt; tests pass both to reproduce the RFC's test vectors.
 */
export function encryptPush(
  plain: string,
  { p256dh, auth }: PushKeys,
  with_: { readonly privateKey?: Buffer; readonly salt?: Buffer; readonly paddedBytes?: number } = {},
): Buffer {
  const theirs = Buffer.from(p256dh, 'base64url')
  const ours = createECDH(CURVE)
  if (with_.privateKey) ours.setPrivateKey(with_.privateKey)
  else ours.generateKeys()
  const salt = with_.salt ?? randomBytes(16)
  const ourPoint = ours.getPublicKey()
  if (theirs.length !== POINT_BYTES) throw new Error('the key of the subscription is not a point of P-256')

  // RFC 8291 section 3.4: the key is derived from both public keys and the authentication secret.
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ourPoint])
  const shared = hkdf(ours.computeSecret(theirs), Buffer.from(auth, 'base64url'), about, 32)
  const key = hkdf(shared, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = hkdf(shared, salt, Buffer.from('Content-Encoding: nonce\0'), 12)

  const text = Buffer.from(plain)
  const padding = Buffer.alloc(Math.max(0, (with_.paddedBytes ?? PADDED_BYTES) - text.length))
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const record = [cipher.update(Buffer.concat([text, Buffer.from([LAST_RECORD]), padding])), cipher.final()]
  const header = Buffer.alloc(5)
  header.writeUInt32BE(RECORD_BYTES)
  header.writeUInt8(POINT_BYTES, 4)
  return Buffer.concat([salt, header, ourPoint, ...record, cipher.getAuthTag()])
}

const hkdf = (secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length))
