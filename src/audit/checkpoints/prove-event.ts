import { secondsAfter } from '../../kernel/clock.js'
import type { AuditEvent } from '../audit-event.js'
import type { AuditStore, CheckpointStore } from '../ports.js'
import { eventLeaf, unverifiedStatement, type Checkpoint, type Statement } from './checkpoint.js'
import { inclusionPath } from './merkle.js'

/** A proof that an event is in the log, which can be checked without the log. */
export interface EventProof {
  readonly version: 1
  /** As it is stored: with the personal parts and their salts, as far as they were not erased. */
  readonly event: AuditEvent
  /** The place of the event among those of the checkpoint, and the hashes that lead from it to the root (RFC 6962). */
  readonly index: number
  readonly path: readonly string[]
  /** The signed checkpoint. */
  readonly checkpoint: string
}

export type ProveEventOutcome =
  | { readonly kind: 'proved'; readonly proof: EventProof }
  | { readonly kind: 'no-such-event' }
  /** No checkpoint covers it yet. */
  | { readonly kind: 'not-covered' }
  /** The log does not hold together around it. */
  | { readonly kind: 'broken' }

export interface ProveEventDeps {
  readonly events: Pick<AuditStore, 'findById' | 'between'>
  readonly checkpoints: Pick<CheckpointStore, 'pageOf' | 'numberAt'>
}

/** How far apart the clocks of two processes usually are, at most. Where they are further apart, more is searched. */
const CLOCKS_APART_SECONDS = 600
const PAGE = 500

/** Proves an event in as many hashes as its checkpoint has bits: 14 for 10,000 events. */
export async function proveEvent({ events, checkpoints }: ProveEventDeps, id: string): Promise<ProveEventOutcome> {
  const known = await events.findById(id)
  if (!known) return { kind: 'no-such-event' }
  const found = await coveringCheckpoint(checkpoints, known)
  if (!found) return { kind: 'not-covered' }
  const leaves: Buffer[] = []
  let [index, event]: [number, AuditEvent | null] = [-1, null]
  for (const { stream, after, sequence } of found.statement.heads) {
    for (let place = after; place < sequence; place += PAGE) {
      for (const each of await events.between(stream, place, Math.min(place + PAGE, sequence))) {
        if (each.id === id) [index, event] = [leaves.length, each]
        leaves.push(eventLeaf(each.hash))
      }
    }
  }
  if (!event || leaves.length !== found.statement.events.count) return { kind: 'broken' }
  const path = inclusionPath(leaves, index).map((hash) => hash.toString('hex'))
  return { kind: 'proved', proof: { version: 1, event, index, path, checkpoint: found.checkpoint.signed } }
}

interface Covering {
  readonly checkpoint: Checkpoint
  readonly statement: Statement
}

/** Usually the next one after the event by time; the time only says where the search begins. */
async function coveringCheckpoint(
  checkpoints: ProveEventDeps['checkpoints'],
  event: AuditEvent,
): Promise<Covering | null> {
  const likely = await checkpoints.numberAt(secondsAfter(event.occurredAt, -CLOCKS_APART_SECONDS))
  return (await searchFrom(checkpoints, event, likely)) ?? (await searchFrom(checkpoints, event, 0))
}

async function searchFrom(
  checkpoints: ProveEventDeps['checkpoints'],
  { stream, sequence }: AuditEvent,
  number: number,
): Promise<Covering | null> {
  for (let after = number; ;) {
    const page = await checkpoints.pageOf(stream, after, PAGE)
    for (const checkpoint of page) {
      const statement = unverifiedStatement(checkpoint.signed)
      const head = statement?.heads.find((each) => each.stream === stream)
      if (!statement || !head) continue
      // The first one looked at covers later events already: the search began too late.
      if (sequence <= head.after) return null
      if (sequence <= head.sequence) return { checkpoint, statement }
    }
    const last = page.at(-1)
    if (!last || page.length < PAGE) return null
    after = last.number
  }
}
