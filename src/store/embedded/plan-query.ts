import { types } from 'node:util'
import { Query } from 'mingo'
import { isComparison } from '../check-filter.js'
import type { Filter } from '../collection.js'
import { plainTest } from './plain-test.js'
import type { Row } from './row.js'

/** How a filter is answered: conditions nedb may use to pick candidates from an index, and what decides. */
export interface QueryPlan {
  readonly hints: Readonly<Record<string, unknown>>
  /** Null when the hints alone decide. */
  readonly test: ((row: Row) => boolean) | null
}

// In the order of how much they narrow the search, usually.
const HINTED_OPERATORS = ['$in', '$gt', '$gte', '$lt', '$lte'] as const

/**
 * Splits a filter. nedb reads null, missing fields, arrays and dates differently from MongoDB, so it only narrows the
 * search, by conditions that never leave out what MongoDB would find; what is more than plain comparisons is decided by
 * mingo, which follows MongoDB.
 */
export function planQuery(filter: Filter, indexedFields: ReadonlySet<string>): QueryPlan {
  const { _id: id, ...rest } = filter
  // An _id is a string in both stores, and there is one row at most: nothing is left to decide.
  if (typeof id === 'string' && Object.keys(rest).length === 0) return { hints: { _id: id }, test: null }

  const hints: Record<string, unknown> = {}
  for (const [path, condition] of Object.entries(filter)) {
    if (path !== '_id' && !indexedFields.has(path)) continue
    const hint = hintOf(condition)
    if (hint !== null) hints[path] = hint
  }
  if (Object.keys(filter).length === 0) return { hints, test: null }
  const plain = plainTest(filter)
  let query: Query<Row> | null = null
  return { hints, test: (row) => plain?.(row) ?? (query ??= new Query<Row>(filter)).test(row) }
}

function hintOf(condition: unknown): unknown {
  if (isOrdered(condition)) return condition
  if (!isComparison(condition)) return null
  for (const operator of HINTED_OPERATORS) {
    const operand = condition[operator]
    // A null in the list also finds rows without the field, which no index of nedb does.
    const isUsable = Array.isArray(operand) ? operand.every(isOrdered) : isOrdered(operand)
    // One operator only: nedb wants all of them to hold for one element of a list, MongoDB for any.
    if (isUsable) return { [operator]: operand }
  }
  return null
}

function isOrdered(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || types.isDate(value)
}
