import type { AuditEvent } from './audit-event.js'
import type { AuditFilter, AuditStore } from './ports.js'

const MAX_PAGE = 100

export interface FindEventsInput {
  readonly filter: AuditFilter
  /** How many, newest first, from `after` on; at most `MAX_PAGE`. */
  readonly first?: number | null
  readonly after?: string | null
  /** How many towards newer events, up to `before`; not together with `first`. */
  readonly last?: number | null
  readonly before?: string | null
}

/** A page in the words of the Relay connection specification. */
export interface AuditPage {
  readonly edges: readonly { readonly cursor: string; readonly node: AuditEvent }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
}

export type FindEventsOutcome =
  | { readonly kind: 'found'; readonly page: AuditPage }
  | { readonly kind: 'bad-cursor' }
  | { readonly kind: 'bad-page-size' }
  | { readonly kind: 'bad-range' }

const DEFAULT_PAGE = 20

/** Finds events, newest first, page by page. Pages stand still while new events come in: cursors are places in the chain. */
export async function findEvents(store: Pick<AuditStore, 'find'>, input: FindEventsInput): Promise<FindEventsOutcome> {
  const backwards = input.last != null
  const size = input.last ?? input.first ?? DEFAULT_PAGE
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE || (backwards && input.first != null)) {
    return { kind: 'bad-page-size' }
  }
  const { from, until } = input.filter
  if (from !== undefined && until !== undefined && from >= until) return { kind: 'bad-range' }
  const below = placeOf(input.after)
  const above = placeOf(input.before)
  if (below === null || above === null) return { kind: 'bad-cursor' }

  const found = await store.find({
    filter: input.filter,
    ...(below === undefined ? {} : { below }),
    ...(above === undefined ? {} : { above }),
    order: backwards ? 'OLDEST_FIRST' : 'NEWEST_FIRST',
    // One more than asked for tells whether there is more.
    limit: size + 1,
  })
  const events = found.slice(0, size)
  if (backwards) events.reverse()
  const more = found.length > size
  return {
    kind: 'found',
    page: pageOf(
      events,
      backwards ? { before: more, after: above !== undefined } : { before: below !== undefined, after: more },
    ),
  }
}

function pageOf(events: readonly AuditEvent[], more: { readonly before: boolean; readonly after: boolean }): AuditPage {
  const edges = events.map((node) => ({ cursor: cursorOf(node.sequence), node }))
  return {
    edges,
    pageInfo: {
      // Events never go away, so the event a cursor was made of is still there, on the side the page was read from.
      hasPreviousPage: more.before,
      hasNextPage: more.after,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

const CURSOR_SHAPE = /^audit:([1-9]\d{0,14})$/

const cursorOf = (sequence: number): string => Buffer.from(`audit:${sequence}`).toString('base64url')

/** The place a cursor stands for; undefined when none was given, null when it is not one of ours. */
function placeOf(cursor: string | null | undefined): number | null | undefined {
  if (cursor === null || cursor === undefined) return undefined
  const plain = cursor.length > 64 ? '' : Buffer.from(cursor, 'base64url').toString('latin1')
  const digits = CURSOR_SHAPE.exec(plain)?.[1]
  return digits === undefined || cursorOf(Number(digits)) !== cursor ? null : Number(digits)
}
