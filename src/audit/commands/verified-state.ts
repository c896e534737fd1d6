import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { NotedCheckpoint } from '../checkpoints/checkpoint.js'

/**
 * The last verified checkpoint, in a file. The next check trusts it, so an attacker who can write the file can hide
 * earlier changes of the log. Keep it where users with write access to the store cannot write.
 */
export interface VerifiedState {
  /** Null before the first check. Throws `StateFileError` when the file holds something else. */
  read(): Promise<NotedCheckpoint | null>
  write(checkpoint: NotedCheckpoint): Promise<void>
}

/** The file is there but is not ours. Says which one. */
export class StateFileError extends Error {
  constructor(path: string, options?: ErrorOptions) {
    super(`The state file ${path} does not hold a checkpoint`, options)
    this.name = 'StateFileError'
  }
}

const stateShape = z.object({ number: z.number().int().positive(), hash: z.string().regex(/^[0-9a-f]{64}$/) })

export function stateFile(path: string): VerifiedState {
  return {
    read: async () => {
      const text = await readFile(path, 'utf8').catch(nullIfMissing)
      if (text === null) return null
      try {
        return stateShape.parse(JSON.parse(text))
      } catch (cause) {
        throw new StateFileError(path, { cause })
      }
    },
    write: async ({ number, hash }) => {
      const draft = `${path}.${process.pid}.tmp`
      await writeFile(draft, `${JSON.stringify({ number, hash })}\n`, { mode: 0o600 })
      // Takes the place of the old one as a whole.
      await rename(draft, path)
    },
  }
}

function nullIfMissing(error: unknown): null {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return null
  throw error
}
