import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { isBase64url } from '../../kernel/base64url.js'
import type { AccountId, FactorId } from '../../kernel/ids.js'
import { parseId } from '../../kernel/ids.js'

/** What a device signs: every value there is, so that a signature fits one call and no other. */
export interface SignedCall {
  /** The gateway it is meant for: its public URL. */
  readonly audience: string
  readonly device: DeviceName
  readonly action: 'list' | 'approve' | 'deny' | 'subscribe'
  /** The challenge it is about; for `subscribe` the endpoint; empty for `list`. */
  readonly subject: string
  /** For `approve`, as it was typed; for `subscribe` the two keys; empty otherwise. */
  readonly detail: string
  readonly issuedAt: Date
}

/** How a device calls itself: `<account>.<factor>`. */
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

/** The text under a signature. Values with the boundary in them have no text, so none can pass for two. */
function textOf(call: SignedCall): string | null {
  const { audience, device, action, subject, detail, issuedAt } = call
  const parts = [DOMAIN, audience, writeDeviceName(device), action, subject, detail, issuedAt.toISOString()]
  return parts.some((part) => part.includes(BOUNDARY)) ? null : parts.join(BOUNDARY)
}

/** A public key on P-256 (SPKI as base64url, in the one way it is written), or null. */
export function readPublicKey(text: string): KeyObject | null {
  if (text.length !== SPKI_BASE64URL_LENGTH || !isBase64url(text)) return null
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'spki' })
    if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return null
    // One key, one text: otherwise a device could be enrolled twice under two spellings of its key.
    return key.export({ format: 'der', type: 'spki' }).toString('base64url') === text ? key : null
  } catch {
    return null
  }
}

/** Whether the device with this key signed this call: ECDSA with SHA-256, the signature as WebCrypto writes it. */
export function isSignedBy(publicKey: string, call: SignedCall, signature: string): boolean {
  const key = readPublicKey(publicKey)
  const text = textOf(call)
  if (!key || text === null || signature.length !== SIGNATURE_BASE64URL_LENGTH || !isBase64url(signature)) return false
  return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
}
