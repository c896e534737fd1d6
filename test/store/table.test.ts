import fc from 'fast-check'
import { DuplicateKey, openStore, type Index } from '../../src/store/index.js'
import { matchFilter } from '../../src/store/embedded/match-filter.js'
import type { Row } from '../../src/store/embedded/row.js'
import { sortRows } from '../../src/store/embedded/sort-rows.js'
import { sortedList } from '../../src/store/embedded/sorted-list.js'
import { createTable } from '../../src/store/embedded/table.js'
import { randomFields, randomFilter, randomPath } from '../support/random-rows.js'

const direction = fc.constantFrom<1 | -1>(1, -1)
const sort = fc.dictionary(randomPath, direction, { minKeys: 1, maxKeys: 2 })
/** The order of an index from one of its fields on, or the opposite. */
const alongIndex = fc.record({ skipped: fc.nat(1), turn: direction })
const index: fc.Arbitrary<Index> = fc.record(
  {
    fields: fc
      .tuple(fc.dictionary(randomPath, direction, { minKeys: 1, maxKeys: 3 }), direction)
      .map(([fields, last]) => ({ ...fields, _id: last })),
    sparse: fc.boolean(),
  },
  { requiredKeys: ['fields'] },
)
type Sort = Readonly<Record<string, 1 | -1>>

interface AlongIndex {
  readonly skipped: number
  readonly turn: 1 | -1
}

function orderOf(by: Sort | AlongIndex, along: Index | undefined): Sort {
  if (!('skipped' in by)) return { ...by, _id: 1 }
  const fields = along ? Object.entries(along.fields).slice(by.skipped) : [['_id', 1] as const]
  return Object.fromEntries(fields.map(([field, way]) => [field, (way * by.turn) as 1 | -1]))
}

const rowNamed = (id: number, fields: object): Row => ({ ...fields, _id: `r${id}` })
const change = fc.tuple(fc.nat(20), fc.option(randomFields, { nil: null }))

