import { decodeBase64url } from '../kernel/base64url.js'
import type { Clock } from '../kernel/clock.js'
import {
  type ListEntry,
  type ListKind,
  type ListQuery,
  type ListStore,
  type ListVerdict,
  networksAround,
} from '../risk/index.js'

export interface FindListEntriesDeps {
  readonly listStore: Pick<ListStore, 'page'>
  readonly clock: Clock
}

export interface FindListEntriesInput {
  readonly kind: ListKind | null
  readonly verdict: ListVerdict | null
  /** The beginning of the value, or a whole address, which finds every network around it. Null: everything. */
  readonly search: string | null
  readonly first: number
  readonly after: string | null
}

export interface FoundListEntries {
  readonly entries: readonly { readonly cursor: string; readonly entry: ListEntry }[]
  readonly hasNextPage: boolean
}

/** A page of entries in force: newest first, or by value if one is searched for. Null when the cursor is not one of ours. */
export async function findListEntries(
  deps: FindListEntriesDeps,
  { search, first, after: cursor, ...wanted }: FindListEntriesInput,
): Promise<FoundListEntries | null> {
  const after = cursor === null ? null : readCursor(cursor)
  if (cursor !== null && after === null) return null
  const query = { ...wanted, ...readSearch(search), after, first: first + 1 }
  const found = await deps.listStore.page(query, deps.clock.now())
  const entries = found.slice(0, first).map((entry) => ({ cursor: writeCursor(entry), entry }))
  return { entries, hasNextPage: found.length > first }
}

function readSearch(search: string | null): Pick<ListQuery, 'values' | 'beginsWith'> {
  if (search === null) return { values: null, beginsWith: null }
  const values = networksAround(search)
  if (values !== null) return { values, beginsWith: null }
  // Addresses are stored in lower case, AS numbers and countries in upper case, ids of devices unchanged.
  return { values: null, beginsWith: [...new Set([search, search.toLowerCase(), search.toUpperCase()])] }
}

function writeCursor({ createdAt, id, value }: ListEntry): string {
  return Buffer.from(`${createdAt.getTime()} ${id} ${value}`).toString('base64url')
}

function readCursor(cursor: string): ListQuery['after'] {
  const text = decodeBase64url(cursor)?.toString('utf8') ?? ''
  const [, time, id, value] = /^([0-9]{1,15}) ([A-Za-z0-9_-]{22}) (\S{1,64})$/.exec(text) ?? []
  return time && id && value ? { createdAt: new Date(Number(time)), id, value } : null
}
