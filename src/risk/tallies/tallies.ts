import type { Clock } from '../../kernel/clock.js'
import type { Logger } from '../../kernel/logger.js'
import type { CountedTally, Tally, TallyStore } from './ports.js'

export interface TalliesDeps {
  readonly tallyStore: TallyStore
  readonly clock: Clock
  readonly logger: Logger
}

/** Counts of other processes, or of this one before a restart. */
export interface Elsewhere {
  readonly period: number
  readonly key: string
  readonly count: number
  /** About when it was counted, in milliseconds since 1970. */
  readonly at: number
}

export interface TalliesSettings {
  readonly kind: string
  readonly periodMs: number
  /** Older periods are neither read nor kept. */
  readonly keptPeriods: number
  /** How many keys a tally may have; further ones are not shared. */
  readonly mostKeys: number
  /** Adds what was counted elsewhere. */
  readonly take: (counted: Elsewhere) => void
}

/** Counts of one kind, shared by all processes of an installation. */
export interface Tallies {
  /** Counts in this process; the others get it with the next exchange. */
  count(key: string, shard: number, at: number): void
  /** Sends what was counted here and takes what was counted elsewhere. Never rejects. */
  exchange(): Promise<void>
}

/** Clocks differ, and a write may be slow. So changes from this long before the last exchange are read again. */
const OVERLAP_MS = 600_000
/** How many counts wait for a store that does not answer. */
const MOST_WAITING = 50_000

/**
 * Sums are in the store, one document for each tally, and only grow. A process remembers the part it already knows, so
 * that reading a tally twice counts nothing twice. If the answer to an addition is lost, it is sent again: for
 * statistics, a double count is better than none.
 */
export function createTallies({ tallyStore, clock, logger }: TalliesDeps, settings: TalliesSettings): Tallies {
  const { kind, periodMs, keptPeriods } = settings
  let waiting = new Map<string, Waiting>()
  let known = new Map<string, Map<string, number>>()
  let readAt: number | null = null
  let isFailing = false

  const wait = (tally: Tally, key: string, count: number): void => {
    const id = idOf(tally)
    const kept = waiting.get(id) ?? { tally, counts: new Map<string, number>() }
    const isFull = sizeOf(waiting) >= MOST_WAITING && !kept.counts.has(key)
    if (isFull) return
    kept.counts.set(key, (kept.counts.get(key) ?? 0) + count)
    waiting.set(id, kept)
  }
  const send = async (now: number): Promise<void> => {
    const sending = [...waiting.values()]
    waiting = new Map()
    for (const [turn, { tally, counts }] of sending.entries()) {
      const expiresAt = new Date((tally.period + 1 + keptPeriods) * periodMs)
      const known = knownOf(tally)
      const shared = withinRoom(counts, known, settings.mostKeys)
      try {
        if (shared.size > 0) await tallyStore.add(tally, shared, { now: new Date(now), expiresAt })
        for (const [key, count] of shared) known.set(key, (known.get(key) ?? 0) + count)
      } catch (error) {
        for (const left of sending.slice(turn)) for (const [key, count] of left.counts) wait(left.tally, key, count)
        throw error
      }
    }
  }
  const receive = async (now: number): Promise<void> => {
    const current = Math.floor(now / periodMs)
    const oldest = current - keptPeriods
    const since = { period: oldest, at: new Date(readAt === null ? 0 : readAt - OVERLAP_MS) }
    const isFirst = readAt === null
    for (const tally of await tallyStore.changed(kind, since)) takeNew(tally, isFirst, now)
    readAt = now
    // No process adds to periods that are over, so their known parts can be forgotten.
    known = new Map([...known].filter(([id]) => periodOf(id) >= current - 1))
  }
  const takeNew = (tally: CountedTally, isFirst: boolean, now: number): void => {
    const known = knownOf(tally)
    const middle = (tally.period + 0.5) * periodMs
    for (const [key, total] of Object.entries(tally.counts)) {
      const count = total - (known.get(key) ?? 0)
      known.set(key, total)
      if (!(count > 0)) continue
      settings.take({ period: tally.period, key, count, at: isFirst ? Math.min(now, middle) : now })
    }
  }
  const knownOf = (tally: Tally): Map<string, number> => {
    const id = idOf(tally)
    const found = known.get(id) ?? new Map<string, number>()
    known.set(id, found)
    return found
  }
  const exchange = async (): Promise<void> => {
    const now = clock.now().getTime()
    try {
      // Read first, to know which tallies are full.
      await receive(now)
      await send(now)
      if (isFailing) logger.info({ kind }, 'risk counts are shared again')
      isFailing = false
    } catch (error) {
      if (!isFailing) logger.warn({ err: error, kind }, 'risk counts cannot be shared; they are kept until they can')
      isFailing = true
    }
  }
  let running: Promise<void> = Promise.resolve()
  return {
    count: (key, shard, at) => {
      wait({ kind, period: Math.floor(at / periodMs), shard }, key, 1)
    },
    exchange: () => (running = running.then(exchange)),
  }
}

interface Waiting {
  readonly tally: Tally
  readonly counts: Map<string, number>
}

const idOf = ({ period, shard }: Tally): string => `${period}/${shard}`
const periodOf = (id: string): number => Number(id.slice(0, id.indexOf('/')))

/** Keys that are already counted, and as many new ones as there is room for. */
function withinRoom(counts: ReadonlyMap<string, number>, known: ReadonlyMap<string, number>, mostKeys: number) {
  let room = mostKeys - known.size
  return new Map([...counts].filter(([key]) => known.has(key) || room-- > 0))
}

function sizeOf(waiting: ReadonlyMap<string, Waiting>): number {
  let size = 0
  for (const { counts } of waiting.values()) size += counts.size
  return size
}
