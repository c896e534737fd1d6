import { types } from 'node:util'
import type { Value } from '../collection.js'

/** A record without what a reader fills in anyway: nulls, missing values and empty maps. */
export function withoutEmpty(record: object): { readonly [name: string]: Value } {
  const entries: readonly (readonly [string, Value])[] = Object.entries(record)
  return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)))
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true
  return typeof value === 'object' && !Array.isArray(value) && !types.isDate(value) && Object.keys(value).length === 0
}
