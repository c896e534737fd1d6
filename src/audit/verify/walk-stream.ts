import type { AuditEvent } from '../audit-event.js'
import { hashByPlace, hashOf, type ChainHead } from '../chain.js'
import { placeName, type ChainBreak, type ChainFault } from './chain-break.js'
import type { ErasureTrace } from './trace-erasures.js'

// How far a moved event is searched for before it is reported as edited.
const REORDER_REACH = 10_000

/** Why an event is not the next one after `head`, or not what was written; null when all is well. */
export function breakAt(event: AuditEvent, head: ChainHead, erasures: ErasureTrace): ChainBreak | null {
  const { stream, sequence } = event
  const expected = head.sequence + 1
  if (!Number.isSafeInteger(sequence) || sequence < expected) {
    const place = Number.isFinite(sequence) ? sequence : null
    const claim = place === null ? 'no place there is' : `a place after ${head.sequence} that is taken`
    return broken('INSERTED', event, `an event of stream ${JSON.stringify(stream)} claims ${claim}`, place)
  }
  if (sequence > expected) return breakOfGap(stream, expected, sequence - 1)
  if (hashOf(event) !== event.hash) return breakOfContent(event)
  if (event.previousHash !== head.hash) {
    const detail = `${placeName(stream, sequence)} does not continue event ${head.sequence}: one of the two was put in later`
    return broken('INSERTED', event, detail)
  }
  if (erasures.follow(event) === 'sound') return null
  return broken('EDITED', event, `the personal parts of ${placeName(stream, sequence)} are not what was written`)
}

/** Events that are missing in the middle of a stream. */
function breakOfGap(stream: string, from: number, to: number): ChainBreak {
  return {
    fault: 'DELETED',
    checkpoint: null,
    stream,
    sequence: from,
    eventId: null,
    detail: missing(stream, from, to),
  }
}

/** Events that are missing at the end of a stream. */
export const breakOfEnd = (stream: string, from: number, to: number): ChainBreak => ({
  ...breakOfGap(stream, from, to),
  fault: 'TRUNCATED',
})

/** Events that are stored under a name that no place has. */
export const breakOfNoPlace = (stream: string): ChainBreak => ({
  fault: 'INSERTED',
  checkpoint: null,
  stream,
  sequence: null,
  eventId: null,
  detail: `an event of stream ${JSON.stringify(stream)} claims no place there is`,
})

function breakOfContent(event: AuditEvent): ChainBreak {
  const name = placeName(event.stream, event.sequence)
  const origin = originalSequence(event)
  if (origin === null) return broken('EDITED', event, `${name} is not what was written`)
  return broken('REORDERED', event, `${name} was written as event ${origin}`)
}

function broken(
  fault: ChainFault,
  { stream, id: eventId, sequence }: AuditEvent,
  detail: string,
  place: number | null = sequence,
): ChainBreak {
  return { fault, checkpoint: null, stream, sequence: place, eventId, detail }
}

/** The place at which the event's hash is right, if it was only moved. */
function originalSequence(event: AuditEvent): number | null {
  const hashAt = hashByPlace(event)
  for (let distance = 1; distance <= REORDER_REACH; distance += 1) {
    for (const sequence of [event.sequence + distance, event.sequence - distance]) {
      if (sequence > 0 && hashAt(sequence) === event.hash) return sequence
    }
  }
  return null
}

function missing(stream: string, from: number, to: number): string {
  if (from === to) return `${placeName(stream, from)} is missing`
  return `events ${from} to ${placeName(stream, to).replace('event ', '')} are missing`
}
