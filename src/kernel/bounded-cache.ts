/** A cache with a maximum weight; it evicts the least recently used entry first. */
export interface BoundedCache<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value, weight: number): void
}

export function createBoundedCache<Value>(maxWeight: number): BoundedCache<Value> {
  // A Map keeps the order of insertion, so its first entry is the next to evict.
  const entries = new Map<string, { readonly value: Value; readonly weight: number }>()
  let total = 0
  const remove = (key: string): void => {
    total -= entries.get(key)?.weight ?? 0
    entries.delete(key)
  }
  return {
    get: (key) => {
      const entry = entries.get(key)
      if (!entry) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    set: (key, value, weight) => {
      remove(key)
      if (weight > maxWeight) return
      entries.set(key, { value, weight })
      total += weight
      for (const oldest of entries.keys()) {
        if (total <= maxWeight) break
        remove(oldest)
      }
    },
  }
}
