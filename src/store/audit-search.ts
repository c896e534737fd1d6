import { AUDIT_OUTCOMES, type AuditFilter, type AuditMoment, type AuditSlice } from '../audit/index.js'
import type { Filter, FindOptions, Value } from './collection.js'
import { findInTurn } from './keyset.js'

type Slice = Pick<AuditSlice, 'filter' | 'below' | 'above' | 'order'>
type Found = Omit<AuditMoment, 'id'> & { readonly _id: string }

/**
 * With the outcomes, at most 180 scans of one index, which MongoDB and the embedded store merge instead of sorting.
 * MongoDB does so up to 200.
 */
const ACTIONS_AT_ONCE = 60

/**
 * Finds the documents of a slice, in its order. Every command is a range of an index that is already in this order, or
 * a merge of a few, so about as many entries are looked at as are answered (R173).
 */
export function searchAudit<T extends Found>(
  { order, limit, ...slice }: Slice & { readonly limit: number },
  find: (filter: Filter, options: FindOptions) => Promise<readonly T[]>,
): Promise<T[]> {
  const direction = order === 'NEWEST_FIRST' ? -1 : 1
  const sort = { occurredAt: direction, _id: direction } as const
  const searches = searchesOf(slice.filter)
  return findInTurn(rangesOf({ order, ...slice }), limit, async (range, most) => {
    const pages = await Promise.all(searches.map((search) => find({ ...search, ...range }, { sort, limit: most })))
    return merged(pages, direction).slice(0, most)
  })
}

/** Filters that together find what is asked for, each for the first fields of one index. */
function searchesOf({ actions, outcome, accountId, requestIds }: AuditFilter): readonly Filter[] {
  // Naming all outcomes lets one index serve filters with and without them.
  const how: Filter = { outcome: outcome ?? { $in: AUDIT_OUTCOMES } }
  const accounts: readonly Filter[] =
    accountId === undefined ? [{}] : [{ 'actor.id': accountId }, { 'targets.id': accountId }]
  if (requestIds !== undefined) {
    // A request has few events, so the other conditions are checked on them.
    const more: Filter = {
      ...(actions === undefined ? {} : { action: { $in: [...actions] } }),
      ...(outcome === undefined ? {} : { outcome }),
    }
    return requestIds.flatMap((id) => accounts.map((account) => ({ 'context.requestId': id, ...account, ...more })))
  }
  if (actions !== undefined) {
    const chosen = inParts([...new Set(actions)]).map((part) => ({ action: { $in: part }, ...how }))
    return accounts.flatMap((account) => chosen.map((each) => ({ ...account, ...each })))
  }
  if (accountId !== undefined) return accounts.map((account) => ({ ...account, ...how }))
  return [outcome === undefined ? {} : { outcome }]
}

function inParts<T>(values: readonly T[]): readonly T[][] {
  const count = Math.max(1, Math.ceil(values.length / ACTIONS_AT_ONCE))
  return Array.from({ length: count }, (_, nth) => values.slice(nth * ACTIONS_AT_ONCE, (nth + 1) * ACTIONS_AT_ONCE))
}

/**
 * The times of a slice, in its order: what is left of the millisecond of `below`, the time between, and what is left of
 * the millisecond of `above`.
 */
function rangesOf({ filter, below, above, order }: Slice): readonly Filter[] {
  const { from, until } = filter
  const isInside = ({ occurredAt }: AuditMoment): boolean =>
    (from === undefined || occurredAt >= from) && (until === undefined || occurredAt < until)
  const beside = (moments: readonly (AuditMoment | undefined)[]): Filter[] =>
    moments.flatMap((moment) => {
      if (moment === undefined || !isInside(moment)) return []
      const { occurredAt } = moment
      const at = (other: AuditMoment | undefined): string | undefined =>
        other?.occurredAt.getTime() === occurredAt.getTime() ? other.id : undefined
      return [{ occurredAt, ...bounds('_id', { $lt: at(below), $gt: at(above) }) }]
    })
  if (below && above && below.occurredAt.getTime() <= above.occurredAt.getTime()) {
    return below.occurredAt.getTime() === above.occurredAt.getTime() ? beside([below]) : []
  }
  const lower = above && (!from || above.occurredAt >= from) ? { $gt: above.occurredAt } : { $gte: from }
  const upper = below && (!until || below.occurredAt < until) ? below.occurredAt : until
  const between = bounds('occurredAt', { ...lower, $lt: upper })
  const ranges = [...beside([below]), between, ...beside([above])]
  return order === 'NEWEST_FIRST' ? ranges : ranges.reverse()
}

/** The documents of several pages in order, each once. */
function merged<T extends Found>(pages: readonly (readonly T[])[], direction: 1 | -1): readonly T[] {
  const [only, ...others] = pages
  if (only && others.length === 0) return only
  const found = new Map(pages.flat().map((document) => [document._id, document]))
  const compare = (a: T, b: T): number =>
    a.occurredAt.getTime() - b.occurredAt.getTime() || (a._id < b._id ? -1 : Number(a._id > b._id))
  return [...found.values()].sort((a, b) => compare(a, b) * direction)
}

/** A condition with the bounds that were given; none when there are none. */
function bounds(path: string, given: Readonly<Record<string, Value | undefined>>): Filter {
  const found = Object.entries(given).filter((entry): entry is [string, Value] => entry[1] !== undefined)
  return found.length === 0 ? {} : { [path]: Object.fromEntries(found) }
}
