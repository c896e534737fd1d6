import type { OrganizationId } from '../kernel/ids.js'
import type { Organization } from './organization.js'
import type { OrganizationStore } from './ports.js'

export interface DirectoryDeps {
  readonly organizationStore: Pick<OrganizationStore, 'find' | 'newestChange' | 'changedAfter'>
}

/** The organizations as this process knows them, never more than a second out of date. */
export interface Directory {
  /** Those that exist. Usually from memory; waits for the store if it was last read more than a second ago. */
  find(ids: readonly OrganizationId[]): Promise<ReadonlyMap<OrganizationId, Organization>>
  /** Makes the next `find` ask the store, because this process changed something. */
  expire(): void
  /** Stops polling for changes. */
  close(): Promise<void>
}

/**
 * Older copies are not used. Together with the time a request takes, a change takes effect everywhere within a second.
 */
const FRESH_MS = 800
const LOOK_EVERY_MS = 400
/** After this long without a caller the cache is dropped, and the next caller waits for the store. */
const IDLE_MS = 60_000
const MOST_KEPT = 10_000

/**
 * A cache of the requested organizations, so that reading a policy costs a request no round trip. While it is in use,
 * changes are read twice a second; when that fails, callers get `Unavailable`. Changes are ordered by their number, so
 * no other process's clock matters.
 */
export function createDirectory({ organizationStore }: DirectoryDeps): Directory {
  const kept = new Map<OrganizationId, Organization | null>()
  /** The newest change included in the cache; null: the cache is empty. */
  let upTo: number | null = null
  let lookedAt = -Infinity
  let expiredAt = -Infinity
  let usedAt = -Infinity
  let looking: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let isClosed = false

  const look = async (): Promise<void> => {
    const startedAt = performance.now()
    if (upTo === null) upTo = await organizationStore.newestChange()
    else {
      const changes = await organizationStore.changedAfter(upTo)
      for (const { organization } of changes) if (kept.has(organization.id)) kept.set(organization.id, organization)
      upTo = Math.max(upTo, ...changes.map(({ change }) => change))
    }
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
      if (performance.now() - usedAt > IDLE_MS) return forget()
      // The next caller gets the failure.
      void lookOnce().then(lookAgain, lookAgain)
    }, LOOK_EVERY_MS).unref()
  }
  const forget = (): void => {
    kept.clear()
    upTo = null
    lookedAt = -Infinity
  }
  const isFresh = (): boolean => lookedAt >= expiredAt && performance.now() - lookedAt < FRESH_MS
  const beFresh = async (): Promise<void> => {
    // A read that is under way may have begun before this process made its change.
    for (let looks = 0; looks < 2 && !isFresh(); looks += 1) await lookOnce()
  }
  const load = async (ids: readonly OrganizationId[]): Promise<void> => {
    for (;;) {
      const asOf = upTo
      if (asOf === null) {
        await lookOnce()
        continue
      }
      const found = new Map((await organizationStore.find(ids)).map((organization) => [organization.id, organization]))
      // If one of them had changed meanwhile, the read that noticed would not have known that it is cached.
      if (upTo !== asOf) continue
      if (kept.size + ids.length > MOST_KEPT) kept.clear()
      for (const id of ids) kept.set(id, found.get(id) ?? null)
      return
    }
  }
  return {
    find: async (ids) => {
      usedAt = performance.now()
      await beFresh()
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
