import type { AuditAction, AuditEvent, AuditStore } from '../audit/index.js'
import { withoutTypingMarks } from '../kernel/typing-marks.js'

type Finder = Pick<AuditStore, 'find' | 'findById'>

const ID_SHAPE = /^[A-Za-z0-9_.:-]{1,128}$/
const UUID_DIGITS = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/
/** What a blocked caller asks about, if one request has several events. */
const BLOCKS: readonly AuditAction[] = ['risk.blocked']

/**
 * The request ids that a reference can mean: as given, and as the gateway writes its own, when it was typed with other
 * case, spaces or dashes. Empty: it cannot be a reference.
 */
export function requestIdsOf(reference: string): readonly string[] {
  if (reference.length > 256) return []
  const exact = reference.trim()
  const digits = UUID_DIGITS.exec(withoutTypingMarks(exact).toLowerCase())
  const own = digits ? digits.slice(1).join('-') : exact
  return [...new Set([exact, own])].filter((id) => ID_SHAPE.test(id))
}

/**
 * The event that a person's reference means: the one with this id, or one of the request with this id. If there are
 * several, a block comes first, then the newest. Null: there is none.
 */
export async function findReferredEvent(
  store: Finder,
  reference: string,
  actions?: readonly AuditAction[],
): Promise<AuditEvent | null> {
  const requestIds = requestIdsOf(reference)
  const [exact] = requestIds
  if (exact === undefined) return null
  const named = await store.findById(exact)
  if (named) return named
  for (const only of [BLOCKS, actions]) {
    const filter = { requestIds, ...(only ? { actions: only } : {}) }
    const [event] = await store.find({ filter, order: 'NEWEST_FIRST', limit: 1 })
    if (event) return event
  }
  return null
}
