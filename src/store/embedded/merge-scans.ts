interface Head<T> {
  readonly entry: T
  readonly scan: Iterator<T>
}

/** The entries of several scans, each of which is in order, in order. Reads no entry before it is needed. */
export function* mergeScans<T>(scans: readonly Iterable<T>[], compare: (a: T, b: T) => number): Generator<T> {
  // In descending order, so that the next one is taken from the end.
  const heads: Head<T>[] = []
  const advance = (scan: Iterator<T>): void => {
    const next = scan.next()
    if (next.done) return
    let [low, high] = [0, heads.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compare((heads[middle] as Head<T>).entry, next.value) > 0) low = middle + 1
      else high = middle
    }
    heads.splice(low, 0, { entry: next.value, scan })
  }
  for (const scan of scans) advance(scan[Symbol.iterator]())
  for (let head = heads.pop(); head; head = heads.pop()) {
    yield head.entry
    advance(head.scan)
  }
}
