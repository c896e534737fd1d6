import { types } from 'node:util'
import { isPlainObject } from '../check-value.js'
import type { KeptRow, Place } from './kept-row.js'
import type { Row } from './row.js'

type Fields = Record<string, unknown>

/** What an update made of a row: the paths that have another value now, and those that are gone. */
interface Delta {
  readonly set: Fields
  readonly unset: readonly string[]
}

/** A row as JSON, with dates as `{ $date }`, which no document has. */
export const textOfRow = (row: Row): Buffer => Buffer.from(JSON.stringify(markDates(row)))

/** What is different in `after`, as JSON. An update shares with `before` what it leaves alone, so this looks at little. */
export function textOfChanges(before: Row, after: Row): Buffer {
  const delta = { set: {} as Fields, unset: [] as string[] }
  compare(before, after, '', delta)
  return Buffer.from(JSON.stringify(markDates(delta)))
}

/** The row in its present state, read from the texts at its places. */
export function readRow(row: KeptRow, textAt: (place: Place) => Buffer): Row {
  if (row.place === null) throw new Error(`the row ${row.id} was never written`)
  const value = readDates(JSON.parse(textAt(row.place).toString('utf8'))) as Row
  for (const change of row.changes) applyDelta(value, JSON.parse(textAt(change).toString('utf8')) as Delta)
  if (value._id !== row.id) throw new Error(`there is another row in the place of ${row.id}`)
  return value
}

function compare(before: Fields, after: Fields, path: string, delta: { set: Fields; unset: string[] }): void {
  for (const [key, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, key) ? before[key] : undefined
    if (old === value) continue
    if (isPlainObject(old) && isPlainObject(value)) compare(old, value, `${path}${key}.`, delta)
    else delta.set[`${path}${key}`] = value
  }
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) delta.unset.push(`${path}${key}`)
}

function applyDelta(row: Row, { set, unset }: Delta): void {
  for (const [path, value] of Object.entries(set)) at(row, path, (parent, key) => (parent[key] = readDates(value)))
  for (const path of unset) at(row, path, (parent, key) => delete parent[key])
}

function at(row: Row, path: string, change: (parent: Fields, key: string) => void): void {
  const segments = path.split('.')
  const key = segments.pop() ?? path
  const parent = segments.reduce<unknown>((inner, segment) => (inner as Fields)[segment], row)
  if (!isPlainObject(parent)) throw new Error(`a change leads to ${path}, which is not there`)
  change(parent, key)
}

/** A copy with marked dates. Half as slow as a replacer, which is asked for every value. */
function markDates(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(markDates)
  if (types.isDate(value)) return { $date: value.getTime() }
  const copy: Fields = { ...value }
  for (const key of Object.keys(copy)) copy[key] = markDates(copy[key])
  return copy
}

/** Puts dates in the place of what `mark` names, inside a value fresh from `JSON.parse`. */
export function readDates(value: unknown, mark = '$date'): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) value[index] = readDates(value[index], mark)
    return value
  }
  const fields = value as Fields
  if (typeof fields[mark] === 'number') return new Date(fields[mark])
  for (const key of Object.keys(fields)) {
    const inner = fields[key]
    if (typeof inner === 'object' && inner !== null) fields[key] = readDates(inner, mark)
  }
  return fields
}
