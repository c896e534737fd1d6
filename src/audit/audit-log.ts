import type { Clock } from '../kernel/clock.js'
import type { AccountId } from '../kernel/ids.js'
import { silentLogger, type Logger } from '../kernel/logger.js'
import type { Secrets } from '../kernel/secrets.js'
import type { AuditFact, NewAuditEvent } from './audit-event.js'
import { describeEvents } from './describe-events.js'
import type { ChangeEvents } from './outbox/change-events.js'
import { createOutbox, DEFAULT_OUTBOX, type OutboxSettings } from './outbox/outbox.js'
import { NO_OUTBOX, type OutboxStore } from './outbox/ports.js'
import type { AuditStore } from './ports.js'
import { sortableIds } from './sortable-ids.js'
import { createStreamWriter } from './stream-writer.js'

/** Where use cases write what happened. */
export interface AuditLog {
  /**
   * The events of a change, for the store's method that makes it: its update takes them along, and they reach the log
   * after it. If the change is not made, they are dropped.
   */
  prepare(events: readonly NewAuditEvent[]): ChangeEvents
  /**
   * For events without a change, such as refusals. Resolves when they are stored, in this order. Throws `Unavailable` if
   * that is not known: some of them may be stored, and the caller must not hand out anything. Waiting calls share one
   * insert.
   */
  record(events: readonly NewAuditEvent[]): Promise<void>
  /** Writes what waits in the account's document, whichever process put it there. Throws `Unavailable`. */
  settle(accountId: AccountId): Promise<void>
}

/** The log of a process, for what runs beside its use cases. */
export interface StreamLog extends AuditLog {
  /** The id of the stream it writes, so that checkpoints can follow it; null before the first event. */
  stream(): string | null
  /** Resolves when everything prepared by this process was tried to be written. Never rejects. */
  written(): Promise<void>
  /** The same, and what was written is removed from the documents. Never rejects. */
  drain(): Promise<void>
  /** Writes what other processes left in documents, or this one before its last start. Never rejects. */
  sweep(olderThanSeconds?: number): Promise<void>
}

export interface AuditLogDeps {
  readonly store: Pick<AuditStore, 'openStream' | 'head' | 'append' | 'known'>
  readonly clock: Clock
  readonly secrets: Pick<Secrets, 'random'>
  /** The country of an address, from memory; null if it is unknown. */
  readonly countryOf: (address: string) => string | null
  readonly outbox?: OutboxStore
  readonly outboxSettings?: OutboxSettings
  readonly logger?: Logger
}

/** The log: `stream-writer.ts` writes events to it, and `outbox/` brings them there from the documents they changed. */
export function createAuditLog({ store, clock, secrets, countryOf, ...deps }: AuditLogDeps): StreamLog {
  const newId = sortableIds((bytes) => secrets.random(bytes))
  const describe = describeEvents.bind(null, { clock, secrets, newId, countryOf })
  const writer = createStreamWriter({ store, clock, newId })
  const outbox = createOutbox({
    ...{ write: (facts: readonly AuditFact[]) => writer.write(facts), clock, logger: deps.logger ?? silentLogger },
    ...{ store: deps.outbox ?? NO_OUTBOX, settings: deps.outboxSettings ?? DEFAULT_OUTBOX },
  })
  return {
    prepare: (events) => outbox.entryOf(describe(events)),
    record: async (events) => {
      const facts = describe(events)
      if (facts.length === 0) return
      // What happened before goes into the same insert.
      void outbox.written()
      await writer.write(facts)
    },
    settle: (accountId) => outbox.settle(accountId),
    stream: () => writer.stream(),
    written: () => outbox.written(),
    drain: () => outbox.drain(),
    sweep: (olderThanSeconds) => outbox.sweep(olderThanSeconds),
  }
}
