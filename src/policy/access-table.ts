import type { Requirement } from './requirement.js'

/** One guarded field and its requirement. */
export interface AccessRow extends Requirement {
  readonly typeName: string
  readonly fieldName: string
}

/** The requirements of all guarded fields of a schema. Built once at start and never changed. */
export interface AccessTable {
  /** Sorted by type and field. */
  readonly rows: readonly AccessRow[]
  /** Null if the field has no guard. It then requires nothing beyond the fields on its path. */
  requirementOf(typeName: string, fieldName: string): Requirement | null
  /** The guard of the object type itself, which also applies to its `__typename`. */
  requirementOfType(typeName: string): Requirement | null
}

export function createAccessTable(rows: readonly AccessRow[], types: ReadonlyMap<string, Requirement>): AccessTable {
  const sorted = [...rows].sort((a, b) => compare(a.typeName, b.typeName) || compare(a.fieldName, b.fieldName))
  const byCoordinate = new Map(sorted.map((row) => [coordinateOf(row), Object.freeze(row)]))
  const byType = new Map(types)
  return Object.freeze({
    rows: Object.freeze(sorted),
    requirementOf: (typeName: string, fieldName: string) => byCoordinate.get(`${typeName}.${fieldName}`) ?? null,
    requirementOfType: (typeName: string) => byType.get(typeName) ?? null,
  })
}

/** The schema coordinate of a row, such as `Query.me`. */
export const coordinateOf = (row: Pick<AccessRow, 'typeName' | 'fieldName'>): string =>
  `${row.typeName}.${row.fieldName}`

// By code point, not by locale: the printed table is a golden file.
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
