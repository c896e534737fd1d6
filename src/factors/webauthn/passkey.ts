import { hash } from 'node:crypto'
import type { AccountId, FactorId } from '../../kernel/ids.js'
import type { Secrets } from '../../kernel/secrets.js'
import type { Factor, Material } from '../factor.js'
import { z } from 'zod'
import { parseJson } from './credential-json.js'
import { readPasskey, writePasskey, type PasskeyKey } from './passkey-text.js'

/** A passkey as it was registered. None of it ever changes. */
export interface Passkey extends PasskeyKey {
  readonly credentialId: string
}

/** The part that changes with every use. */
export interface PasskeyState {
  readonly signCount: number
  readonly backedUp: boolean
  readonly userVerified: boolean
}

const passkey = z.object({
  credentialId: z.string(),
  publicKey: z.string(),
  backupEligible: z.boolean(),
  aaguid: z.string(),
})

/** Binds the sealed passkey to its owner and its credential: it cannot be opened for another account, factor or id. */
const sealedFor = ({ accountId, factorId }: PasskeyOwner, credentialId: string): string =>
  `webauthn:${accountId}:${factorId}:${credentialId}`

/** What older versions sealed had the credential id inside. */
const formerlySealedFor = ({ accountId, factorId }: PasskeyOwner): string => `webauthn:${accountId}:${factorId}`

export interface PasskeyOwner {
  readonly accountId: AccountId
  readonly factorId: FactorId
}

/** Not secret, but sealed: an attacker who can write to the store must not be able to insert a key of their own. */
export const sealPasskey = (secrets: Secrets, owner: PasskeyOwner, kept: Passkey): string =>
  secrets.seal(writePasskey(kept), sealedFor(owner, kept.credentialId))

export interface OpenedPasskey {
  readonly passkey: Passkey
  readonly signCount: number
  /** Sealed by an older key or in an older form, so seal it again. */
  readonly stale: boolean
}

/** Null when the stored value was altered or moved, or its key is gone. */
export function openPasskey(secrets: Secrets, owner: PasskeyOwner, material: Material): OpenedPasskey | null {
  const { sealedPasskey, credentialId, signCount } = material
  if (typeof sealedPasskey !== 'string' || typeof signCount !== 'number' || typeof credentialId !== 'string')
    return null
  const opened = secrets.open(sealedPasskey, sealedFor(owner, credentialId))
  if (!opened) return openFormer(secrets, owner, { sealedPasskey, credentialId, signCount })
  const read = readPasskey(opened.plain)
  return read && { passkey: { credentialId, ...read }, signCount, stale: opened.stale }
}

function openFormer(
  secrets: Secrets,
  owner: PasskeyOwner,
  { sealedPasskey, credentialId, signCount }: { sealedPasskey: string; credentialId: string; signCount: number },
): OpenedPasskey | null {
  const opened = secrets.open(sealedPasskey, formerlySealedFor(owner))
  const parsed = passkey.safeParse(opened && parseJson(opened.plain))
  if (!parsed.success || parsed.data.credentialId !== credentialId) return null
  return { passkey: parsed.data, signCount, stale: true }
}

/** The key that must be unique across accounts: hashed, so that the list of claims reveals no credential. */
export const claimOfCredential = (credentialId: string): string =>
  `webauthn:${hash('sha256', credentialId, 'base64url')}`

/** The credential id of a factor; null while the factor waits for its first proof. */
export function credentialIdOf({ type, material }: Factor): string | null {
  const id = material['credentialId']
  return type === 'WEBAUTHN' && typeof id === 'string' ? id : null
}
