/** Entries kept in order. Adding, removing and finding one takes about as long in a million as in a thousand. */
export interface SortedList<T> {
  readonly add: (entry: T) => void
  /** Takes out the entry that compares equal, if there is one. */
  readonly remove: (entry: T) => void
  /** The entries from the first that is not `before`, upwards. */
  readonly from: (isBefore: (entry: T) => boolean) => Generator<T>
  /** The entries from the last that is not `after`, downwards. */
  readonly backFrom: (isAfter: (entry: T) => boolean) => Generator<T>
}

const CHUNK = 512

/** A list in chunks: a change moves the entries of one chunk only. `entries` are in order. */
export function sortedList<T>(compare: (a: T, b: T) => number, entries: readonly T[] = []): SortedList<T> {
  const chunks = inChunks(entries)

  const chunkOf = (entry: T): number => {
    const found = firstIndex(chunks, (chunk) => compare(chunk.at(-1) as T, entry) >= 0)
    return Math.min(found, chunks.length - 1)
  }
  return {
    add: (entry) => {
      const at = chunkOf(entry)
      const chunk = chunks[at]
      if (!chunk) {
        chunks.push([entry])
        return
      }
      chunk.splice(
        firstIndex(chunk, (other) => compare(other, entry) >= 0),
        0,
        entry,
      )
      if (chunk.length > 2 * CHUNK) chunks.splice(at + 1, 0, chunk.splice(CHUNK))
    },
    remove: (entry) => {
      const at = chunkOf(entry)
      const chunk = chunks[at]
      if (!chunk) return
      const index = firstIndex(chunk, (other) => compare(other, entry) >= 0)
      if (index < chunk.length && compare(chunk[index] as T, entry) === 0) chunk.splice(index, 1)
      if (chunk.length === 0) chunks.splice(at, 1)
    },
    *from(isBefore) {
      const start = firstIndex(chunks, (chunk) => !isBefore(chunk.at(-1) as T))
      for (let at = start; at < chunks.length; at += 1) {
        const chunk = chunks[at] as T[]
        const first = at === start ? firstIndex(chunk, (entry) => !isBefore(entry)) : 0
        for (let index = first; index < chunk.length; index += 1) yield chunk[index] as T
      }
    },
    *backFrom(isAfter) {
      const start = firstIndex(chunks, (chunk) => isAfter(chunk[0] as T)) - 1
      for (let at = start; at >= 0; at -= 1) {
        const chunk = chunks[at] as T[]
        const last = at === start ? firstIndex(chunk, isAfter) - 1 : chunk.length - 1
        for (let index = last; index >= 0; index -= 1) yield chunk[index] as T
      }
    },
  }
}

/** The first index from which on it holds; the length when it holds nowhere. */
function firstIndex<T>(list: readonly T[], holds: (entry: T) => boolean): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(list[middle] as T)) high = middle
    else low = middle + 1
  }
  return low
}

function inChunks<T>(entries: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(entries.length / CHUNK) }, (_, n) => entries.slice(n * CHUNK, (n + 1) * CHUNK))
}
