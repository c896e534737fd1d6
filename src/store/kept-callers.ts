import { createBoundedCache } from '../kernel/bounded-cache.js'
import type { PersonPart } from '../kernel/person-part.js'
import type { SessionAddress } from '../sessions/index.js'
import { callerFields, readCaller, type CallerDocument, type ReadCaller } from './caller-document.js'
import type { People } from './person-document.js'

export interface CallerCache {
  /** The caller as the store has them now; null when the account or the session is gone. */
  read(address: SessionAddress, parts: readonly PersonPart[]): Promise<ReadCaller | null>
  /** Keeps what a change answered. */
  keep(document: CallerDocument, address: SessionAddress, parts: readonly PersonPart[]): ReadCaller | null
}

/**
 * Reads callers, and keeps them in memory with the tag of their document. The next request asks the store for the tag
 * alone. Only if it is the same, nothing about the person has changed, and what was kept is what the store would
 * answer (0083).
 */
export function cacheCallers(people: Pick<People, 'findOne' | 'findUnless' | 'tags'>, most: number): CallerCache {
  const kept = createBoundedCache<{ readonly etag: string; readonly caller: ReadCaller }>(most)

  const keep: CallerCache['keep'] = (document, address, parts) => {
    const caller = readCaller(document, address.sessionId, parts)
    const { etag } = document
    if (etag === undefined) return caller
    people.tags.note(address.accountId, etag)
    // Other parts are large, or secrets that need not stay in memory, and few requests read them.
    if (caller && parts.length === 0) kept.set(keyOf(address), { etag, caller }, 1)
    return caller
  }

  return {
    keep,
    read: async (address, parts) => {
      const { accountId, sessionId } = address
      const known = parts.length === 0 ? kept.get(keyOf(address)) : undefined
      const fields = callerFields(sessionId, parts)
      // After a change by this process, the tag is known to be another one.
      const isCurrent = known !== undefined && known.etag === people.tags.get(accountId)
      const document = isCurrent
        ? await people.findUnless(accountId, { field: 'etag', value: known.etag }, fields)
        : await people.findOne({ _id: accountId }, fields)
      return document === 'unchanged' ? (known?.caller ?? null) : document && keep(document, address, parts)
    },
  }
}

/** With the account: a credential may name the session of another one. */
const keyOf = ({ accountId, sessionId }: SessionAddress): string => `${accountId} ${sessionId}`
