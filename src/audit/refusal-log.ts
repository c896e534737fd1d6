import { secondsBetween, type Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/logger.js'
import type { NewAuditEvent } from './audit-event.js'
import type { AuditLog } from './audit-log.js'
import { distinct, overflowKey, repeatKey, summaryOf, type Repeats } from './repeats.js'

/** Writes refusals, equal ones as a count. */
export interface RefusalLog {
  /**
   * Writes `event` with those that explain it, or counts it where an equal one was written in this window. Answers the id
   * of the request that the written event names. Throws `Unavailable` when it cannot be written: then it is counted.
   */
  record(event: NewAuditEvent, explanation: readonly NewAuditEvent[]): Promise<string | null>
  /** Writes the counts of windows that are over. Never rejects: what cannot be written is kept. */
  sweep(): Promise<void>
  /** Writes every count there is. Never rejects. */
  flush(): Promise<void>
}

export interface RefusalLogDeps {
  readonly audit: Pick<AuditLog, 'record'>
  readonly clock: Clock
  readonly logger: Logger
  /** Different refusals of one caller that are written singly in a window; more of them are counted together. */
  readonly window: { readonly count: number; readonly withinSeconds: number }
}

/** Over all callers, so that memory is bounded: beyond it every refusal is written by itself. */
const MAX_ENTRIES = 10_000

/**
 * The first refusal of its kind is written at once. Equal ones are counted in this process and written as one event when
 * the window ends, so a caller who is refused over and over costs one event a window (R152). Each process counts its own.
 */
export function createRefusalLog(deps: RefusalLogDeps): RefusalLog {
  const { audit, clock, logger, window } = deps
  const entries = new Map<string, Repeats>()
  const kindsOf = new Map<string, number>()

  async function record(event: NewAuditEvent, explanation: readonly NewAuditEvent[]): Promise<string | null> {
    const now = clock.now()
    const own = entries.get(repeatKey(event))
    if (own && own.count === 0 && isOver(own, now)) remove(own)
    const entry = entries.get(repeatKey(event)) ?? entries.get(overflowOf(event))
    if (entry && !isOver(entry, now)) {
      count(entry, event, now)
      return entry.requestId
    }
    if (entry && entry.count > 0) {
      count(entry, event, now)
      await write(entry, now)
      return entry.requestId
    }
    if (entry) remove(entry)
    const fresh = add(event, now)
    try {
      await audit.record([...explanation, event])
    } catch (error) {
      if (fresh) count(fresh, event, now)
      throw error
    }
    return event.context?.requestId ?? null
  }

  /** The key that is counted under: the refusal's own while its caller has not had too many kinds. */
  function overflowOf(event: NewAuditEvent): string {
    return (kindsOf.get(event.actor.id ?? '') ?? 0) >= window.count ? overflowKey(event) : ''
  }

  function add(event: NewAuditEvent, now: Date): Repeats | null {
    if (entries.size >= MAX_ENTRIES) return null
    const caller = event.actor.id ?? ''
    const kinds = kindsOf.get(caller) ?? 0
    const isOverflow = kinds >= window.count
    const key = isOverflow ? overflowKey(event) : repeatKey(event)
    const requestId = event.context?.requestId ?? null
    const entry: Repeats = {
      key,
      caller,
      isOverflow,
      requestId,
      startedAt: now,
      count: 0,
      first: now,
      last: now,
      event,
    }
    entries.set(key, entry)
    kindsOf.set(caller, kinds + 1)
    return entry
  }

  function remove(entry: Repeats): void {
    if (!entries.delete(entry.key)) return
    const kinds = (kindsOf.get(entry.caller) ?? 1) - 1
    if (kinds > 0) kindsOf.set(entry.caller, kinds)
    else kindsOf.delete(entry.caller)
  }

  const isOver = ({ startedAt }: Repeats, now: Date): boolean => secondsBetween(startedAt, now) >= window.withinSeconds

  /** Begins the next window before it waits, so that refusals which come meanwhile are counted in that one. */
  async function write(entry: Repeats, now: Date): Promise<void> {
    const { count: counted, first } = entry
    const summary = summaryOf(entry)
    Object.assign(entry, { startedAt: now, count: 0 })
    try {
      await audit.record([summary])
    } catch (error) {
      Object.assign(entry, { count: entry.count + counted, first })
      throw error
    }
  }

  async function writeAll(due: readonly Repeats[], now: Date): Promise<void> {
    for (const entry of due) {
      if (entry.count === 0) {
        remove(entry)
        continue
      }
      try {
        await write(entry, now)
      } catch (err) {
        return logger.warn({ err, kept: entries.size }, 'counts of refusals could not be written and are kept')
      }
    }
  }

  return {
    record,
    sweep: () => {
      const now = clock.now()
      return writeAll(
        [...entries.values()].filter((entry) => isOver(entry, now)),
        now,
      )
    },
    flush: () => writeAll([...entries.values()], clock.now()),
  }
}

function count(entry: Repeats, event: NewAuditEvent, now: Date): void {
  if (entry.count === 0) entry.first = now
  entry.count += 1
  entry.last = now
  const isOneOfMany = entry.isOverflow && entry.count > 1
  entry.event = isOneOfMany ? { ...event, targets: distinct([...entry.event.targets, ...event.targets]) } : event
}
