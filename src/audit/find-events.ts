import type { AuditEvent } from './audit-event.js'
import type { AuditFilter, AuditMoment, AuditStore } from './ports.js'

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

/**
 * Finds events by time, newest first, page by page. A cursor names an event, so pages do not shift while new events
 * arrive. An event that is stored late appears at its own time.
 */
export async function findEvents(store: Pick<AuditStore, 'find'>, input: FindEventsInput): Promise<FindEventsOutcome> {
  const backwards = input.last != null
  const size = input.last ?? input.first ?? DEFAULT_PAGE
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE || (backwards && input.first != null)) {
    return { kind: 'bad-page-size' }
  }
  const { from, until } = input.filter
  if (from !== undefined && until !== undefined && from >= until) return { kind: 'bad-range' }
  const below = momentOf(input.after)
  const above = momentOf(input.before)
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
  const edges = events.map((node) => ({ cursor: cursorOf(node), node }))
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

// Milliseconds that a date can hold (ECMA-262 section 21.4.1.1), and an id of any version.
const CURSOR_SHAPE = /^audit:(\d{1,15}):([A-Za-z0-9_-]{1,128})$/
const MAX_CURSOR = 256

const cursorOf = ({ occurredAt, id }: AuditMoment): string =>
  Buffer.from(`audit:${occurredAt.getTime()}:${id}`).toString('base64url')

/** The event of a cursor; undefined if none was given, null if the cursor is not valid. */
function momentOf(cursor: string | null | undefined): AuditMoment | null | undefined {
  if (cursor === null || cursor === undefined) return undefined
  const plain = cursor.length > MAX_CURSOR ? '' : Buffer.from(cursor, 'base64url').toString('latin1')
  const [, milliseconds, id] = CURSOR_SHAPE.exec(plain) ?? []
  if (milliseconds === undefined || id === undefined) return null
  const moment = { occurredAt: new Date(Number(milliseconds)), id }
  return cursorOf(moment) === cursor ? moment : null
}
