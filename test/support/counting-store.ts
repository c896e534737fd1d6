import type { Collection, CollectionSpec, Filter, FindOptions, Store, Stored } from '../../src/store/index.js'
import type { Row } from '../../src/store/embedded/row.js'
import { createTable, type Table } from '../../src/store/embedded/table.js'
import type { Find } from './index-rules.js'

/** A find as it was sent, and how many rows of the embedded store it looked at. */
export interface CountedFind extends Find {
  readonly collection: CollectionSpec
  readonly limit: number | undefined
  readonly looked: number
  readonly found: number
}

/** The tables of the embedded store, which count what each find looks at. They can be filled and read, nothing else. */
export interface CountingStore {
  readonly store: Store
  readonly finds: CountedFind[]
  fill(collection: string, rows: readonly Stored[]): void
}

export function countingStore(): CountingStore {
  const filled = new Map<string, { readonly rows: LookedAtRows; readonly table: Table }>()
  const specs = new Map<string, CollectionSpec>()
  const finds: CountedFind[] = []
  const tableOf = (spec: CollectionSpec) => {
    const known = filled.get(spec.name) ?? madeOf(spec, [])
    filled.set(spec.name, known)
    return known
  }
  const find = (spec: CollectionSpec, filter: Filter, options: FindOptions): Row[] => {
    const { rows, table } = tableOf(spec)
    rows.looked = 0
    const found = table.select(filter, options)
    const { sort, limit } = options
    const sent = { filter, ...(sort ? { sort } : {}), limit }
    finds.push({ collection: spec, ...sent, looked: rows.looked, found: found.length })
    return found
  }
  const collection = <T extends Stored>(spec: CollectionSpec): Collection<T> => {
    specs.set(spec.name, spec)
    return {
      find: async (filter: Filter, options: FindOptions = {}) => find(spec, filter, options) as unknown as T[],
      findOne: async (filter: Filter) => (find(spec, filter, { limit: 1 })[0] ?? null) as unknown as T | null,
    } as unknown as Collection<T>
  }
  return {
    store: { kind: 'embedded', collection } as unknown as Store,
    finds,
    fill: (name, rows) => {
      const spec = specs.get(name)
      if (!spec) throw new Error(`no repository asked for ${name}`)
      filled.set(name, madeOf(spec, rows as readonly Row[]))
    },
  }
}

function madeOf({ name, indexes }: CollectionSpec, stored: readonly Row[]) {
  const rows = new LookedAtRows(stored.map((row) => [row._id, row]))
  return { rows, table: createTable(name, indexes, rows) }
}

/** Counts the rows that are looked at, by their id or in a scan. */
class LookedAtRows extends Map<string, Row> {
  looked = 0

  override get(id: string): Row | undefined {
    this.looked += 1
    return super.get(id)
  }

  override *values(): MapIterator<Row> {
    for (const row of super.values()) {
      this.looked += 1
      yield row
    }
  }
}
