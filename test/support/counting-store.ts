import type { Collection, CollectionSpec, Filter, FindOptions, Store, Stored } from '../../src/store/index.js'
import type { Row } from '../../src/store/embedded/row.js'
import { countedTable, type CountedTable } from './counted-table.js'
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
  const filled = new Map<string, CountedTable>()
  const specs = new Map<string, CollectionSpec>()
  const finds: CountedFind[] = []
  const tableOf = (spec: CollectionSpec) => {
    const known = filled.get(spec.name) ?? madeOf(spec, [])
    filled.set(spec.name, known)
    return known
  }
  const find = async (spec: CollectionSpec, filter: Filter, options: FindOptions): Promise<Row[]> => {
    const table = tableOf(spec)
    table.counts.candidates = 0
    const finding = table.select(filter, options)
    // Before another find on the same table begins: a find notes what it is going to look at in its first turn.
    const looked = table.counts.candidates
    const found = await finding
    const { sort, limit } = options
    const sent = { filter, ...(sort ? { sort } : {}), limit }
    finds.push({ collection: spec, ...sent, looked, found: found.length })
    return found
  }
  const collection = <T extends Stored>(spec: CollectionSpec): Collection<T> => {
    specs.set(spec.name, spec)
    return {
      find: async (filter: Filter, options: FindOptions = {}) => (await find(spec, filter, options)) as unknown as T[],
      findOne: async (filter: Filter) => ((await find(spec, filter, { limit: 1 }))[0] ?? null) as unknown as T | null,
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

const madeOf = ({ indexes }: CollectionSpec, rows: readonly Row[]): CountedTable => countedTable(indexes, rows)
