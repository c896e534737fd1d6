import { types } from 'node:util'
import type { FindOptions } from '../collection.js'
import { leavesAt } from './match-filter.js'
import type { Row } from './row.js'

/** The rows in the order asked for, in MongoDB's order of types; a missing field sorts as null. */
export function sortRows(rows: Row[], sort: NonNullable<FindOptions['sort']>): Row[] {
  const criteria = Object.entries(sort).map(([path, direction]) => ({ segments: path.split('.'), direction }))
  const keyed = rows.map((row) => ({ row, key: criteria.map((each) => firstLeaf(row, each.segments, each.direction)) }))
  keyed.sort((left, right) => {
    for (const [at, { direction }] of criteria.entries()) {
      const order = compareValues(left.key[at], right.key[at])
      if (order !== 0) return order * direction
    }
    return 0
  })
  return keyed.map(({ row }) => row)
}

/** Of a list, the element that comes first in this direction. */
function firstLeaf(row: Row, segments: readonly string[], direction: 1 | -1): unknown {
  const leaves = leavesAt(row, segments).flat()
  return leaves.reduce((first, leaf) => (compareValues(leaf, first) * direction < 0 ? leaf : first), leaves[0])
}

/** Compares scalars as BSON does: null and missing, then numbers, strings, everything else, booleans, dates. */
export function compareValues(left: unknown, right: unknown): number {
  // What most indexes are made of.
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : Number(left > right)
  const rank = compareTypes(left, right)
  if (rank !== 0) return rank
  const [a, b] = [comparable(left), comparable(right)]
  if (a < b) return -1
  return a > b ? 1 : 0
}

/** Compares only the types of two scalars. */
export const compareTypes = (left: unknown, right: unknown): number => rankOf(left) - rankOf(right)

/** The place of a value's type in the order of types. */
export function rankOf(value: unknown): number {
  if (value === undefined || value === null) return 0
  if (typeof value === 'number') return 1
  if (typeof value === 'string') return 2
  if (typeof value === 'boolean') return 4
  return types.isDate(value) ? 5 : 3
}

/** What orders a value among those of its type. */
export function comparable(value: unknown): number | string {
  if (typeof value === 'number' || typeof value === 'string') return value
  if (typeof value === 'boolean') return Number(value)
  return types.isDate(value) ? value.getTime() : 0
}
