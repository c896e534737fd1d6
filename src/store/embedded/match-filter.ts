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

/**
 * What a filter says of a row of which only the leaves are known: whether it matches, or null when the whole row has to
 * be looked at. `placeOf` tells where the leaf of a path is.
 */
export function matchLeaves(
  filter: Filter,
  placeOf: ReadonlyMap<string, number>,
): (leaves: readonly unknown[]) => boolean | null {
  const tests = Object.entries(filter).map(([path, condition]): ((leaves: readonly unknown[]) => boolean | null) => {
    if (path === '$and' || path === '$or') {
      const inner = (condition as readonly Filter[]).map((each) => matchLeaves(each, placeOf))
      return path === '$and' ? (leaves) => allKnown(inner, leaves, false) : (leaves) => allKnown(inner, leaves, true)
    }
    const place = placeOf.get(path)
    if (place === undefined) return () => null
    const test = leafTest(condition)
    return (leaves) => (isUnknown(leaves[place]) ? null : test([leaves[place]]))
  })
  return (leaves) => allKnown(tests, leaves, false)
}

/** Lists are kept flat, and of objects only that they are there. */
const isUnknown = (leaf: unknown): boolean => typeof leaf === 'object' && leaf !== null && !types.isDate(leaf)

/** `decisive` as soon as one test says so; otherwise its opposite, or null if any test does not know. */
function allKnown(
  tests: readonly ((leaves: readonly unknown[]) => boolean | null)[],
  leaves: readonly unknown[],
  decisive: boolean,
): boolean | null {
  let found: boolean | null = !decisive
  for (const test of tests) {
    const says = test(leaves)
    if (says === decisive) return decisive
    if (says === null) found = null
  }
  return found
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
