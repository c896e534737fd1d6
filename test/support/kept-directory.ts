import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newKeyText } from '../../src/config/index.js'

/** A data directory and keys that outlive the gateways started on them, for what has to survive a restart. */
export interface KeptDirectory {
  readonly env: { readonly STEPGATE_DATA_DIR: string; readonly STEPGATE_KEYS: string }
  remove(): Promise<void>
}

export async function keptDirectory(): Promise<KeptDirectory> {
  const directory = await mkdtemp(join(tmpdir(), 'stepgate-kept-'))
  return {
    env: { STEPGATE_DATA_DIR: directory, STEPGATE_KEYS: newKeyText() },
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}
