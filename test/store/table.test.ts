import fc from 'fast-check'
import { DuplicateKey, openStore, type Index } from '../../src/store/index.js'
import { matchFilter } from '../../src/store/embedded/match-filter.js'
import type { Row } from '../../src/store/embedded/row.js'
import { sortRows } from '../../src/store/embedded/sort-rows.js'
import { sortedList } from '../../src/store/embedded/sorted-list.js'
import { countedTable } from '../support/counted-table.js'
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
  it('finds what a scan of every row finds, after any changes', async () => {
    let found = 0
    const agrees = fc.asyncProperty(
      fc.array(index, { maxLength: 3 }),
      fc.array(randomFields, { maxLength: 20 }),
      fc.array(change, { maxLength: 20 }),
      fc.array(fc.tuple(randomFilter, fc.option(fc.oneof(sort, alongIndex), { nil: undefined }), fc.nat(4)), {
        minLength: 1,
        maxLength: 10,
      }),
      async (indexes, fields, changes, searches) => {
        const rows = new Map(fields.map((each, id) => [`r${id}`, rowNamed(id, each)]))
        const table = countedTable(indexes, [...rows.values()])
        for (const [id, fresh] of changes) {
          const after = fresh && rowNamed(id, fresh)
          if (after && !rows.has(after._id)) await table.insertUntilDuplicate([after])
          else await table.changeAll({ _id: `r${id}` }, () => after)
          if (after) rows.set(after._id, after)
          else rows.delete(`r${id}`)
        }
        for (const [filter, by, more] of searches) {
          const expected = [...rows.values()].filter(matchFilter(filter))
          found += expected.length
          const order = by && orderOf(by, indexes[0])
          const all = await table.select(filter, order ? { sort: order } : {})
          const limit = more + 1
          const some = await table.select(filter, order ? { sort: order, limit } : { limit })
          expect(await table.count(filter)).toBe(expected.length)
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
    await fc.assert(agrees, { numRuns: 1_500 })
    expect(found).toBeGreaterThan(1_000)
  })

  it('finds a row with one element of a list above a bound and another below', async () => {
    const table = countedTable([{ fields: { n: 1 } }], [{ _id: 'a', n: [0, 9] }])
    expect(await table.select({ n: { $gt: 3, $lt: 5 } })).toHaveLength(1)
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

  const byKind: Index = { fields: { kind: 1, at: -1 } }

  it('reads only as many rows as are asked for when an index is in their order', async () => {
    const table = countedTable([byKind], numbered(10_000))
    const newest = await table.select({ kind: 1, at: { $lt: 5_000 } }, { sort: { at: -1 }, limit: 3 })
    expect(newest.map(({ _id }) => _id)).toEqual(['r4991', 'r4981', 'r4971'])
    expect(table.counts.candidates).toBe(3)
  })

  it('reads no row that its indexes rule out, and none to count what they know', async () => {
    const table = countedTable([byKind, { fields: { rare: 1 } }], numbered(10_000))
    expect(await table.select({ at: 17, other: null })).toHaveLength(1)
    expect(await table.count({ kind: 1, at: { $gte: 5_000 } })).toBe(500)
    expect(await table.count({ $or: [{ rare: { $exists: true } }, { at: { $lt: 0 } }] })).toBe(0)
    expect(table.counts.read).toBe(1)
  })

  it('looks at no row without the field for a bound', async () => {
    const rows = numbered(1_000, (n) => ({ expiresAt: n % 2 ? null : new Date(n) }))
    const table = countedTable([{ fields: { expiresAt: 1 } }], rows)
    expect(await table.changeAll({ expiresAt: { $lt: new Date(3) } }, () => null)).toBe(2)
    expect(table.counts.candidates).toBe(2)
  })

  it('merges the rows of several values in their order, and reads no more than it hands out', async () => {
    const table = countedTable([{ fields: { owner: 1, kind: 1, at: -1, _id: -1 } }], numbered(10_000))
    const filter = { owner: 'a', kind: { $in: [1, 3, 7] }, at: { $lt: 5_000 } }
    const newest = await table.select(filter, { sort: { at: -1, _id: -1 }, limit: 4 })
    expect(newest.map(({ _id }) => _id)).toEqual(['r4997', 'r4993', 'r4991', 'r4987'])
    expect(table.counts.candidates).toBe(4)
  })

  it('keeps the order of a field beside a list, such as time beside targets', async () => {
    const rows = numbered(10_000, (n) => ({ targets: [{ id: `t${n % 2}` }, { id: 'all' }] }))
    const table = countedTable([{ fields: { 'targets.id': 1, at: -1 } }], rows)
    const filter = { 'targets.id': 't1', at: { $gte: 10, $lt: 20 } }
    const found = await table.select(filter, { sort: { at: -1 }, limit: 2 })
    expect([found.map(({ _id }) => _id), table.counts.candidates]).toEqual([['r19', 'r17'], 2])
  })

  it('does not read what a bound excludes, nor values of another type', async () => {
    const equal = numbered(1_000, () => ({ at: 5 }))
    const table = countedTable(
      [{ fields: { at: 1, _id: 1 } }],
      [...equal, { _id: 'six', at: 6 }, { _id: 'text', at: 'later' }],
    )
    expect(await table.select({ at: { $gt: 5 } }, { sort: { at: 1 } })).toEqual([{ _id: 'six', at: 6 }])
    expect(await table.select({ at: { $gte: 6 } }, { sort: { at: -1 }, limit: 1 })).toEqual([{ _id: 'six', at: 6 }])
    expect(await table.select({ at: 5, _id: { $gt: 'r9' } }, { sort: { at: 1, _id: 1 }, limit: 1 })).toHaveLength(1)
    expect(table.counts.candidates).toBe(3)
  })

  it('finds by an index what a filter asks for inside an `$and`', async () => {
    const table = countedTable([{ fields: { at: 1 } }], numbered(1_000))
    expect(await table.select({ $and: [{ at: 7 }, { owner: 'a' }] })).toHaveLength(1)
    expect(table.counts.candidates).toBe(1)
  })
})

const numbered = (count: number, more: (n: number) => object = () => ({})): Row[] =>
  Array.from({ length: count }, (_, n) => ({ _id: `r${n}`, owner: 'a', kind: n % 10, at: n, ...more(n) }))

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
