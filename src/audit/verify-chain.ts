import type { AuditEvent } from './audit-event.js'
import { traceErasures, type ErasureTrace } from './trace-erasures.js'
import { GENESIS, hashByPlace, hashOf, type ChainHead } from './chain.js'
import type { AuditStore } from './ports.js'

/** What was done to the log. */
export const CHAIN_FAULTS = ['EDITED', 'DELETED', 'REORDERED', 'INSERTED', 'TRUNCATED', 'REWRITTEN'] as const
export type ChainFault = (typeof CHAIN_FAULTS)[number]

/** The first place where the chain does not hold. */
export interface ChainBreak {
  readonly fault: ChainFault
  /** The place that is wrong; for `DELETED` the first event that is missing. */
  readonly sequence: number
  /** The event found there; null when there is none. */
  readonly eventId: string | null
  readonly detail: string
}

export type VerifyChainOutcome =
  /** `erased`: how many of them have lost personal parts, each with the erasure of its account on record. */
  | { readonly kind: 'intact'; readonly checked: number; readonly erased: number; readonly head: ChainHead }
  /** `checked` events before the break are as they were written. */
  | { readonly kind: 'broken'; readonly checked: number; readonly break: ChainBreak }

export interface VerifyChainInput {
  /** A head noted earlier and kept elsewhere: the only way to notice that the end of the log was cut off or rewritten. */
  readonly expected?: { readonly sequence: number; readonly hash?: string }
}

const PAGE = 500
// How far an event is looked for that stands in the wrong place, before it is called edited.
const REORDER_REACH = 10_000

/** Reads the whole log in pages, from the first event on, and stops at the first break. */
export async function verifyChain(store: AuditStore, input: VerifyChainInput = {}): Promise<VerifyChainOutcome> {
  // Counted before: what is appended meanwhile can only make more events than this.
  const atLeast = await store.count()
  const erasures = traceErasures()
  let head: ChainHead = GENESIS
  let checked = 0
  for (;;) {
    const page = await store.page(head.sequence, PAGE)
    for (const event of page) {
      const found = breakAt(event, head) ?? breakOfExpected(event, input.expected) ?? breakOfParts(event, erasures)
      if (found) return { kind: 'broken', checked, break: found }
      head = { sequence: event.sequence, hash: event.hash }
      checked += 1
    }
    if (page.length < PAGE) break
  }
  const found = breakAtEnd(head, { checked, atLeast }, input.expected)
  if (found) return { kind: 'broken', checked, break: found }
  const unexplained = erasures.unexplained()
  if (unexplained) return { kind: 'broken', checked: unexplained.sequence - 1, break: breakOfErasure(unexplained) }
  return { kind: 'intact', checked, erased: erasures.count(), head }
}

function breakAt(event: AuditEvent, head: ChainHead): ChainBreak | null {
  const { sequence, id: eventId } = event
  const expected = head.sequence + 1
  if (!Number.isSafeInteger(sequence) || sequence < expected) {
    return {
      fault: 'INSERTED',
      sequence,
      eventId,
      detail: `an event claims a place after ${head.sequence} that is taken`,
    }
  }
  if (sequence > expected) {
    return { fault: 'DELETED', sequence: expected, eventId: null, detail: missing(expected, sequence - 1) }
  }
  if (hashOf(event) !== event.hash) return breakOfContent(event)
  if (event.previousHash === head.hash) return null
  const detail = `event ${sequence} does not continue event ${head.sequence}: one of the two was put in later`
  return { fault: 'INSERTED', sequence, eventId, detail }
}

function breakOfContent(event: AuditEvent): ChainBreak {
  const { sequence, id: eventId } = event
  const origin = originalSequence(event)
  if (origin === null)
    return { fault: 'EDITED', sequence, eventId, detail: `event ${sequence} is not what was written` }
  return { fault: 'REORDERED', sequence, eventId, detail: `event ${sequence} was written as event ${origin}` }
}

function breakOfParts(event: AuditEvent, erasures: ErasureTrace): ChainBreak | null {
  if (erasures.follow(event) === 'sound') return null
  const { sequence, id: eventId } = event
  return {
    fault: 'EDITED',
    sequence,
    eventId,
    detail: `the personal parts of event ${sequence} are not what was written`,
  }
}

function breakOfErasure({ sequence, eventId }: { readonly sequence: number; readonly eventId: string }): ChainBreak {
  const detail = `personal parts of event ${sequence} are gone, and no erasure of its account is on record`
  return { fault: 'EDITED', sequence, eventId, detail }
}

/** The place at which the event would be whole, if it only was moved. */
function originalSequence(event: AuditEvent): number | null {
  const hashAt = hashByPlace(event)
  for (let distance = 1; distance <= REORDER_REACH; distance += 1) {
    for (const sequence of [event.sequence + distance, event.sequence - distance]) {
      if (sequence > 0 && hashAt(sequence) === event.hash) return sequence
    }
  }
  return null
}

function breakOfExpected(event: AuditEvent, expected: VerifyChainInput['expected']): ChainBreak | null {
  if (expected?.hash === undefined || event.sequence !== expected.sequence || event.hash === expected.hash) return null
  const detail = `event ${event.sequence} or one before it was replaced and everything after it hashed anew`
  return { fault: 'REWRITTEN', sequence: event.sequence, eventId: event.id, detail }
}

function breakAtEnd(
  head: ChainHead,
  events: { readonly checked: number; readonly atLeast: number },
  expected: VerifyChainInput['expected'],
): ChainBreak | null {
  const sequence = head.sequence + 1
  if (expected !== undefined && head.sequence < expected.sequence) {
    return { fault: 'TRUNCATED', sequence, eventId: null, detail: missing(sequence, expected.sequence) }
  }
  if (events.checked >= events.atLeast) return null
  const detail = `${events.atLeast - events.checked} stored events have no place in the chain`
  return { fault: 'INSERTED', sequence, eventId: null, detail }
}

function missing(from: number, to: number): string {
  return from === to ? `event ${from} is missing` : `events ${from} to ${to} are missing`
}
