import { createHash } from 'node:crypto'
import type { ServiceScope } from '../kernel/access.js'
import { parseId, type AccountId, type ServiceKeyId } from '../kernel/ids.js'

/** A backend's credential. Its secret is shown once and stored as a hash. */
export interface ServiceKey {
  readonly id: ServiceKeyId
  /** The operators' name for it. */
  readonly name: string
  /** The application it acts for. Keys of one tenant share the same accounts; other tenants never see them. */
  readonly tenant: string
  /** The audience (`aud`) of its proofs. */
  readonly audience: string
  readonly scopes: readonly ServiceScope[]
  readonly createdAt: Date
  readonly createdBy: AccountId
  /** The operator who last rotated it and has seen the current secret; left out if none has. */
  readonly rotatedBy?: AccountId
  readonly expiresAt: Date
  readonly revokedAt: Date | null
  /** The last use, accurate to about an hour; null: never used. */
  readonly lastUsedAt: Date | null
  /** SHA-256 of the current secret. */
  readonly secretHash: string
  /** Earlier secrets that may still work, newest first. */
  readonly former: readonly FormerSecret[]
}

export interface FormerSecret {
  readonly secretHash: string
  readonly worksUntil: Date
}

/** What is disclosed about a key: everything but its hashes. */
export type ShownServiceKey = Omit<ServiceKey, 'secretHash' | 'former'> & { readonly formerWorksUntil: Date | null }

export function shownServiceKey({ secretHash: _, former, ...shown }: ServiceKey): ShownServiceKey {
  return { ...shown, formerWorksUntil: former[0]?.worksUntil ?? null }
}

/** Lets scanners find keys in code and logs, and keeps other tokens from being read as keys. */
const PREFIX = 'sgk_'
const SHAPE = /^sgk_([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{43})([A-Za-z0-9_-]{6})$/
const CHECK_LENGTH = 6

/** Whether a text claims to be a service key, valid or not: it is then never read as anything else. */
export const looksLikeServiceKey = (text: string): boolean => text.startsWith(PREFIX)

/** `sgk_`, the id for the lookup, 256 random bits, and six check characters that tell a typo from a key. */
export const writeServiceKey = (id: ServiceKeyId, secret: string): string =>
  `${PREFIX}${id}${secret}${checkOf(id, secret)}`

/** Null for text that cannot be one of our keys; the store is not asked. */
export function readServiceKey(text: string): { readonly id: ServiceKeyId; readonly secret: string } | null {
  const [, idText, secret, check] = SHAPE.exec(text) ?? []
  const id = parseId<ServiceKeyId>(idText)
  if (!id || !secret || check !== checkOf(id, secret)) return null
  return { id, secret }
}

const checkOf = (id: string, secret: string): string =>
  createHash('sha256').update(`${PREFIX}${id}${secret}`).digest('base64url').slice(0, CHECK_LENGTH)

export const worksAt = ({ expiresAt, revokedAt }: ServiceKey, now: Date): boolean =>
  revokedAt === null && expiresAt > now
