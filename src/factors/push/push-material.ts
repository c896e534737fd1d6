import type { AccountId, FactorId } from '../../kernel/ids.js'
import type { Secrets } from '../../kernel/secrets.js'
import type { Material } from '../factor.js'
import type { PushSubscription } from './ports.js'

/** What is kept of a device that answers prompts. */
export interface PushMaterial {
  /** Digest of the token that connects a device; null once one is connected. */
  readonly connectHash: string | null
  /** Until when it does, in milliseconds. */
  readonly connectUntil: number
  /** The device's key, SPKI as base64url; null until it is connected. */
  readonly publicKey: string | null
  /** Where it can be woken up; null: it asks by itself. */
  readonly sealedSubscription: string | null
  /** When it was last prompted, in milliseconds, separated by commas: one value, so that one guard holds all of it. */
  readonly prompts: string
}

/** Null when the stored material is not of this shape. */
export function readMaterial(material: Material): PushMaterial | null {
  const { connectHash, connectUntil, publicKey, sealedSubscription, prompts } = material
  if (typeof connectUntil !== 'number' || typeof prompts !== 'string') return null
  if (!isTextOrNull(connectHash) || !isTextOrNull(publicKey) || !isTextOrNull(sealedSubscription)) return null
  return { connectHash, connectUntil, publicKey, sealedSubscription, prompts }
}

const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string'

/** Ties the sealed subscription to its owner, so that it opens nowhere else. */
const sealedFor = (accountId: AccountId, factorId: FactorId): string => `push:${accountId}:${factorId}`

/** Sealed, because whoever has it can write to the device. */
export function sealSubscription(
  secrets: Secrets,
  owner: { readonly accountId: AccountId; readonly factorId: FactorId },
  { endpoint, p256dh, auth }: PushSubscription,
): string {
  return secrets.seal(JSON.stringify({ endpoint, p256dh, auth }), sealedFor(owner.accountId, owner.factorId))
}

/** Null when there is none, or it was altered or its key is gone: then the device has to ask by itself. */
export function openSubscription(
  secrets: Secrets,
  owner: { readonly accountId: AccountId; readonly factorId: FactorId },
  sealed: string | null,
): PushSubscription | null {
  const opened = sealed === null ? null : secrets.open(sealed, sealedFor(owner.accountId, owner.factorId))
  return opened && (JSON.parse(opened.plain) as PushSubscription)
}

/** The moments of prompts that still count at `now`. */
export function recentPrompts(prompts: string, now: Date, withinSeconds: number): readonly number[] {
  const moments = prompts.split(',').filter((text) => text !== '')
  // A moment that cannot be read counts as of now: it cannot be shown to be old.
  const read = moments.map((text) => (/^\d{1,15}$/.test(text) ? Number(text) : now.getTime()))
  return read.filter((moment) => moment > now.getTime() - withinSeconds * 1000)
}
