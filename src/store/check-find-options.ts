import { checkField } from './check-filter.js'
import { checkPath } from './check-value.js'
import type { FindOptions } from './collection.js'

/** Throws on a limit that one store takes for "all", and on sorting by something that is no field. */
export function checkFindOptions({ sort, limit }: FindOptions, fields: ReadonlySet<string> | null): void {
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) throw new TypeError('a limit is a count')
  for (const [path, direction] of Object.entries<number>(sort ?? {})) {
    checkPath(path)
    checkField(path, fields)
    if (direction !== 1 && direction !== -1) throw new TypeError(`${path} is sorted up (1) or down (-1)`)
  }
}
