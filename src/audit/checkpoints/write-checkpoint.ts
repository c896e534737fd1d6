import { secondsAfter, type Clock } from '../../kernel/clock.js'
import type { Logger } from '../../kernel/logger.js'
import { GENESIS_HASH } from '../chain.js'
import type { AuditStore, CheckpointStore } from '../ports.js'
import {
  byStream,
  eventLeaf,
  hashOfCheckpoint,
  NO_CHECKPOINT,
  openAfter,
  rootOfEvents,
  rootOfOpen,
  unverifiedStatement,
  type Checkpoint,
  type OpenHead,
  type Statement,
  type StreamHead,
} from './checkpoint.js'
import { keyIdOf, type CheckpointSigner } from './sign-checkpoint.js'

export interface WriteCheckpointDeps {
  readonly events: Pick<AuditStore, 'between' | 'openStreams' | 'closeStreams'>
  readonly checkpoints: Pick<CheckpointStore, 'append' | 'newestOf'>
  readonly signer: CheckpointSigner
  readonly limits: CheckpointLimits
  readonly clock: Clock
  readonly logger: Logger
}

export interface CheckpointLimits {
  /** As many events as one checkpoint covers: its proofs read them all. */
  readonly checkpointEvents: number
  /** A stream that does not grow for so long has ended: the process that wrote it is gone. */
  readonly sealSeconds: number
}

export interface WriteCheckpointInput {
  readonly last: Checkpoint | null
  /** Streams to look at beside those that are known to be open: the one this process writes. */
  readonly alsoFollow: readonly string[]
  /** Streams that have ended. */
  readonly ended: readonly string[]
  /** Writes a checkpoint without events too when the last one is signed with another key. */
  readonly handOver: boolean
}

export type WriteCheckpointOutcome =
  /** `more`: it is full and there are events left for the next one. */
  | { readonly kind: 'written'; readonly checkpoint: Checkpoint; readonly more: boolean }
  | { readonly kind: 'nothing-new' }
  /** Another process wrote this number first. */
  | { readonly kind: 'lost' }

/** Small, because reading them holds up the requests of this process. */
const PAGE = 100

/**
 * Covers what all streams have gained since the last checkpoint. Any process may do this at any time: streams only grow,
 * so what is read is a beginning of the truth, and the unique number decides between two that do it at once.
 */
export async function writeCheckpoint(
  deps: WriteCheckpointDeps,
  input: WriteCheckpointInput,
): Promise<WriteCheckpointOutcome> {
  const { last } = input
  const maxEvents = deps.limits.checkpointEvents
  const now = deps.clock.now()
  const { followed, deserted, listed } = await streamsToFollow(deps, input, now)
  const leaves: Buffer[] = []
  const heads: StreamHead[] = []
  for (const stream of followed) {
    const head = await readOn(deps, stream, maxEvents - leaves.length, leaves)
    const grew = head.sequence > stream.sequence
    const hasEnded = input.ended.includes(stream.stream) || (!grew && isOver(deps, stream.grownAt, now))
    // A full checkpoint stops before it looks for later events.
    const sealed = hasEnded && (grew || listed.has(stream.stream)) && leaves.length < maxEvents
    if (grew || sealed) heads.push({ ...head, after: stream.sequence, sealed })
  }
  const handsOver = input.handOver && last !== null && keyIdOf(last.signed) !== deps.signer.keyId
  if (heads.length === 0 && !handsOver) {
    if (deserted.length > 0) await deps.events.closeStreams(deserted)
    return { kind: 'nothing-new' }
  }
  const checkpoint = await signedCheckpoint(deps.signer, { last, heads, leaves, now })
  if (!(await deps.checkpoints.append(checkpoint))) return { kind: 'lost' }
  const closed = [...deserted, ...heads.filter(({ sealed }) => sealed).map(({ stream }) => stream)]
  // A process that dies before this leaves an announcement. The next checkpoint removes it.
  if (closed.length > 0) await deps.events.closeStreams(closed)
  return { kind: 'written', checkpoint, more: leaves.length >= maxEvents }
}

