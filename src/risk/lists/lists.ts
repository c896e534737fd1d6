import { secondsBetween, type Clock } from '../../kernel/clock.js'
import type { Logger } from '../../kernel/logger.js'
import { repeatEvery, type Repeated } from '../../kernel/repeat.js'
import { indexLists, judgeIndexed, type ListedFrom, type ListIndex, type ListJudgement } from './judge-lists.js'
import type { ListEntry } from './list-entry.js'
import type { ListStore } from './ports.js'

export interface ListsDeps {
  readonly store: Pick<ListStore, 'all' | 'revision'>
  readonly clock: Clock
  readonly logger: Logger
}

/** This process's copy of the lists. It is in memory, so no decision waits for the store. */
export interface Lists {
  judge(from: ListedFrom): ListJudgement
  /** The age of the copy in seconds; null before the first one. It grows while the store does not answer. */
  ageSeconds(): number | null
  /** Updates the copy. Never rejects: if the store does not answer, the last copy stays. */
  refresh(): Promise<void>
  /** Starts to refresh at intervals. */
  start(everySeconds: number): Promise<void>
  /** Stops refreshing, after the refresh in progress. */
  close(): Promise<void>
}

/** The revision can miss a change, so one in this many refreshes reads everything. */
const REFRESHES_BY_REVISION = 12

export function createLists({ store, clock, logger }: ListsDeps): Lists {
  let index: ListIndex = indexLists([])
  let entries: readonly ListEntry[] = []
  let copied: { readonly at: Date; readonly revision: number } | null = null
  let untilAll = 0
  let isFailing = false
  let running: Promise<void> = Promise.resolve()
  let repeated: Repeated | null = null

  const copy = async (isForced: boolean): Promise<void> => {
    const now = clock.now()
    try {
      // Read before the entries, so that the next refresh sees a change made between the two reads.
      const revision = await store.revision()
      untilAll = copied?.revision === revision && !isForced ? untilAll - 1 : 0
      if (untilAll <= 0) {
        const found = await store.all(now)
        // Indexing many entries takes time, and most minutes nothing has changed.
        if (!areSame(found, entries)) index = indexLists(found)
        entries = found
        untilAll = REFRESHES_BY_REVISION
      }
      copied = { at: now, revision }
      if (isFailing) logger.info({}, 'the allow and block lists can be read again')
      isFailing = false
    } catch (error) {
      if (!isFailing) logger.warn({ err: error }, 'the allow and block lists cannot be read; the last copy stays')
      isFailing = true
    }
  }
  // One after the other, so that an older answer does not replace a newer one.
  const refresh = (isForced: boolean): Promise<void> => (running = running.then(() => copy(isForced)))
  return {
    judge: (from) => judgeIndexed(index, from, clock.now()),
    ageSeconds: () => copied && Math.max(0, secondsBetween(copied.at, clock.now())),
    refresh: () => refresh(true),
    start: async (everySeconds) => {
      await refresh(true)
      repeated = repeatEvery(everySeconds, () => refresh(false))
    },
    close: async () => {
      await repeated?.stop()
      await running
    },
  }
}

const areSame = (a: readonly ListEntry[], b: readonly ListEntry[]): boolean =>
  a.length === b.length && a.every((entry, at) => areEqual(entry, b[at]))

/** Replacing an entry changes its date, unless both happen in the same millisecond. */
const areEqual = (a: ListEntry, b: ListEntry | undefined): boolean =>
  a.id === b?.id &&
  a.createdAt.getTime() === b.createdAt.getTime() &&
  a.expiresAt?.getTime() === b.expiresAt?.getTime() &&
  a.note === b.note
