import { openStore, type Store } from '../../src/store/index.js'
import { dropDatabase, ownDatabase } from './mongo.js'

/** A separate store. `discard` closes it and leaves nothing behind. */
export interface OwnStore {
  readonly store: Store
  discard(): Promise<void>
}

/** Opened, not prepared: the tested repositories come first. */
export async function ownStore(kind: string): Promise<OwnStore> {
  const uri = kind === 'mongodb' ? ownDatabase() : null
  const settings = { dataDirectory: null, patienceMilliseconds: 10_000, ...(uri === null ? {} : { mongodbUri: uri }) }
  const store = await openStore(settings)
  return {
    store,
    discard: async () => {
      await store.close()
      if (uri !== null) await dropDatabase(uri)
    },
  }
}
