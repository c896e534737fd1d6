import { closeSync, fchmodSync, fdatasync, fdatasyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'

/** A line was written in part and could not be taken back. */
export class TornFile extends Error {}

/** A file that only grows. */
export interface LogFile {
  readonly size: number
  /** Appends a line at once: it outlives this process. When that fails the file is left as it was, or `TornFile` thrown. */
  readonly append: (line: string) => void
  /** Resolves when everything appended before the call is on the disk. */
  readonly sync: () => Promise<void>
  readonly syncAtOnce: () => void
  readonly close: () => void
}

const MODE = 0o600
const syncData = promisify(fdatasync)

/** Opens the file, or makes it, and cuts off what follows its first `size` bytes. */
export function openLogFile(file: string, size: number): LogFile {
  let descriptor: number | null = openSync(file, 'a', MODE)
  // The system gives a closed descriptor's number to the next file that is opened.
  const use = (): number => {
    if (descriptor === null) throw new Error(`${file} is closed`)
    return descriptor
  }
  fchmodSync(descriptor, MODE)
  ftruncateSync(descriptor, size)

  return {
    get size() {
      return size
    },
    append: (line) => {
      const bytes = Buffer.from(line)
      try {
        for (let written = 0; written < bytes.length;) written += writeSync(use(), bytes, written)
      } catch (error) {
        takeBack(use(), size)
        throw error
      }
      size += bytes.length
    },
    sync: async () => syncData(use()),
    syncAtOnce: () => fdatasyncSync(use()),
    close: () => {
      if (descriptor !== null) closeSync(descriptor)
      descriptor = null
    },
  }
}

function takeBack(descriptor: number, size: number): void {
  try {
    ftruncateSync(descriptor, size)
  } catch (cause) {
    throw new TornFile('a line was written in part', { cause })
  }
}
