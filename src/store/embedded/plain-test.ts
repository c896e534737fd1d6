import { types } from 'node:util'
import { isComparison } from '../check-filter.js'
import type { Comparison, Filter } from '../collection.js'
import type { Row } from './row.js'

/** Whether a row matches; null when it holds something there that only mingo reads as MongoDB does, such as a list. */
export type PlainTest = (row: Row) => boolean | null

type Scalar = string | number | boolean | Date
type ValueTest = (value: unknown) => boolean | null

/**
 * The filter as plain comparisons of fields with scalars, which is what guards are made of; null when it is more than
 * that. Compiling a query for mingo costs more than everything else about a guarded update.
 */
export function plainTest(filter: Filter): PlainTest | null {
  const tests: (readonly [segments: readonly string[], test: ValueTest])[] = []
  for (const [path, condition] of Object.entries(filter)) {
    const test = path.startsWith('$') ? null : valueTest(condition)
    if (test === null) return null
    tests.push([path.split('.'), test])
  }
  return (row) => {
    for (const [segments, test] of tests) {
      const answer = testAt(row, segments, test)
      if (answer !== true) return answer
    }
    return true
  }
}

function testAt(row: Row, segments: readonly string[], test: ValueTest): boolean | null {
  let value: unknown = row
  for (const segment of segments) {
    // A path leads into every element of a list.
    if (Array.isArray(value)) return null
    value = hasOwn(value, segment) ? value[segment] : undefined
  }
  return test(value)
}

function valueTest(condition: unknown): ValueTest | null {
  // A field that is missing equals null.
  if (condition === null) return (value) => (Array.isArray(value) ? null : value === null || value === undefined)
  if (isScalar(condition)) return (value) => equals(value, condition)
  if (!isComparison(condition)) return null
  const tests = Object.entries(condition).map(([operator, operand]) => operatorTest(operator, operand))
  if (tests.includes(null)) return null
  return (value) => {
    for (const test of tests as ValueTest[]) {
      const answer = test(value)
      if (answer !== true) return answer
    }
    return true
  }
}

function operatorTest(operator: string, operand: unknown): ValueTest | null {
  if (operator === '$exists') return (value) => (value !== undefined) === operand
  if (!isScalar(operand) || typeof operand === 'boolean') return null
  switch (operator as keyof Comparison) {
    case '$gt':
      return (value) => ordered(value, operand, (a, b) => a > b)
    case '$gte':
      return (value) => ordered(value, operand, (a, b) => a >= b)
    case '$lt':
      return (value) => ordered(value, operand, (a, b) => a < b)
    case '$lte':
      return (value) => ordered(value, operand, (a, b) => a <= b)
    default:
      return null
  }
}

function equals(value: unknown, operand: Scalar): boolean | null {
  if (Array.isArray(value)) return null
  return types.isDate(operand) ? types.isDate(value) && value.getTime() === operand.getTime() : value === operand
}

/** MongoDB compares values of one type only. */
function ordered(value: unknown, operand: Scalar, holds: (a: Scalar, b: Scalar) => boolean): boolean | null {
  if (Array.isArray(value)) return null
  if (types.isDate(operand)) return types.isDate(value) && holds(value, operand)
  return typeof value === typeof operand && holds(value as Scalar, operand)
}

function isScalar(value: unknown): value is Scalar {
  if (typeof value === 'number') return !Number.isNaN(value)
  return typeof value === 'string' || typeof value === 'boolean' || types.isDate(value)
}

function hasOwn(value: unknown, key: string): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
}
