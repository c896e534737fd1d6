import { fstatSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'

/** How a record begins: with the first and the last key of its range. */
export interface RecordLayout {
  readonly bytes: number
  readonly first: (record: Buffer) => bigint
  readonly last: (record: Buffer) => bigint
}

/** A file of records in the order of their ranges, which do not overlap. */
export interface RangeFile {
  /** The record whose range has the key. */
  readonly find: (key: bigint) => Buffer | null
}

/** In memory is the first key of every so many records, so a search reads one block of them. */
const BLOCK_RECORDS = 256

export async function openRangeFile(file: OpenFile, layout: RecordLayout): Promise<RangeFile> {
  const blockBytes = BLOCK_RECORDS * layout.bytes
  const firstKeys = await readFirstKeys(file, blockBytes, layout)

  return {
    find: (key) => {
      const block = lastIndexWhere(firstKeys.length, (at) => (firstKeys[at] as bigint) <= key)
      if (block === -1) return null
      const bytes = file.read(block * blockBytes, blockBytes)
      const recordAt = (at: number): Buffer => bytes.subarray(at * layout.bytes, (at + 1) * layout.bytes)
      const found = lastIndexWhere(bytes.length / layout.bytes, (at) => layout.first(recordAt(at)) <= key)
      if (found === -1) return null
      const record = recordAt(found)
      return layout.last(record) >= key ? record : null
    },
  }
}

/** A file that stays open, so that it keeps its content when another file takes its name. */
export interface OpenFile {
  readonly size: number
  /** The bytes at a position; fewer at the end of the file. */
  readonly read: (position: number, length: number) => Buffer
  /** Whether it was written to since it was opened. */
  readonly hasChanged: () => boolean
  readonly close: () => Promise<void>
}

export async function openFile(path: string): Promise<OpenFile> {
  const handle = await open(path)
  const { size, mtimeMs } = fstatSync(handle.fd)
  return {
    size,
    read: (position, length) => {
      const bytes = Buffer.allocUnsafe(length)
      return bytes.subarray(0, readSync(handle.fd, bytes, 0, length, position))
    },
    hasChanged: () => {
      const now = fstatSync(handle.fd)
      return now.size !== size || now.mtimeMs !== mtimeMs
    },
    close: () => handle.close(),
  }
}

/** So many small reads in one turn of the event loop. */
const READS_IN_A_TURN = 1_000

async function readFirstKeys(
  file: OpenFile,
  blockBytes: number,
  { bytes, first }: RecordLayout,
): Promise<BigUint64Array> {
  const keys = new BigUint64Array(Math.ceil(file.size / blockBytes))
  for (let at = 0; at < keys.length; at += 1) {
    keys[at] = first(file.read(at * blockBytes, bytes))
    if (at % READS_IN_A_TURN === 0) await setImmediate()
  }
  return keys
}

/** For a condition that holds up to some index and not after it; -1 when it never does. */
function lastIndexWhere(length: number, holds: (at: number) => boolean): number {
  let [low, high] = [-1, length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle - 1
  }
  return low
}
