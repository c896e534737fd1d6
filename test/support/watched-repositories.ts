import { openRepositories } from '../../src/store/index.js'
import type { Repositories } from '../races/interleavings/interleaving.js'
import { watchedStore } from '../races/interleavings/watched-store.js'
import { OPEN_RULES } from './mfa-rules.js'
import { ownStore, type OwnStore } from './own-store.js'

/** A store of its own that a test watches and interrupts, and its repositories. Call it where a `describe` begins. */
export function watchedRepositories(kind: string) {
  const watched = watchedStore()
  const opened: { own?: OwnStore; repositories?: Repositories } = {}
  beforeAll(async () => {
    opened.own = await ownStore(kind)
    opened.repositories = openRepositories(watched.wrap(opened.own.store), async () => OPEN_RULES)
    // Without indexes: no test needs one, and some servers keep unique keys of deleted documents.
  })
  afterAll(() => opened.own?.discard())
  return {
    watched,
    store: () => opened.own!.store,
    repositories: () => opened.repositories!,
  }
}
