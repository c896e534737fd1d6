import { isDeepStrictEqual } from 'node:util'
import { isPlainObject } from '../check-value.js'
import type { Filter, Update } from '../collection.js'
import { matchFilter } from './match-filter.js'
import { copyOf, type Row } from './row.js'
import { compareValues } from './sort-rows.js'

type Fields = Record<string, unknown>
type Change = (parent: Fields, key: string, operand: unknown) => void

const CHANGES: Readonly<Record<keyof Update, Change>> = {
  $set: set,
  $unset: (parent, key) => delete parent[key],
  $inc: increase,
  $pull: pull,
  $addToSet: addToSet,
  $min: (parent, key, operand) => keepUnless(parent, key, operand, (order) => order > 0),
  $max: (parent, key, operand) => keepUnless(parent, key, operand, (order) => order < 0),
}
// These only remove, so they never create the objects on the way.
const TAKING = new Set<string>(['$unset', '$pull'])

/**
 * The row after the update, as MongoDB would make it; the row given stays as it is. Throws where MongoDB answers with
 * an error, such as `$inc` on text.
 */
export function applyUpdate(row: Row, update: Update): Row {
  const next: Fields = { ...row }
  for (const [operator, operands] of Object.entries(update)) {
    for (const [path, operand] of Object.entries(operands as Fields)) {
      const segments = path.split('.')
      const key = segments.pop() ?? path
      const parent = parentAt(next, segments, TAKING.has(operator))
      if (parent !== null) CHANGES[operator as keyof Update](parent, key, copyOf(operand))
    }
  }
  return next as Row
}

/** The new row of an upsert: the equalities of the filter. */
export function rowOfFilter(filter: Filter): Row {
  const row: Fields = {}
  for (const equalities of [filter, ...(filter.$and ?? [])]) {
    for (const [path, value] of Object.entries(equalities)) {
      if (path.startsWith('$') || isPlainObject(value)) continue
      const segments = path.split('.')
      const key = segments.pop() ?? path
      const parent = parentAt(row, segments, false)
      if (parent !== null) set(parent, key, copyOf(value))
    }
  }
  return row as Row
}

/** The object the path leads through, copied on the way so that the old row keeps its own. */
function parentAt(row: Fields, segments: readonly string[], onlyExisting: boolean): Fields | null {
  let parent = row
  for (const segment of segments) {
    const inner = own(parent, segment)
    if (inner === undefined && onlyExisting) return null
    if (inner !== undefined && !isPlainObject(inner)) {
      if (onlyExisting) return null
      throw new TypeError(`${segments.join('.')} leads through something that is no object`)
    }
    const copy: Fields = { ...inner }
    parent[segment] = copy
    parent = copy
  }
  return parent
}

function own(parent: Fields, key: string): unknown {
  return Object.hasOwn(parent, key) ? parent[key] : undefined
}

function set(parent: Fields, key: string, value: unknown): void {
  parent[key] = value
}

function increase(parent: Fields, key: string, by: unknown): void {
  const current = own(parent, key) ?? (Object.hasOwn(parent, key) ? null : 0)
  if (typeof current !== 'number' || typeof by !== 'number') throw new TypeError(`${key} is no number to increase`)
  parent[key] = current + by
}

function listAt(parent: Fields, key: string): readonly unknown[] {
  if (!Object.hasOwn(parent, key)) return []
  const list = parent[key]
  if (!Array.isArray(list)) throw new TypeError(`${key} is no list`)
  return list
}

function pull(parent: Fields, key: string, operand: unknown): void {
  if (!Object.hasOwn(parent, key)) return
  const hasFields = isPlainObject(operand) ? matchFilter(operand as Filter) : null
  // An object names fields that the elements to take have; anything else is the element itself.
  const isTaken = (element: unknown): boolean =>
    hasFields ? isPlainObject(element) && hasFields(element) : isDeepStrictEqual(element, operand)
  parent[key] = listAt(parent, key).filter((element) => !isTaken(element))
}

function addToSet(parent: Fields, key: string, element: unknown): void {
  const list = listAt(parent, key)
  const isThere = list.some((member) => isDeepStrictEqual(member, element))
  parent[key] = isThere ? list : [...list, element]
}

function keepUnless(parent: Fields, key: string, operand: unknown, replaces: (order: number) => boolean): void {
  if (!Object.hasOwn(parent, key) || replaces(compareValues(parent[key], operand))) parent[key] = operand
}
