import { createHash } from 'node:crypto'
import type { ServiceScope } from '../kernel/access.js'
import { parseId, type AccountId, type ServiceKeyId } from '../kernel/ids.js'

/** What a backend presents itself with. Its secret is shown once and kept as a hash. */
export interface ServiceKey {
  readonly id: ServiceKeyId
  /** What operators call it. */
  readonly name: string
  /** The application whose people it speaks for. Keys of one tenant see the same people, others never do. */
  readonly tenant: string
  /** Whom proofs are for (`aud`). */
  readonly audience: string
  readonly scopes: readonly ServiceScope[]
  readonly createdAt: Date
  readonly createdBy: AccountId
  /** Who rotated it last, and has seen the secret in force; left out where nobody has. */
  readonly rotatedBy?: AccountId
  readonly expiresAt: Date
  readonly revokedAt: Date | null
  /** The last use, to about an hour; null: never used. */
  readonly lastUsedAt: Date | null
  /** SHA-256 of the secret in force. */
  readonly secretHash: string
  /** Secrets before it that may still work, newest first. */
  readonly former: readonly FormerSecret[]
}

export interface FormerSecret {
  readonly secretHash: string
  readonly worksUntil: Date
}

/** What is told about a key: everything but its hashes. */
export type ShownServiceKey = Omit<ServiceKey, 'secretHash' | 'former'> & { readonly formerWorksUntil: Date | null }

export function shownServiceKey({ secretHash: _, former, ...shown }: ServiceKey): ShownServiceKey {
  return { ...shown, formerWorksUntil: former[0]?.worksUntil ?? null }
}

/** So that scanners find it in code and logs, and so that nothing else is taken for one. */
const PREFIX = 'sgk_'
const SHAPE = /^sgk_([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{43})([A-Za-z0-9_-]{6})$/
const CHECK_LENGTH = 6

/** Whether a text means to be a service key, good or not: it is never looked at as anything else. */
export const looksLikeServiceKey = (text: string): boolean => text.startsWith(PREFIX)

/** `sgk_`, the id to look it up by, 256 random bits, and six characters that tell a typo from a key. */
export const writeServiceKey = (id: ServiceKeyId, secret: string): string =>
  `${PREFIX}${id}${secret}${checkOf(id, secret)}`

/** Null for what cannot be a key of ours; nothing was looked up for it. */
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
