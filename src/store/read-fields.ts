import { isPlainObject } from './check-value.js'
import type { Fields, MapFields, Stored } from './collection.js'
import { copyOf, type Row } from './embedded/row.js'

type Part = Record<string, unknown>

/** Copies the given fields of a row, and nothing else of it. */
export function readFields(row: Row, { paths, maps = {} }: Fields<Stored>): Part {
  const part: Part = { _id: row._id }
  for (const path of paths) readPath(row, part, path.split('.'))
  for (const [path, map] of Object.entries(maps)) {
    const steps = path.split('.')
    const name = steps.pop() ?? path
    const at = valueAt(row, path)
    const holder = steps.reduce((inner, step) => objectAt(inner, step), part)
    holder[name] = isPlainObject(at) ? readEntries(row, at, map) : {}
  }
  return part
}

/** As MongoDB includes a path: the objects on the way are there if the document has them, even if the rest is missing. */
function readPath(from: Part, to: Part, [step = '', ...rest]: readonly string[]): void {
  if (!Object.hasOwn(from, step)) return
  const value = from[step]
  if (rest.length === 0) to[step] = copyOf(value)
  else if (isPlainObject(value)) readPath(value, objectAt(to, step), rest)
}

function objectAt(part: Part, step: string): Part {
  const known = part[step]
  if (isPlainObject(known)) return known
  const fresh: Part = {}
  part[step] = fresh
  return fresh
}

function readEntries(row: Row, map: Part, { entries, fields, sizes = {} }: MapFields): Part {
  const part: Part = {}
  const key = entries?.keyAt === undefined ? undefined : valueAt(row, entries.keyAt)
  const isChosen = (name: string, entry: unknown): boolean =>
    !entries || entries.keys?.includes(name) === true || name === key || meets(entry, entries.where)
  for (const [name, entry] of Object.entries(map)) {
    if (isChosen(name, entry)) part[name] = fields ? readEntry(entry, fields, sizes) : copyOf(entry)
  }
  return part
}

function meets(entry: unknown, where: Readonly<Record<string, string>> | undefined): boolean {
  if (!where || !isPlainObject(entry)) return false
  return Object.entries(where).every(([field, value]) => Object.hasOwn(entry, field) && entry[field] === value)
}

function readEntry(entry: unknown, fields: readonly string[], sizes: Readonly<Record<string, string>>): Part {
  const part: Part = {}
  if (!isPlainObject(entry)) return part
  for (const field of fields) if (Object.hasOwn(entry, field)) part[field] = copyOf(entry[field])
  for (const [name, path] of Object.entries(sizes)) {
    const inner = valueAt(entry, path)
    if (isPlainObject(inner)) part[name] = Object.keys(inner).length
  }
  return part
}

function valueAt(from: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, step) => (isPlainObject(value) && Object.hasOwn(value, step) ? value[step] : undefined),
      from,
    )
}
