import { checkField } from './check-filter.js'
import { checkPath } from './check-value.js'
import type { Fields, MapFields, Stored } from './collection.js'

/**
 * Throws on fields that would read nothing or that two stores would read differently: paths that collide, and names
 * that are operators.
 */
export function checkFields({ paths, maps = {} }: Fields<Stored>, declared: ReadonlySet<string> | null): void {
  const read = [...paths, ...Object.keys(maps)]
  if (read.length === 0) throw new TypeError('no fields to read')
  for (const path of read) {
    checkPath(path)
    checkField(path, declared)
  }
  checkCollisions(read)
  for (const [path, map] of Object.entries(maps)) checkMap(path, map, declared)
}

function checkMap(
  path: string,
  { entries, fields, sizes = {} }: MapFields,
  declared: ReadonlySet<string> | null,
): void {
  const { keys, keyAt, where } = entries ?? {}
  if (keyAt !== undefined) {
    checkPath(keyAt)
    checkField(keyAt, declared)
  }
  const names = [...(fields ?? []), ...Object.keys(sizes), ...Object.keys(where ?? {})]
  for (const name of names) {
    checkPath(name)
    if (name.includes('.')) throw new TypeError(`${path} is read with ${name}, which is not one field`)
  }
  for (const inner of Object.values(sizes)) checkPath(inner)
  if (Object.keys(sizes).length > 0 && !fields) throw new TypeError(`${path} has sizes but no fields`)
  // Nothing to compare with would choose nothing in one store and everything in the other.
  const choosesByNothing = entries && !keys && keyAt === undefined && !where
  if (choosesByNothing || (where && Object.keys(where).length === 0))
    throw new TypeError(`${path} chooses entries by nothing`)
  const values: readonly unknown[] = [...(keys ?? []), ...Object.values(where ?? {})]
  if (values.some((value) => typeof value !== 'string'))
    throw new TypeError(`${path} chooses entries by something that is no text`)
}

function checkCollisions(paths: readonly string[]): void {
  const sorted = paths.map((path) => `${path}.`).sort()
  for (const [index, path] of sorted.entries())
    if (sorted[index + 1]?.startsWith(path)) throw new TypeError(`${path} is read twice`)
}
