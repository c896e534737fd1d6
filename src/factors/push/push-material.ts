import type { AccountId, FactorId } from '../../kernel/ids.js'
import type { Secrets } from '../../kernel/secrets.js'
import type { Material } from '../factor.js'
import type { PushSubscription } from './ports.js'

/** What is stored of a device that answers prompts. */
export interface PushMaterial {
  /** Digest of the token that connects a device; null once one is connected. */
  readonly connectHash: string | null
  /** When that token expires, in milliseconds. */
  readonly connectUntil: number
  /** The device's key, SPKI as base64url; null until it is connected. */
  readonly publicKey: string | null
  /** Where it can be woken up; null: it polls. */
  readonly sealedSubscription: string | null
  /** When it was last prompted, in milliseconds, separated by commas: one value, so that one guard covers all of it. */
  readonly prompts: string
}

/** Null when the stored material has another shape. */
export function readMaterial(material: Material): PushMaterial | null {
  const { connectHash, connectUntil, publicKey, sealedSubscription, prompts } = material
  if (typeof connectUntil !== 'number' || typeof prompts !== 'string') return null
  if (!isTextOrNull(connectHash) || !isTextOrNull(publicKey) || !isTextOrNull(sealedSubscription)) return null
  return { connectHash, connectUntil, publicKey, sealedSubscription, prompts }
}

const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string'

/** Binds the sealed subscription to its owner, so that it cannot be opened anywhere else. */
const sealedFor = (accountId: AccountId, factorId: FactorId): string => `push:${accountId}:${factorId}`

/** Sealed, because its holder can send messages to the device. */
export function sealSubscription(
  secrets: Secrets,
  owner: { readonly accountId: AccountId; readonly factorId: FactorId },
  { endpoint, p256dh, auth }: PushSubscription,
): string {
  return secrets.seal(JSON.stringify({ endpoint, p256dh, auth }), sealedFor(owner.accountId, owner.factorId))
}

/** Null when there is none, it was altered, or its key is gone: then the device must poll. */
export function openSubscription(
  secrets: Secrets,
  owner: { readonly accountId: AccountId; readonly factorId: FactorId },
  sealed: string | null,
): PushSubscription | null {
  const opened = sealed === null ? null : secrets.open(sealed, sealedFor(owner.accountId, owner.factorId))
  return opened && (JSON.parse(opened.plain) as PushSubscription)
}

/** The times of prompts that still count at `now`. */
export function recentPrompts(prompts: string, now: Date, withinSeconds: number): readonly number[] {
  const moments = prompts.split(',').filter((text) => text !== '')
  // An unreadable time counts as now, because it cannot be shown to be old.
  const read = moments.map((text) => (/^\d{1,15}$/.test(text) ? Number(text) : now.getTime()))
  return read.filter((moment) => moment > now.getTime() - withinSeconds * 1000)
}
