import {
  close,
  closeSync,
  fchmodSync,
  fdatasync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import { promisify } from 'node:util'

/** A line was written in part and could not be taken back. */
export class TornFile extends Error {}

/** A file that only grows. */
export interface LogFile {
  readonly size: number
  /** Appends a line at once: it outlives this process. When that fails the file is left as it was, or `TornFile` thrown. */
  readonly append: (line: Buffer) => void
  /** Throws when there are fewer bytes. */
  readonly read: (offset: number, bytes: number) => Buffer
  /** Resolves when everything appended before the call is on the disk. */
  readonly sync: () => Promise<void>
  readonly syncAtOnce: () => void
  /** Closes it in the background: freeing a large file takes the system a while. */
  readonly close: () => void
  readonly closeAtOnce: () => void
}

const MODE = 0o600
const syncData = promisify(fdatasync)

/** Opens the file, or makes it, and cuts off what follows its first `size` bytes. */
export function openLogFile(file: string, size: number): LogFile {
  let descriptor: number | null = openSync(file, 'a+', MODE)
  // The system gives a closed descriptor's number to the next file that is opened.
  const use = (): number => {
    if (descriptor === null) throw new Error(`${file} is closed`)
    return descriptor
  }
  const closeBy = (way: (descriptor: number) => void): void => {
    if (descriptor !== null) way(descriptor)
    descriptor = null
  }
  fchmodSync(descriptor, MODE)
  ftruncateSync(descriptor, size)

  return {
    get size() {
      return size
    },
    append: (line) => {
      try {
        for (let written = 0; written < line.length;) written += writeSync(use(), line, written)
      } catch (error) {
        takeBack(use(), size)
        throw error
      }
      size += line.length
    },
    read: (offset, bytes) => {
      const buffer = Buffer.allocUnsafe(bytes)
      for (let read = 0; read < bytes;) {
        const more = readSync(use(), buffer, read, bytes - read, offset + read)
        if (more === 0) throw new Error(`${file} ends before ${offset + bytes}`)
        read += more
      }
      return buffer
    },
    sync: async () => syncData(use()),
    syncAtOnce: () => fdatasyncSync(use()),
    close: () => closeBy((open) => close(open, () => undefined)),
    closeAtOnce: () => closeBy(closeSync),
  }
}

function takeBack(descriptor: number, size: number): void {
  try {
    ftruncateSync(descriptor, size)
  } catch (cause) {
    throw new TornFile('a line was written in part', { cause })
  }
}
