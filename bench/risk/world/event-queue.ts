/** What is to happen, earliest first; of two at the same moment the one that was added first. A binary heap. */
export interface EventQueue<T> {
  add(at: number, item: T): void
  /** The earliest, or null when nothing is left. */
  take(): Queued<T> | null
}

export interface Queued<T> {
  readonly at: number
  readonly order: number
  readonly item: T
}

export function createEventQueue<T>(): EventQueue<T> {
  const heap: Queued<T>[] = []
  let added = 0
  return {
    add: (at, item) => {
      heap.push({ at, order: added++, item })
      rise(heap)
    },
    take: () => {
      const first = heap[0]
      if (!first) return null
      const last = heap.pop()!
      if (heap.length > 0) {
        heap[0] = last
        sink(heap)
      }
      return first
    },
  }
}

function rise<T>(heap: Queued<T>[]): void {
  let at = heap.length - 1
  const item = heap[at]!
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!isBefore(item, heap[parent]!)) break
    heap[at] = heap[parent]!
    at = parent
  }
  heap[at] = item
}

function sink<T>(heap: Queued<T>[]): void {
  let at = 0
  const item = heap[0]!
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
    if (!isBefore(heap[child]!, item)) break
    heap[at] = heap[child]!
    at = child
  }
  heap[at] = item
}

const isBefore = <T>(a: Queued<T>, b: Queued<T>): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)