describe('a table with indexes', () => {
  it('finds what a scan of every row finds, after any changes', () => {
    let found = 0
    const agrees = fc.property(
      fc.array(index, { maxLength: 3 }),
      fc.array(randomFields, { maxLength: 20 }),
      fc.array(change, { maxLength: 20 }),
      fc.array(fc.tuple(randomFilter, fc.option(fc.oneof(sort, alongIndex), { nil: undefined }), fc.nat(4)), {
        minLength: 1,
        maxLength: 10,
      }),
      (indexes, fields, changes, searches) => {
        const rows = new Map(fields.map((each, id) => [`r${id}`, rowNamed(id, each)]))
        const table = createTable('rows', indexes, rows)
        for (const [id, after] of changes) {
          const before = rows.get(`r${id}`) ?? null
          if (before ?? after) table.apply({ before, after: after && rowNamed(id, after) })
        }
        for (const [filter, by, more] of searches) {
          const expected = [...rows.values()].filter(matchFilter(filter))
          found += expected.length
          const order = by && orderOf(by, indexes[0])
          const all = table.select(filter, order ? { sort: order } : {})
          const limit = more + 1
          const some = table.select(filter, order ? { sort: order, limit } : { limit })
          if (order) {
            expect(all).toEqual(sortRows([...expected], order))
            expect(some).toEqual(all.slice(0, limit))
          } else {
            expect(new Set(all)).toEqual(new Set(expected))
            expect(all).toHaveLength(expected.length)
            expect(some).toHaveLength(Math.min(limit, expected.length))
          }
        }
      },
    )
    fc.assert(agrees, { numRuns: 1_500 })
    expect(found).toBeGreaterThan(1_000)
  })

  it('finds a row with one element of a list above a bound and another below', () => {
    const table = createTable('rows', [{ fields: { n: 1 } }], new Map([['a', { _id: 'a', n: [0, 9] }]]))
    expect(table.select({ n: { $gt: 3, $lt: 5 } })).toHaveLength(1)
  })

  it('changes none of several rows when one of them would take a unique key of another', async () => {
    const store = await openStore({ dataDirectory: null })
    const rows = store.collection<Row>({
      name: 'rows',
      indexes: [{ fields: { email: 1 }, unique: true, sparse: true }],
    })
    await rows.insert([{ _id: 'a' }, { _id: 'b' }])
    await expect(rows.updateMany({}, { $set: { email: 'x' } })).rejects.toThrow(DuplicateKey)
    expect(await rows.find({})).toEqual([{ _id: 'a' }, { _id: 'b' }])
    await store.close()
  })

  it('reads only as many rows as are asked for when an index is in their order', () => {
    let read = 0
    const rows = new Map(
      Array.from({ length: 10_000 }, (_, n) => {
        const row = {
          _id: `r${n}`,
          kind: n % 2,
          get at() {
            read += 1
            return n
          },
        } as unknown as Row
        return [row._id, row] as const
      }),
    )
    const table = createTable('rows', [{ fields: { kind: 1, at: -1 } }], rows)
    read = 0
    const newest = table.select({ kind: 1, at: { $lt: 5_000 } }, { sort: { at: -1 }, limit: 3 })
    expect(newest.map(({ _id }) => _id)).toEqual(['r4999', 'r4997', 'r4995'])
    expect(read).toBeLessThan(10)
  })

  it('merges the rows of several values in their order, and reads no more than it hands out', () => {
    const rows = new CountingMap(numbered(10_000))
    const table = createTable('rows', [{ fields: { owner: 1, kind: 1, at: -1, _id: -1 } }], rows)
    const filter = { owner: 'a', kind: { $in: [1, 3, 7] }, at: { $lt: 5_000 } }
    const newest = table.select(filter, { sort: { at: -1, _id: -1 }, limit: 4 })
    expect(newest.map(({ _id }) => _id)).toEqual(['r4997', 'r4993', 'r4991', 'r4987'])
    expect(rows.read).toBe(4)
  })

  it('keeps the order of a field beside a list, such as time beside targets', () => {
    const rows = new CountingMap(numbered(10_000, (n) => ({ targets: [{ id: `t${n % 2}` }, { id: 'all' }] })))
    const table = createTable('rows', [{ fields: { 'targets.id': 1, at: -1 } }], rows)
    const found = table.select({ 'targets.id': 't1', at: { $gte: 10, $lt: 20 } }, { sort: { at: -1 }, limit: 2 })
    expect([found.map(({ _id }) => _id), rows.read]).toEqual([['r19', 'r17'], 2])
  })

  it('does not read what a bound excludes, nor values of another type', () => {
    const equal = numbered(1_000).map(([id, row]): [string, Row] => [id, { ...row, at: 5 }])
    const text: [string, Row] = ['text', { _id: 'text', at: 'later' }]
    const rows = new CountingMap([...equal, ['six', { _id: 'six', at: 6 }], text])
    const table = createTable('rows', [{ fields: { at: 1, _id: 1 } }], rows)
    expect(table.select({ at: { $gt: 5 } }, { sort: { at: 1 } })).toEqual([{ _id: 'six', at: 6 }])
    expect(table.select({ at: { $gte: 6 } }, { sort: { at: -1 }, limit: 1 })).toEqual([{ _id: 'six', at: 6 }])
    expect(table.select({ at: 5, _id: { $gt: 'r9' } }, { sort: { at: 1, _id: 1 }, limit: 1 })).toHaveLength(1)
    expect(rows.read).toBe(3)
  })

  it('finds by an index what a filter asks for inside an `$and`', () => {
    const rows = new CountingMap(numbered(1_000))
    const table = createTable('rows', [{ fields: { at: 1 } }], rows)
    expect(table.select({ $and: [{ at: 7 }, { owner: 'a' }] })).toHaveLength(1)
    expect(rows.read).toBe(1)
  })
})

const numbered = (count: number, more: (n: number) => object = () => ({})): [string, Row][] =>
  Array.from({ length: count }, (_, n) => [`r${n}`, { _id: `r${n}`, owner: 'a', kind: n % 10, at: n, ...more(n) }])

/** Counts how many rows were read by their id. */
class CountingMap extends Map<string, Row> {
  read = 0
  override get(id: string): Row | undefined {
    this.read += 1
    return super.get(id)
  }
}

describe('a sorted list', () => {
  it('is in order after thousands of changes, from both ends and from anywhere', () => {
    const numbers = fc.array(fc.tuple(fc.nat(9_999), fc.boolean()), { minLength: 4_000, maxLength: 8_000 })
    const isSorted = fc.property(numbers, fc.nat(9_999), (changes, from) => {
      const expected = new Set<number>(Array.from({ length: 3_000 }, (_, n) => n * 3))
      const list = sortedList<number>((a, b) => a - b, [...expected])
      for (const [number, isAdded] of changes) {
        if (isAdded && !expected.has(number)) list.add(number)
        if (!isAdded) list.remove(number)
        if (isAdded) expected.add(number)
        else expected.delete(number)
      }
      const sorted = [...expected].sort((a, b) => a - b)
      expect([...list.from((number) => number < from)]).toEqual(sorted.filter((number) => number >= from))
      expect([...list.backFrom((number) => number > from)]).toEqual(sorted.filter((number) => number <= from).reverse())
    })
    fc.assert(isSorted, { numRuns: 20 })
  })
})
