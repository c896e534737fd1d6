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

/** The lists as this process knows them: a copy in memory, so that no decision waits for the store. */
export interface Lists {
  judge(from: ListedFrom): ListJudgement
  /** How old the copy is, in seconds; null before the first one. While the store does not answer it grows. */
  ageSeconds(): number | null
  /** Makes the copy current. Never rejects: when the store does not answer, the last copy stays. */
  refresh(): Promise<void>
  /** Refreshes now and then from now on. */
  start(everySeconds: number): Promise<void>
  /** Stops that, after what is under way. */
  close(): Promise<void>
}

/** The revision may miss a change, so once in so many refreshes everything is read whatever it says. */
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
      // Before the entries: a change between the two is then seen by the next refresh, not missed by it.
      const revision = await store.revision()
      untilAll = copied?.revision === revision && !isForced ? untilAll - 1 : 0
      if (untilAll <= 0) {
        const found = await store.all(now)
        // Making an index of many takes its time, and once a minute nothing has changed.
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
  // In turns: an older answer must not replace a newer one.
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

/** Whoever puts an entry anew gives it a new date, but not within one millisecond. */
const areEqual = (a: ListEntry, b: ListEntry | undefined): boolean =>
  a.id === b?.id &&
  a.createdAt.getTime() === b.createdAt.getTime() &&
  a.expiresAt?.getTime() === b.expiresAt?.getTime() &&
  a.note === b.note