const isOver = ({ limits }: WriteCheckpointDeps, moment: Date, now: Date): boolean =>
  secondsAfter(moment, limits.sealSeconds) <= now

/**
 * Every stream that may have grown, by id, with where it was covered to. `listed`: the open ones of the last checkpoint.
 * `deserted`: announced long ago, but not among them.
 */
async function streamsToFollow(deps: WriteCheckpointDeps, { last, alsoFollow }: WriteCheckpointInput, now: Date) {
  const open = new Map((last?.open ?? []).map((head) => [head.stream, head]))
  const listed: ReadonlySet<string> = new Set(open.keys())
  const announced = (await deps.events.openStreams()).filter(({ id }) => !listed.has(id))
  const next = (last?.number ?? 0) + 1
  for (const { id, openedAt } of announced) open.set(id, await coveredBelow(next, deps, id, openedAt))
  for (const id of alsoFollow) if (!open.has(id)) open.set(id, await coveredBelow(next, deps, id, now))
  return {
    followed: [...open.values()].sort(byStream),
    listed,
    deserted: announced.filter(({ openedAt }) => isOver(deps, openedAt, now)).map(({ id }) => id),
  }
}

/** Where a stream that is in no list of open ones was covered to: it is new, or was sealed and is written again. */
async function coveredBelow(
  number: number,
  { checkpoints }: WriteCheckpointDeps,
  stream: string,
  since: Date,
): Promise<OpenHead> {
  const newest = await checkpoints.newestOf(stream, number)
  const head = newest && unverifiedStatement(newest.signed)?.heads.find((each) => each.stream === stream)
  return head
    ? { stream, sequence: head.sequence, hash: head.hash, grownAt: since }
    : { stream, sequence: 0, hash: GENESIS_HASH, grownAt: since }
}

/** Follows a stream as far as it holds together. What does not is left to the check of the log, and never signed. */
async function readOn(
  { events, logger }: WriteCheckpointDeps,
  from: OpenHead,
  room: number,
  leaves: Buffer[],
): Promise<Omit<StreamHead, 'after' | 'sealed'>> {
  const { stream } = from
  let { sequence, hash } = from
  const end = sequence + room
  while (sequence < end) {
    const until = Math.min(sequence + PAGE, end)
    const page = await events.between(stream, sequence, until)
    for (const event of page) {
      if (event.sequence !== sequence + 1 || event.previousHash !== hash) {
        logger.error({ stream, sequence: sequence + 1 }, 'the audit log is broken: see `stepgate audit verify`')
        return { stream, sequence, hash }
      }
      leaves.push(eventLeaf(event.hash))
      sequence = event.sequence
      hash = event.hash
    }
    if (sequence < until) break
  }
  return { stream, sequence, hash }
}

interface Content {
  readonly last: Checkpoint | null
  readonly heads: readonly StreamHead[]
  readonly leaves: readonly Buffer[]
  readonly now: Date
}

async function signedCheckpoint(signer: CheckpointSigner, { last, heads, leaves, now }: Content): Promise<Checkpoint> {
  const before = last && unverifiedStatement(last.signed)
  const at = now.toISOString()
  const open = openAfter(last?.open ?? [], { heads, at })
  const statement: Statement = {
    version: 1,
    number: (last?.number ?? 0) + 1,
    at,
    previous: last ? hashOfCheckpoint(last.signed) : NO_CHECKPOINT,
    heads,
    events: {
      count: leaves.length,
      root: rootOfEvents(leaves),
      total: (before?.events.total ?? 0) + leaves.length,
    },
    open: { count: open.length, root: rootOfOpen(open) },
  }
  const signed = await signer.sign(statement)
  return { number: statement.number, at: now, signed, streams: heads.map(({ stream }) => stream), open }
}
