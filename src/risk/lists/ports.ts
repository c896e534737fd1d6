import type { ListEntry, ListKind, ListVerdict } from './list-entry.js'

/** Which entries an operator wants to see, newest first. */
export interface ListQuery {
  readonly kind: ListKind | null
  readonly verdict: ListVerdict | null
  /** How the value begins, in one of these ways; null: whatever it is. */
  readonly beginsWith: readonly string[] | null
  /** One of these values, exactly; null: whatever it is. */
  readonly values: readonly string[] | null
  /** The last entry of the page before; null for the first page. */
  readonly after: Pick<ListEntry, 'id' | 'createdAt'> | null
  readonly first: number
}

/** The entries of the lists. What has expired at `now` is as if it were not there. */
export interface ListStore {
  /** Writes an entry, in place of the one that has its id. */
  put(entry: ListEntry): Promise<void>
  /** Takes an entry away and answers it; null when there is none, or somebody else was first. */
  remove(id: string, now: Date): Promise<ListEntry | null>
  has(id: string, now: Date): Promise<boolean>
  count(now: Date): Promise<number>
  page(query: ListQuery, now: Date): Promise<readonly ListEntry[]>
  /** Every entry. */
  all(now: Date): Promise<readonly ListEntry[]>
  /**
   * Grows with every change, after it, and costs next to nothing to read. A process that dies between a change and this
   * leaves it as it was, so read everything now and then.
   */
  revision(): Promise<number>
}
