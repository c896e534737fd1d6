import { secondsAfter, type Clock } from '../../kernel/clock.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Logger } from '../../kernel/logger.js'
import type { AuditFact } from '../audit-event.js'
import { lowestIdAt } from '../sortable-ids.js'
import type { ChangeEvents, Waiting } from './change-events.js'
import type { OutboxStore } from './ports.js'

export interface OutboxSettings {
  /** How many entries a document may hold. Beyond it the document is not changed any more. */
  readonly capacity: number
  /** How long an entry waits for others that share its insert. */
  readonly lingerMilliseconds: number
  /** An entry that is older was left by its process. */
  readonly sweptAfterSeconds: number
}

export const DEFAULT_OUTBOX: OutboxSettings = { capacity: 100, lingerMilliseconds: 100, sweptAfterSeconds: 10 }

export interface OutboxDeps {
  readonly write: (facts: readonly AuditFact[]) => Promise<void>
  readonly store: OutboxStore
  readonly settings: OutboxSettings
  readonly clock: Clock
  readonly logger: Logger
}

/** Removing is less urgent than writing: it waits this many times as long, so that more requests share it. */
const REMOVAL_LINGERS = 5
/** Documents that are swept at once. */
const SWEPT_AT_ONCE = 20
/** The rest is left to the next sweep. */
const MOST_ROUNDS = 100

/** Brings events from the documents they changed into the log. See change-events.ts. */
export function createOutbox({ write, store, settings, clock, logger }: OutboxDeps) {
  let waiting: Waiting[] = []
  let delivered: Waiting[] = []
  const underWay = new Set<Promise<void>>()
  const writing = timer(settings.lingerMilliseconds, () => void follow(writeWaiting()))
  const removing = timer(settings.lingerMilliseconds * REMOVAL_LINGERS, () => void follow(removeDelivered()))

  /** Never rejects: what could not be written or removed is still in its document, and is swept. */
  async function writeWaiting(): Promise<void> {
    writing.stop()
    const taken = waiting
    waiting = []
    const outcomes = await Promise.allSettled(taken.map(deliver))
    const failed = outcomes.find(({ status }) => status === 'rejected')
    if (failed) logger.warn({ err: (failed as PromiseRejectedResult).reason as unknown }, LEFT_FOR_LATER)
    if (delivered.length > 0) removing.start()
  }

  async function deliver(each: Waiting): Promise<void> {
    await write(each.entries.flatMap(({ facts }) => facts))
    delivered.push(each)
  }

  async function removeDelivered(): Promise<void> {
    removing.stop()
    const taken = delivered
    delivered = []
    if (taken.length === 0) return
    await store.remove(taken).catch((err: unknown) => {
      logger.warn({ err }, LEFT_FOR_LATER)
    })
  }

  async function follow(work: Promise<void>): Promise<void> {
    underWay.add(work)
    await work
    underWay.delete(work)
  }

  async function written(): Promise<void> {
    if (waiting.length > 0) void follow(writeWaiting())
    await Promise.all(underWay)
  }

  /** Writes the entries that wait in documents, from any process, and removes them. */
  async function bring(found: readonly Waiting[]): Promise<void> {
    const filled = found.filter(({ entries }) => entries.length > 0)
    if (filled.length === 0) return
    // One call for each document, so that no insert grows with their number.
    await Promise.all(filled.map(({ entries }) => write(entries.flatMap(({ facts }) => facts))))
    await store.remove(filled)
  }

  async function sweepBelow(id: string): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const found = await store.waitingBelow(id, SWEPT_AT_ONCE)
      if (found.length === 0) return
      await bring(found)
    }
  }

  return {
    entryOf(facts: readonly AuditFact[]): ChangeEvents {
      const [first] = facts
      const entry = first ? { id: first.id, facts } : null
      return {
        entry,
        capacity: settings.capacity,
        stored: (holder) => {
          if (!entry) return
          waiting.push({ holder, entries: [entry] })
          writing.start()
        },
        makeRoom: async (holder) => bring([await store.waitingIn(holder)]),
      }
    },
    settle: async (accountId: AccountId): Promise<void> => bring([await store.waitingOf(accountId)]),
    written,
    async drain(): Promise<void> {
      await written()
      void follow(removeDelivered())
      await Promise.all(underWay)
    },
    async sweep(olderThanSeconds = settings.sweptAfterSeconds): Promise<void> {
      const id = lowestIdAt(secondsAfter(clock.now(), -olderThanSeconds))
      await sweepBelow(id).catch((err: unknown) => {
        logger.warn({ err }, LEFT_FOR_LATER)
      })
    },
  }
}

const LEFT_FOR_LATER = 'events that wait in documents could not be delivered to the audit log; they are tried again'

/** Runs a task once, some time after it was started. Does not keep the process alive: closing drains. */
function timer(milliseconds: number, task: () => void) {
  let running: NodeJS.Timeout | null = null
  const stop = () => {
    if (running) clearTimeout(running)
    running = null
  }
  return {
    stop,
    start: () => {
      running ??= setTimeout(() => {
        running = null
        task()
      }, milliseconds).unref()
    },
  }
}
