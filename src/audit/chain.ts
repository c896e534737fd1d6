import { createHash } from 'node:crypto'
import { FIRST_STREAM, type AuditEvent, type AuditFact } from './audit-event.js'
import { canonicalJson } from './canonical-json.js'
import { withoutPersonalParts } from './personal-parts.js'

/** The newest event of a stream: what the next one needs of it. */
export interface ChainHead {
  readonly sequence: number
  readonly hash: string
}

/** What the first event of a stream continues. */
export const GENESIS_HASH = '0'.repeat(64)
export const GENESIS: ChainHead = Object.freeze({ sequence: 0, hash: GENESIS_HASH })

/** Gives facts their places in a stream after `head`, in order. */
export function chain(stream: string, head: ChainHead, facts: readonly AuditFact[]): AuditEvent[] {
  let previous = head
  return facts.map((fact) => {
    const placed = { ...fact, stream, sequence: previous.sequence + 1, previousHash: previous.hash }
    const event = { ...placed, hash: hashOf(placed) }
    previous = event
    return event
  })
}

/**
 * SHA-256 (hex) over the canonical JSON of everything in an event except `hash`, including unknown fields. Commitments
 * replace the personal parts, so that the hash still holds after they are erased.
 */
export function hashOf(event: Omit<AuditEvent, 'hash'>): string {
  return hashByPlace(event)(event.sequence)
}

/** The hash the event would have at another place: cheap, so that many places can be tried. */
export function hashByPlace(event: Omit<AuditEvent, 'hash'>): (sequence: number) => string {
  // Events that are older than streams were hashed without one.
  const stream = event.stream === FIRST_STREAM ? undefined : event.stream
  const rest = canonicalJson({ ...withoutPersonalParts(event), stream, sequence: undefined, hash: undefined })
  return (sequence) =>
    createHash('sha256')
      .update(`{"sequence":${canonicalJson(sequence)},"event":${rest}}`)
      .digest('hex')
}
