import type { ChangeEvents } from '../../audit/index.js'
import type { ListEntry, ListKind, ListVerdict } from './list-entry.js'

/** Which entries an operator wants to see: newest first, or by value if one is searched for. */
export interface ListQuery {
  readonly kind: ListKind | null
  readonly verdict: ListVerdict | null
  /** Prefixes of the value, one of which has to match; null: any value. */
  readonly beginsWith: readonly string[] | null
  /** One of these exact values; null: any value. */
  readonly values: readonly string[] | null
  /** The last entry of the previous page; null for the first page. */
  readonly after: Pick<ListEntry, 'id' | 'createdAt' | 'value'> | null
  readonly first: number
}

/** The entries of the lists. Entries that have expired at `now` are treated as absent. */
export interface ListStore {
  /** Writes an entry and replaces the one with the same id. */
  put(entry: ListEntry, events: ChangeEvents): Promise<void>
  /** Removes an entry and answers it; null if there is none, or another operator removed it first. */
  remove(id: string, now: Date, eventsOf: (entry: ListEntry) => ChangeEvents): Promise<ListEntry | null>
  has(id: string, now: Date): Promise<boolean>
  count(now: Date): Promise<number>
  page(query: ListQuery, now: Date): Promise<readonly ListEntry[]>
  /** Every entry. */
  all(now: Date): Promise<readonly ListEntry[]>
  /**
   * Grows after every change and is cheap to read. A process that dies between the change and this leaves it unchanged,
   * so read everything from time to time.
   */
  revision(): Promise<number>
}
