import { isDeepStrictEqual, types } from 'node:util'
import { isPlainObject } from '../check-value.js'
import type { Comparison, Filter } from '../collection.js'

const PLACE = /^\d+$/

type RowTest = (row: unknown) => boolean
/** Tests what a path leads to: one value, or several if it leads through a list. */
type LeafTest = (leaves: readonly unknown[]) => boolean

/** The test of a checked filter. It answers as MongoDB does; see `Filter`. */
export function matchFilter(filter: Filter): RowTest {
  const tests = Object.entries(filter).map(([path, condition]) => {
    if (path === '$and') return all((condition as readonly Filter[]).map(matchFilter))
    if (path === '$or') return any((condition as readonly Filter[]).map(matchFilter))
    return fieldTest(path.split('.'), leafTest(condition))
  })
  return tests.length === 1 && tests[0] ? tests[0] : all(tests)
}

/** The values a path leads to: one, or one for each object in the lists on its way. A number also names a place. */
export function leavesAt(value: unknown, segments: readonly string[], start = 0): readonly unknown[] {
  let current = value
  for (let at = start; at < segments.length; at += 1) {
    const segment = segments[at] as string
    if (Array.isArray(current)) {
      const inObjects = current.filter(isPlainObject).flatMap((each) => leavesAt(each, segments, at))
      return PLACE.test(segment) ? [...leavesAt(current[Number(segment)], segments, at + 1), ...inObjects] : inObjects
    }
    current = isPlainObject(current) && Object.hasOwn(current, segment) ? current[segment] : undefined
  }
  return [current]
}

function fieldTest(segments: readonly string[], test: LeafTest): RowTest {
  return (row) => test(leavesAt(row, segments))
}

function leafTest(condition: unknown): LeafTest {
  if (!isPlainObject(condition) || Object.keys(condition).length === 0) return someElement(equalTo(condition))
  const tests = Object.entries(condition).map(([operator, operand]) =>
    operatorTest(operator as keyof Comparison, operand),
  )
  return (leaves) => tests.every((test) => test(leaves))
}

function operatorTest(operator: keyof Comparison, operand: unknown): LeafTest {
  switch (operator) {
    case '$exists':
      return (leaves) => leaves.some((leaf) => leaf !== undefined) === operand
    case '$ne':
      return not(someElement(equalTo(operand)))
    case '$in':
      return someElement(any((operand as readonly unknown[]).map(equalTo)))
    case '$gt':
      return someElement((value) => isSameType(value, operand) && (value as number) > (operand as number))
    case '$gte':
      return someElement((value) => isSameType(value, operand) && (value as number) >= (operand as number))
    case '$lt':
      return someElement((value) => isSameType(value, operand) && (value as number) < (operand as number))
    case '$lte':
      return someElement((value) => isSameType(value, operand) && (value as number) <= (operand as number))
  }
}

/** A condition holds for a list when it holds for the list itself or for one of its elements. */
function someElement(test: RowTest): LeafTest {
  return (leaves) => leaves.some((leaf) => test(leaf) || (Array.isArray(leaf) && leaf.some(test)))
}

function equalTo(operand: unknown): RowTest {
  if (operand === null) return (value) => value === null || value === undefined
  if (types.isDate(operand)) return (value) => types.isDate(value) && value.getTime() === operand.getTime()
  if (typeof operand === 'object') return (value) => isDeepStrictEqual(value, operand)
  return (value) => value === operand
}

/** Values are ordered only among their own type. Text, numbers and dates compare with `<` as they are. */
function isSameType(value: unknown, operand: unknown): boolean {
  return types.isDate(operand) ? types.isDate(value) : typeof value === typeof operand
}

const all =
  (tests: readonly RowTest[]): RowTest =>
  (value) =>
    tests.every((test) => test(value))

const any =
  (tests: readonly RowTest[]): RowTest =>
  (value) =>
    tests.some((test) => test(value))

const not =
  (test: LeafTest): LeafTest =>
  (leaves) =>
    !test(leaves)
