import { types } from 'node:util'
import { checkField } from './check-filter.js'
import { checkPath, checkValue, isPlainObject } from './check-value.js'
import type { Filter, Stored, Update } from './collection.js'

const OPERANDS: Readonly<Record<keyof Update, (operand: unknown, path: string) => void>> = {
  $set: checkValue,
  $unset: only((operand) => operand === true),
  $inc: only(Number.isFinite),
  $pull: checkPulled,
  $addToSet: checkValue,
  $min: only(isNumberOrDate),
  $max: only(isNumberOrDate),
}

/** Throws on unknown operators, operators hidden in values, colliding paths, and updates that change nothing. */
export function checkUpdate(update: Update, fields: ReadonlySet<string> | null): void {
  const paths: string[] = []
  for (const [operator, changes] of Object.entries(update)) {
    if (!Object.hasOwn(OPERANDS, operator)) throw new TypeError(`an update has no operator ${operator}`)
    for (const [path, operand] of Object.entries(changes as Record<string, unknown>)) {
      checkPath(path)
      checkField(path, fields)
      OPERANDS[operator as keyof Update](operand, path)
      paths.push(path)
    }
  }
  if (paths.length === 0) throw new TypeError('an update must change something')
  checkCollisions(paths)
}

/** Throws when the filter of an upsert does not name the `_id` the new document would have. */
export function checkUpsert(filter: Filter): void {
  if (typeof filter['_id'] !== 'string') throw new TypeError('an upsert needs the _id in its filter')
}

export function checkDocument(document: Stored, fields: ReadonlySet<string> | null): void {
  if (typeof document._id !== 'string' || document._id === '') throw new TypeError('a document needs an _id')
  if (document._id === '__proto__') throw new TypeError('no document may have this _id')
  checkValue(document, 'document')
  if (fields) for (const field of Object.keys(document)) checkField(field, fields)
}

function checkCollisions(paths: readonly string[]): void {
  const sorted = paths.map((path) => `${path}.`).sort()
  for (const [index, path] of sorted.entries()) {
    if (path === '_id.' || path.startsWith('_id.')) throw new TypeError('an _id never changes')
    if (sorted[index + 1]?.startsWith(path)) throw new TypeError(`${path} is changed twice`)
  }
}

/** A value, or the fields of the elements to take, of which each may be one of several. */
function checkPulled(operand: unknown, path: string): void {
  if (!isPlainObject(operand)) return checkValue(operand, path)
  for (const [key, value] of Object.entries(operand)) {
    const choices = isPlainObject(value) && Object.keys(value).join() === '$in' ? value['$in'] : null
    checkValue({ [key]: choices ?? value }, path)
    if (choices !== null && !Array.isArray(choices)) throw new TypeError(`${path} has no such operand`)
  }
}

function only(accepts: (operand: unknown) => boolean): (operand: unknown, path: string) => void {
  return (operand, path) => {
    if (!accepts(operand)) throw new TypeError(`${path} has no such operand`)
  }
}

function isNumberOrDate(operand: unknown): boolean {
  return Number.isFinite(operand) || (types.isDate(operand) && !Number.isNaN(operand.getTime()))
}
