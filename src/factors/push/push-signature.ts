import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { isBase64url } from '../../kernel/base64url.js'
import type { AccountId, FactorId } from '../../kernel/ids.js'
import { parseId } from '../../kernel/ids.js'

/** What a device signs: every value of the call, so that a signature fits only one call. */
export interface SignedCall {
  /** The gateway it is meant for: its public URL. */
  readonly audience: string
  readonly device: DeviceName
  readonly action: 'list' | 'approve' | 'deny' | 'subscribe'
  /** The challenge it is about; for `subscribe` the endpoint; empty for `list`. */
  readonly subject: string
  /** For `approve` the number as typed; for `subscribe` the two keys; empty otherwise. */
  readonly detail: string
  readonly issuedAt: Date
}

/** The name a device uses for itself: `<account>.<factor>`. */
export interface DeviceName {
  readonly accountId: AccountId
  readonly factorId: FactorId
}

const DOMAIN = 'stepgate-push/1'
const SPKI_BASE64URL_LENGTH = 122
const SIGNATURE_BASE64URL_LENGTH = 86
const BOUNDARY = '\n'

export function parseDeviceName(text: string): DeviceName | null {
  const [account, factor, ...rest] = text.split('.')
  const accountId = parseId<AccountId>(account)
  const factorId = parseId<FactorId>(factor)
  return accountId && factorId && rest.length === 0 ? { accountId, factorId } : null
}

export const writeDeviceName = ({ accountId, factorId }: DeviceName): string => `${accountId}.${factorId}`

/** The signed text. Values that contain the separator have none, so no two calls share a text. */
function textOf(call: SignedCall): string | null {
  const { audience, device, action, subject, detail, issuedAt } = call
  const parts = [DOMAIN, audience, writeDeviceName(device), action, subject, detail, issuedAt.toISOString()]
  return parts.some((part) => part.includes(BOUNDARY)) ? null : parts.join(BOUNDARY)
}

/** A public key on P-256 (SPKI as base64url, in its canonical spelling), or null. */
export function readPublicKey(text: string): KeyObject | null {
  if (text.length !== SPKI_BASE64URL_LENGTH || !isBase64url(text)) return null
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'spki' })
    if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return null
    // Each key has exactly one spelling: otherwise a device could be enrolled twice.
    return key.export({ format: 'der', type: 'spki' }).toString('base64url') === text ? key : null
  } catch {
    return null
  }
}

/** Whether the device with this key signed this call: ECDSA with SHA-256, the signature in WebCrypto's format. */
export function isSignedBy(publicKey: string, call: SignedCall, signature: string): boolean {
  const key = readPublicKey(publicKey)
  const text = textOf(call)
  if (!key || text === null || signature.length !== SIGNATURE_BASE64URL_LENGTH || !isBase64url(signature)) return false
  return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
}
