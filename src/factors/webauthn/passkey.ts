import type { AccountId, FactorId } from '../../kernel/ids.js'
import type { Secrets } from '../../kernel/secrets.js'
import type { Factor, Material } from '../factor.js'
import { z } from 'zod'
import { parseJson } from './credential-json.js'

/** A passkey as it was registered. None of it ever changes. */
export interface Passkey {
  readonly credentialId: string
  /** COSE, as base64url. */
  readonly publicKey: string
  /** Whether it may be backed up elsewhere, such as in a cloud (the BE flag). */
  readonly backupEligible: boolean
  /** The model of the authenticator, all zeros when undisclosed. */
  readonly aaguid: string
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

/** Binds the sealed passkey to its owner: it cannot be opened for another account or factor. */
const sealedFor = (accountId: AccountId, factorId: FactorId): string => `webauthn:${accountId}:${factorId}`

export interface PasskeyOwner {
  readonly accountId: AccountId
  readonly factorId: FactorId
}

/** Not secret, but sealed: an attacker who can write to the store must not be able to insert a key of their own. */
export const sealPasskey = (secrets: Secrets, { accountId, factorId }: PasskeyOwner, kept: Passkey): string =>
  secrets.seal(JSON.stringify(kept), sealedFor(accountId, factorId))

export interface OpenedPasskey {
  readonly passkey: Passkey
  readonly signCount: number
  /** Sealed by an older key, so seal it again. */
  readonly stale: boolean
}

/** Null when the stored value was altered or moved, or its key is gone. */
export function openPasskey(secrets: Secrets, owner: PasskeyOwner, material: Material): OpenedPasskey | null {
  const { sealedPasskey, credentialId, signCount } = material
  if (typeof sealedPasskey !== 'string' || typeof signCount !== 'number') return null
  const opened = secrets.open(sealedPasskey, sealedFor(owner.accountId, owner.factorId))
  const parsed = passkey.safeParse(opened && parseJson(opened.plain))
  if (!opened || !parsed.success || parsed.data.credentialId !== credentialId) return null
  return { passkey: parsed.data, signCount, stale: opened.stale }
}

/** The credential id of a factor; null while the factor waits for its first proof. */
export function credentialIdOf({ type, material }: Factor): string | null {
  const id = material['credentialId']
  return type === 'WEBAUTHN' && typeof id === 'string' ? id : null
}
