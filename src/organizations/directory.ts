import { secondsAfter, type Clock } from '../kernel/clock.js'
import type { OrganizationId } from '../kernel/ids.js'
import type { Organization } from './organization.js'
import type { OrganizationStore } from './ports.js'

export interface DirectoryDeps {
  readonly organizationStore: Pick<OrganizationStore, 'find' | 'changedSince'>
  readonly clock: Clock
}

/** The organizations as this process knows them, never more than a second behind. */
export interface Directory {
  /** Those that exist. Usually from memory; waits for the store when it has not been asked for a second. */
  find(ids: readonly OrganizationId[]): Promise<ReadonlyMap<OrganizationId, Organization>>
  /** Asks the store at the next `find`, because something was changed here. */
  expire(): void
  /** Stops looking for changes. */
  close(): Promise<void>
}

/** What is older is not answered from. With what a request takes, a change bites within a second everywhere. */
const FRESH_MS = 800
const LOOK_EVERY_MS = 400
/** Nobody has asked for so long: the next one who does waits for the store. */
const IDLE_MS = 60_000
/** Clocks of processes differ, and a write may be slow: so far back changes are read again. */
const OVERLAP_SECONDS = 60
const MOST_KEPT = 10_000

/**
 * A copy of the organizations that were asked for, so that reading a policy costs a request no round trip. While they are in
 * use, what changed is read twice a second; when that fails, whoever asks is told that the store does not answer.
 */
export function createDirectory({ organizationStore, clock }: DirectoryDeps): Directory {
  const kept = new Map<OrganizationId, Organization | null>()
  let lookedAt = -Infinity
  let expiredAt = -Infinity
  let lookedSince: Date | null = null
  let usedAt = -Infinity
  let looking: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let isClosed = false

  const look = async (): Promise<void> => {
    const startedAt = performance.now()
    const now = clock.now()
    const since = secondsAfter(lookedSince ?? now, -OVERLAP_SECONDS)
    for (const organization of await organizationStore.changedSince(since)) {
      if (kept.has(organization.id)) kept.set(organization.id, organization)
    }
    lookedSince = now
    lookedAt = startedAt
  }
  const lookOnce = (): Promise<void> =>
    (looking ??= look().finally(() => {
      looking = null
    }))
  const lookAgain = (): void => {
    if (timer || isClosed) return
    timer = setTimeout(() => {
      timer = null
      if (performance.now() - usedAt > IDLE_MS) return
      // Who asks next is told what went wrong.
      void lookOnce().then(lookAgain, lookAgain)
    }, LOOK_EVERY_MS).unref()
  }
  const isFresh = (): boolean => lookedAt >= expiredAt && performance.now() - lookedAt < FRESH_MS
  const load = async (ids: readonly OrganizationId[]): Promise<void> => {
    const found = new Map((await organizationStore.find(ids)).map((organization) => [organization.id, organization]))
    if (kept.size + ids.length > MOST_KEPT) kept.clear()
    for (const id of ids) kept.set(id, found.get(id) ?? null)
  }
  return {
    find: async (ids) => {
      usedAt = performance.now()
      if (kept.size === 0 && !isFresh()) {
        // Nothing is kept that could be out of date.
        lookedAt = usedAt
        lookedSince = clock.now()
      }
      if (!isFresh()) await lookOnce()
      // That one may have begun before something was changed here.
      if (lookedAt < expiredAt) await lookOnce()
      const missing = ids.filter((id) => !kept.has(id))
      if (missing.length > 0) await load(missing)
      lookAgain()
      const known = ids.map((id) => kept.get(id) ?? null).filter((organization) => organization !== null)
      return new Map(known.map((organization) => [organization.id, organization]))
    },
    expire: () => {
      expiredAt = performance.now()
    },
    close: async () => {
      isClosed = true
      if (timer) clearTimeout(timer)
      await looking?.catch(() => undefined)
    },
  }
}
