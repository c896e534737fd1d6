import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newKeyText } from '../../src/config/index.js'
import type { StoreKind } from './gateway.js'
import { dropDatabase, ownDatabase } from './mongo.js'

/** Data and keys that outlive the gateways started on them, for tests of a restart. */
export interface KeptDirectory {
  readonly env: {
    readonly STEPGATE_DATA_DIR: string
    readonly STEPGATE_KEYS: string
    /** Set when the data is in MongoDB. */
    readonly MONGODB_URI?: string
  }
  remove(): Promise<void>
}

export async function keptDirectory(store: StoreKind = 'embedded'): Promise<KeptDirectory> {
  const directory = await mkdtemp(join(tmpdir(), 'stepgate-kept-'))
  const database = store === 'mongodb' ? ownDatabase() : null
  return {
    env: {
      STEPGATE_DATA_DIR: directory,
      STEPGATE_KEYS: newKeyText(),
      ...(database === null ? {} : { MONGODB_URI: database }),
    },
    remove: async () => {
      if (database !== null) await dropDatabase(database)
      await rm(directory, { recursive: true, force: true })
    },
  }
}
