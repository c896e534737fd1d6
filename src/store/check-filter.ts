import { types } from 'node:util'
import { checkPath, isPlainObject, isScalar } from './check-value.js'
import type { Comparison, Filter } from './collection.js'

const OPERANDS: Readonly<Record<keyof Comparison, (operand: unknown) => boolean>> = {
  $lt: isOrdered,
  $lte: isOrdered,
  $gt: isOrdered,
  $gte: isOrdered,
  $ne: isScalar,
  $in: isList,
  $exists: (operand) => typeof operand === 'boolean',
}

/**
 * Throws on a filter that would not mean what it says: a missing value, an operator that is unknown or hidden in a
 * value, an empty `$or`. A guard that got lost on its way to the store would let every caller in.
 */
export function checkFilter(filter: Filter, fields: ReadonlySet<string> | null): void {
  if (!isPlainObject(filter)) throw new TypeError('a filter must be an object')
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and' || path === '$or') {
      checkBranches(path, condition, fields)
      continue
    }
    checkPath(path)
    checkField(path, fields)
    checkCondition(path, condition)
  }
}

/** Throws when the collection declares its fields and this path starts with none of them. */
export function checkField(path: string, fields: ReadonlySet<string> | null): void {
  const root = path.split('.', 1)[0] ?? path
  if (fields && root !== '_id' && !fields.has(root)) throw new TypeError(`${path} is not a field of the collection`)
}

function checkBranches(operator: string, branches: unknown, fields: ReadonlySet<string> | null): void {
  if (!Array.isArray(branches) || branches.length === 0) throw new TypeError(`${operator} needs filters`)
  for (const branch of branches as Filter[]) {
    checkFilter(branch, fields)
    if (Object.keys(branch).length === 0) throw new TypeError(`${operator} has an empty filter`)
  }
}

function checkCondition(path: string, condition: unknown): void {
  if (isScalar(condition)) return
  if (Array.isArray(condition) && condition.every(isScalar)) return
  // Comparing whole objects depends on key order in one store and not in the other, so their fields are compared
  // instead.
  if (!isPlainObject(condition)) throw new TypeError(`${path} is compared with something that is no value`)
  for (const [operator, operand] of Object.entries(condition)) {
    if (!Object.hasOwn(OPERANDS, operator)) throw new TypeError(`${path} is compared with ${operator}`)
    if (!OPERANDS[operator as keyof Comparison](operand)) throw new TypeError(`${path} ${operator} has no such operand`)
  }
}

function isOrdered(operand: unknown): boolean {
  return isScalar(operand) && (typeof operand === 'string' || typeof operand === 'number' || types.isDate(operand))
}

function isList(operand: unknown): boolean {
  return Array.isArray(operand) && operand.every(isScalar)
}
