import { GENESIS_HASH, type ChainHead } from '../chain.js'
import {
  hashOfCheckpoint,
  NO_CHECKPOINT,
  openAfter,
  rootOfOpen,
  type Checkpoint,
  type NotedCheckpoint,
  type OpenHead,
  type Statement,
} from '../checkpoints/checkpoint.js'
import { breakOfCheckpoint, type ChainBreak, type ChainFault } from './chain-break.js'

/** Where a check has come to: what the next checkpoint has to continue. */
export interface FollowedSoFar {
  readonly number: number
  readonly hash: string
  /** How many events all checkpoints up to here cover. */
  readonly total: number
  readonly open: readonly OpenHead[]
  /** Where every stream ended that was met so far. */
  readonly ends: ReadonlyMap<string, ChainHead>
}

export const fromTheBeginning = (): FollowedSoFar => ({
  ...{ number: 0, hash: NO_CHECKPOINT, total: 0, open: [] },
  ends: new Map(),
})

export type FollowOutcome =
  | { readonly kind: 'followed'; readonly statement: Statement; readonly now: FollowedSoFar }
  | { readonly kind: 'broken'; readonly break: ChainBreak }

/**
 * Whether a checkpoint continues what came before, by what it says itself; its signature and its events are checked
 * elsewhere. Nothing is read and nothing changed.
 */
export function followCheckpoint(
  before: FollowedSoFar,
  { checkpoint, statement }: { readonly checkpoint: Checkpoint; readonly statement: Statement | null },
  noted: NotedCheckpoint | null,
): FollowOutcome {
  const expected = before.number + 1
  const broken = (fault: ChainFault, detail: string): FollowOutcome => ({
    kind: 'broken',
    break: breakOfCheckpoint(fault, expected, detail),
  })
  if (checkpoint.number > expected) return broken('DELETED', `checkpoint ${expected} is missing`)
  if (statement?.number !== expected) return broken('FORGED', `checkpoint ${expected} does not say that it is one`)
  const hash = hashOfCheckpoint(checkpoint.signed)
  if (noted?.number === expected && noted.hash !== hash) {
    return broken('REWRITTEN', `checkpoint ${expected} is not the one that was noted`)
  }
  if (statement.previous !== before.hash) {
    return broken('REWRITTEN', `checkpoint ${expected} does not continue checkpoint ${before.number}`)
  }
  if (!continuesStreams(before, statement)) {
    return broken('FORGED', `checkpoint ${expected} covers other events than those after checkpoint ${before.number}`)
  }
  const open = openAfter(before.open, statement)
  const isListed = [open, checkpoint.open].every((heads) => rootOfOpen(heads) === statement.open.root)
  if (!isListed || open.length !== statement.open.count) {
    return broken('FORGED', `checkpoint ${expected} lists other open streams than there are`)
  }
  const ends = new Map(before.ends)
  for (const { stream, sequence, hash: end } of statement.heads) ends.set(stream, { sequence, hash: end })
  return { kind: 'followed', statement, now: { number: expected, hash, total: statement.events.total, open, ends } }
}

function continuesStreams(before: FollowedSoFar, { heads, events }: Statement): boolean {
  let last = ''
  let count = 0
  for (const [nth, { stream, after, sequence, hash }] of heads.entries()) {
    if (nth > 0 && stream <= last) return false
    const end = before.ends.get(stream) ?? { sequence: 0, hash: GENESIS_HASH }
    if (after !== end.sequence || sequence < after || (sequence === after && hash !== end.hash)) return false
    count += sequence - after
    last = stream
  }
  return count === events.count && events.total === before.total + count
}
