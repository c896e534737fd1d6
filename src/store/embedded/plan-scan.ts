import { isPlainObject, isScalar } from '../check-value.js'
import type { Filter, FindOptions } from '../collection.js'
import { compareTypes, compareValues } from './sort-rows.js'

/** A bound of a scan, in the direction of the index. */
export interface Bound {
  readonly value: unknown
  /** `type`: everything of the type of the value, because values are ordered only among their own type. */
  readonly edge: 'closed' | 'open' | 'type'
}

export interface Bounds {
  readonly low: Bound | null
  readonly high: Bound | null
}

/** The ranges of an index among which are all rows that match. */
export interface ScanPlan {
  /** The values of the first fields: one scan for each combination. */
  readonly prefixes: readonly (readonly unknown[])[]
  /** The bounds of the field after them. */
  readonly bounds: Bounds
  /** 1 when each scan is in the order asked for, -1 when it is in the opposite one, null when neither. */
  readonly turn: 1 | -1 | null
  /** The higher, the fewer rows are likely to be looked at for nothing. */
  readonly worth: number
}

export interface ScannedIndex {
  readonly names: readonly string[]
  readonly directions: readonly (1 | -1)[]
  readonly sparse: boolean
  /** Whether a row has a list in this field: such a row has an entry for each element. */
  readonly hasLists: (field: number) => boolean
}

export const NO_BOUNDS: Bounds = { low: null, high: null }
const WORTH = { equality: 4, choice: 3, sorted: 2, bounds: 1 } as const
/** As many scans of one index as MongoDB merges instead of sorting (`internalQueryMaxScansToExplode`). */
const MOST_SCANS = 200

export function planScan(index: ScannedIndex, filter: Filter, sort: FindOptions['sort']): ScanPlan {
  const { names, directions, sparse } = index
  const conditions = conditionsOf(filter)
  const values = valuesOf(names, conditions)
  const at = values.length
  const bounds = boundsOf(conditions.get(names[at] ?? ''), directions[at] ?? 1, index.hasLists(at))
  const turn = sort && !sparse ? turnOf(index, values, sort) : null
  const prefixWorth = values.map((choices) => (choices.length === 1 ? WORTH.equality : WORTH.choice))
  return {
    prefixes: combinations(values),
    bounds,
    turn,
    worth:
      prefixWorth.reduce<number>((sum, worth) => sum + worth, 0) +
      (turn === null ? 0 : WORTH.sorted) +
      (bounds === NO_BOUNDS ? 0 : WORTH.bounds),
  }
}

/** Below 0: the value lies before the range; above 0: after it. `direction` is that of the index. */
export function againstBounds(value: unknown, { low, high }: Bounds, direction: 1 | -1): number {
  const order = (bound: Bound): number =>
    (bound.edge === 'type' ? compareTypes(value, bound.value) : compareValues(value, bound.value)) * direction
  const [fromLow, fromHigh] = [low ? order(low) : 1, high ? order(high) : -1]
  if (fromLow < 0 || (fromLow === 0 && low?.edge === 'open')) return -1
  return fromHigh > 0 || (fromHigh === 0 && high?.edge === 'open') ? 1 : 0
}

/** The conditions that every match meets, by path. A path keeps its first: a scan may be wide, the filter is checked again. */
function conditionsOf(filter: Filter, found = new Map<string, unknown>()): ReadonlyMap<string, unknown> {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and') for (const each of condition as readonly Filter[]) conditionsOf(each, found)
    else if (path !== '$or' && !found.has(path)) found.set(path, condition)
  }
  return found
}

/** What each of the first fields may equal, for as many as there are such conditions and scans. */
function valuesOf(names: readonly string[], conditions: ReadonlyMap<string, unknown>): (readonly unknown[])[] {
  const values: (readonly unknown[])[] = []
  let scans = 1
  for (const name of names) {
    const choices = choicesOf(conditions.get(name))
    scans *= choices?.length ?? 0
    if (choices === null || scans > MOST_SCANS) break
    values.push(choices)
  }
  return values
}

function choicesOf(condition: unknown): readonly unknown[] | null {
  if (isSearchable(condition)) return [condition]
  const choices = isPlainObject(condition) ? condition['$in'] : undefined
  return Array.isArray(choices) && choices.every(isSearchable) ? unique(choices) : null
}

const unique = (choices: readonly unknown[]): readonly unknown[] =>
  choices.filter((choice, at) => choices.findIndex((other) => compareValues(choice, other) === 0) === at)

const combinations = (values: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] =>
  values.reduce<readonly (readonly unknown[])[]>(
    (begun, choices) => begun.flatMap((prefix) => choices.map((choice) => [...prefix, choice])),
    [[]],
  )

function boundsOf(condition: unknown, direction: 1 | -1, hasLists: boolean): Bounds {
  if (!isPlainObject(condition)) return NO_BOUNDS
  const above = boundOf(condition['$gt'], condition['$gte'], 1)
  const below = boundOf(condition['$lt'], condition['$lte'], -1)
  const given = above ?? below
  if (given === null) return NO_BOUNDS
  const end: Bound = { value: given.value, edge: 'type' }
  const [low, high] = direction === 1 ? [above, below] : [below, above]
  // One element of a list may be above and another below.
  return { low: low ?? end, high: hasLists && low ? end : (high ?? end) }
}

/** The narrower one of two bounds; `inwards` is the direction in which they become narrower. */
function boundOf(open: unknown, closed: unknown, inwards: 1 | -1): Bound | null {
  if (open === undefined && closed === undefined) return null
  const isOpen = closed === undefined || (open !== undefined && compareValues(open, closed) * inwards >= 0)
  return isOpen ? { value: open, edge: 'open' } : { value: closed, edge: 'closed' }
}

function turnOf(
  { names, directions, hasLists }: ScannedIndex,
  values: readonly (readonly unknown[])[],
  sort: NonNullable<FindOptions['sort']>,
): 1 | -1 | null {
  let at = values.length
  const turns = new Set<number>()
  for (const [name, direction] of Object.entries<number>(sort)) {
    const place = names.indexOf(name)
    if (place === -1 || hasLists(place)) return null
    // The same in every row that matches.
    if (place < values.length && values[place]?.length === 1) continue
    if (place !== at) return null
    turns.add(direction * (directions[at] ?? 0))
    at += 1
  }
  if (turns.size > 1) return null
  return turns.has(-1) ? -1 : 1
}

/** Null is not looked up: it also equals fields that are missing, which a sparse index leaves out. */
const isSearchable = (value: unknown): boolean => value !== undefined && value !== null && isScalar(value)
