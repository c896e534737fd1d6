import type { Filter, FindOptions, Index } from '../../src/store/index.js'

/** As many scans of one index as MongoDB merges instead of sorting (`internalQueryMaxScansToExplode`). */
const MOST_SCANS = 200

export interface Find {
  readonly filter: Filter
  readonly sort?: FindOptions['sort']
}

/** What a find costs when an index has exactly its range, in its order: as many entries as it answers, and `scans`. */
export interface BoundedFind {
  readonly scans: number
}

/**
 * Whether an index answers a find without looking at anything else: its first fields are compared for equality, the next
 * one may have bounds, and the rest is what is sorted by. No planner is asked, so this holds for every planner that uses
 * an index in its order. `unless` names conditions that may be checked on the documents.
 */
export function boundedFind(indexes: readonly Index[], find: Find, unless: readonly string[] = []): BoundedFind | null {
  const conditions = conditionsOf(find.filter)
  const narrowing = new Map([...conditions].filter(([path]) => !unless.includes(path)))
  const costs = [...indexes, { fields: { _id: 1 } } as Index].flatMap((index) => {
    const scans = scansOf(index, narrowing, find.sort)
    return scans === null ? [] : [scans]
  })
  return costs.length === 0 ? null : { scans: Math.min(...costs) }
}

function scansOf({ fields, sparse }: Index, conditions: ReadonlyMap<string, unknown>, sort: FindOptions['sort']) {
  const names = Object.keys(fields)
  const choices = names.map((name) => choicesOf(conditions.get(name)))
  const end = choices.indexOf(null)
  const at = end === -1 ? names.length : end
  const scans = choices.slice(0, at).reduce<number>((product, count) => product * (count ?? 1), 1)
  const isUsed = (path: string): boolean => names.slice(0, at + 1).includes(path)
  if (scans > MOST_SCANS || ![...conditions.keys()].every(isUsed)) return null
  if (sparse && at === 0 && !conditions.has(names[0] ?? '')) return null
  const isConstant = (name: string): boolean => names.indexOf(name) < at && choices[names.indexOf(name)] === 1
  const order = Object.entries(sort ?? {}).filter(([name]) => !names.includes(name) || !isConstant(name))
  const turns = order.map(([name, direction], nth) => (names[at + nth] === name ? direction * (fields[name] ?? 0) : 0))
  return turns.every((turn) => turn === 1) || turns.every((turn) => turn === -1) ? scans : null
}

/** How many values a condition of equality allows; null: it is a range or something else. */
function choicesOf(condition: unknown): number | null {
  if (condition === undefined) return null
  if (condition === null || typeof condition !== 'object' || condition instanceof Date) return 1
  const { $in: choices, ...others } = condition as { readonly $in?: readonly unknown[] }
  return choices && Object.keys(others).length === 0 ? choices.length : null
}

function conditionsOf(filter: Filter): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(filter).flatMap(([path, condition]) =>
      path === '$and'
        ? (condition as readonly Filter[]).flatMap((each) => [...conditionsOf(each)])
        : [[path, condition]],
    ),
  )
}
