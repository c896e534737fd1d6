import { FIRST_STREAM } from '../audit-event.js'
import { GENESIS, type ChainHead } from '../chain.js'
import { unverifiedStatement, type NotedCheckpoint, type Statement } from '../checkpoints/checkpoint.js'
import type { CheckpointStore, StreamReader } from '../ports.js'
import { breakOfCheckpoint, type ChainBreak } from './chain-break.js'
import { followCheckpoint, type FollowedSoFar } from './follow-checkpoint.js'
import type { CoveredPart, LogPart } from './verify-part.js'

export interface LogPartsDeps {
  readonly events: Pick<StreamReader, 'nextStream'>
  readonly checkpoints: Pick<CheckpointStore, 'page' | 'newestOf'>
}

export interface LogPartsInput {
  readonly start: FollowedSoFar
  /** The number of the last checkpoint to follow. */
  readonly last: number
  readonly noted: NotedCheckpoint | null
}

export interface LogParts {
  /** First what checkpoints cover, in their order, then what each stream holds beyond; ends at a broken checkpoint. */
  parts(): AsyncGenerator<LogPart>
  /** The last checkpoint that was followed. */
  now(): FollowedSoFar
  /** What is wrong with the checkpoint after that. */
  broken(): ChainBreak | null
}

const CHECKPOINTS_A_PAGE = 100
const PART = { events: 5_000, checkpoints: 300 }

export function logParts({ events, checkpoints }: LogPartsDeps, { start, last, noted }: LogPartsInput): LogParts {
  let now = start
  let broken: ChainBreak | null = null

  async function* covered(): AsyncGenerator<CoveredPart> {
    let part = emptyPart()
    while (now.number < last && broken === null) {
      const page = await checkpoints.page(now.number, CHECKPOINTS_A_PAGE)
      if (page.length === 0) broken = missing(now.number + 1)
      for (const checkpoint of page) {
        const statement = unverifiedStatement(checkpoint.signed)
        const ends = await endsBefore(statement)
        const outcome = followCheckpoint(
          { ...now, ends: new Map([...now.ends, ...ends]) },
          { checkpoint, statement },
          noted,
        )
        if (outcome.kind === 'broken') {
          broken = outcome.break
          break
        }
        part.add(checkpoint.signed, outcome.statement, ends)
        now = outcome.now
        if (part.isFull()) {
          yield part.done()
          part = emptyPart()
        }
        if (now.number === last) break
      }
    }
    if (!part.isEmpty()) yield part.done()
    const end = noted?.number ?? 0
    if (now.number < end) broken ??= truncated(now.number, end)
  }

  async function* uncovered(): AsyncGenerator<LogPart> {
    for (let stream: string | null = FIRST_STREAM; stream !== null; stream = await events.nextStream(stream)) {
      yield { kind: 'uncovered', stream, after: await endOf(stream) }
    }
  }

  /** Where the streams of a statement ended before it. */
  async function endsBefore(statement: Statement | null): Promise<ReadonlyMap<string, ChainHead>> {
    const ends = new Map<string, ChainHead>()
    for (const { stream } of statement?.heads ?? []) ends.set(stream, await endOf(stream))
    return ends
  }

  async function endOf(stream: string): Promise<ChainHead> {
    const known = now.ends.get(stream)
    if (known || start.number === 0) return known ?? GENESIS
    // A check that resumes knows the streams that were open; others were sealed before.
    const checkpoint = await checkpoints.newestOf(stream, start.number + 1)
    const head = checkpoint && unverifiedStatement(checkpoint.signed)?.heads.find((each) => each.stream === stream)
    return head ? { sequence: head.sequence, hash: head.hash } : GENESIS
  }

  return {
    parts: async function* () {
      yield* covered()
      if (broken === null) yield* uncovered()
    },
    now: () => now,
    broken: () => broken,
  }
}

function emptyPart() {
  const checkpoints: CoveredPart['checkpoints'][number][] = []
  const before = new Map<string, ChainHead>()
  let events = 0
  return {
    add: (signed: string, statement: Statement, ends: ReadonlyMap<string, ChainHead>) => {
      checkpoints.push({ signed, statement })
      for (const [stream, end] of ends) if (!before.has(stream)) before.set(stream, end)
      events += statement.events.count
    },
    isEmpty: () => checkpoints.length === 0,
    isFull: () => events >= PART.events || checkpoints.length >= PART.checkpoints,
    done: (): CoveredPart => ({ kind: 'covered', checkpoints, before }),
  }
}

const missing = (number: number): ChainBreak => breakOfCheckpoint('DELETED', number, `checkpoint ${number} is missing`)

function truncated(from: number, to: number): ChainBreak {
  const detail = `the log ends with checkpoint ${from}, and checkpoint ${to} was noted`
  return breakOfCheckpoint('TRUNCATED', from + 1, detail)
}
