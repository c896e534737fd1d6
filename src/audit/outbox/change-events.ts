import type { AuditFact } from '../audit-event.js'

/*
 * How an event travels (0077):
 *
 * 1. A use case prepares the events of a change: `audit.prepare(…)`.
 * 2. The update that makes the change adds them to the `outbox` of the document it changes (src/store/outbox.ts).
 * 3. A moment later this process writes them to the log, together with those of other requests (outbox.ts).
 * 4. It removes from the documents what is in the log, also together.
 *
 * If it dies in between, any process finds them after a while and does the rest (`sweep`). An event's id is unique in
 * the log, so events that are delivered twice are there once.
 */

/** The events of one change, as they wait in a document. */
export interface OutboxEntry {
  /** Sorts by time. */
  readonly id: string
  readonly facts: readonly AuditFact[]
}

/** The document that an entry waits in. */
export interface OutboxHolder {
  readonly collection: string
  readonly id: string
}

/** Entries in a document that are not in the log yet, as far as is known. */
export interface Waiting {
  readonly holder: OutboxHolder
  readonly entries: readonly OutboxEntry[]
}

/** What a store's method gets from its use case to store with a change. */
export interface ChangeEvents {
  /** Null: the change has no events. */
  readonly entry: OutboxEntry | null
  /** How many entries a document may hold. */
  readonly capacity: number
  /** The change was made: the entry goes to the log from now on. Does not wait for it. */
  stored(holder: OutboxHolder): void
  /** The document is full: brings its entries into the log. Throws `Unavailable` when that fails. */
  makeRoom(holder: OutboxHolder): Promise<void>
}

/** For a change without events. */
export const NO_EVENTS: ChangeEvents = Object.freeze({
  entry: null,
  capacity: 0,
  stored: () => undefined,
  makeRoom: () => Promise.resolve(),
})
