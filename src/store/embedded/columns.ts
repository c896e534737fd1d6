import { crc32 } from 'node:zlib'
import type { Index } from '../collection.js'
import { leafOf, type Leaves } from './leaves.js'
import { leavesAt } from './match-filter.js'

/** The fields that the indexes of a table are made of. */
export interface Columns {
  /** Differs when the fields or their order do: leaves in the journal are good for the columns they were read by. */
  readonly key: number
  /** The place of each path among the leaves of a row. */
  readonly of: ReadonlyMap<string, number>
  readonly read: (row: unknown) => Leaves
}

export function columnsOf(indexes: readonly Index[]): Columns {
  const paths = [...new Set(indexes.flatMap(({ fields }) => Object.keys(fields)))].sort()
  const segments = paths.map((path) => path.split('.'))
  return {
    key: crc32(JSON.stringify(paths)),
    of: new Map(paths.map((path, at) => [path, at])),
    read: (row) => segments.map((path) => leafOf(leavesAt(row, path))),
  }
}
