import { repeatEvery } from '../../kernel/repeat.js'
import { FIRST_STREAM } from '../audit-event.js'
import type { StreamLog } from '../audit-log.js'
import type { CheckpointStore } from '../ports.js'
import { hashOfCheckpoint, rootOfOpen, type Checkpoint } from './checkpoint.js'
import { readSigned, type FindKey } from './sign-checkpoint.js'
import { writeCheckpoint, type WriteCheckpointDeps } from './write-checkpoint.js'

export interface CheckpointerDeps extends WriteCheckpointDeps {
  readonly checkpoints: WriteCheckpointDeps['checkpoints'] & Pick<CheckpointStore, 'newest'>
  readonly findKey: FindKey
  /** The log of this process. */
  readonly log: Pick<StreamLog, 'stream'>
}

/** Writes checkpoints for as long as there is something new. */
export interface Checkpointer {
  /** Looks for something new. Never rejects. */
  look(): Promise<void>
  /** Looks again and again. */
  start(everySeconds: number): void
  /** Covers what this process has written and seals its stream. Never rejects. */
  stop(): Promise<void>
}

const LAST_ATTEMPTS = 3

/**
 * Every process has one, and none is the leader. If a process finds a newer checkpoint than it knows, it leaves the
 * work to the process that wrote it. If that process is gone, there is no newer checkpoint, and the next process that
 * looks takes over. No clock decides.
 */
export function createCheckpointer(deps: CheckpointerDeps): Checkpointer {
  const { checkpoints, logger, log } = deps
  let seen: number | null = null
  let repeated: ReturnType<typeof repeatEvery> | null = null

  async function cover(ended: readonly string[]): Promise<'done' | 'lost'> {
    const isFirst = seen === null
    const last = await newest()
    const isNews = seen !== null && (last?.number ?? 0) > seen
    seen = last?.number ?? 0
    if (isNews && ended.length === 0) return 'done'
    if (last && !(await isSound(last))) return 'done'
    const stream = log.stream()
    // A process of an older version may still write events without a stream.
    const alsoFollow = [...(isFirst ? [FIRST_STREAM] : []), ...(stream === null ? [] : [stream])]
    const outcome = await writeCheckpoint(deps, { last, alsoFollow, ended, handOver: isFirst })
    if (outcome.kind !== 'written') return outcome.kind === 'lost' ? 'lost' : 'done'
    const { number, signed } = outcome.checkpoint
    seen = number
    logger.info({ number, hash: hashOfCheckpoint(signed) }, 'audit checkpoint')
    return outcome.more ? cover(ended) : 'done'
  }

  async function newest(): Promise<Checkpoint | null> {
    const found = await checkpoints.newest(seen ?? 0)
    if (found !== null || !seen) return found
    logger.error({ seen }, 'checkpoints of the audit log were removed')
    return checkpoints.newest(0)
  }

  /** A process must never sign a checkpoint that continues one with an invalid signature. */
  async function isSound({ number, signed, open }: Checkpoint): Promise<boolean> {
    const verdict = await readSigned(signed, deps.findKey)
    if (verdict.kind === 'good' && verdict.statement.number === number) {
      if (rootOfOpen(open) === verdict.statement.open.root) return true
    }
    const says = 'no checkpoint is written: the last one was altered, or its key is not in STEPGATE_KEYS'
    logger.error({ number, verdict: verdict.kind }, says)
    return false
  }

  const quietly = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (err) {
      logger.warn({ err }, 'no checkpoint of the audit log could be written; what is new is covered by the next one')
    }
  }

  return {
    look: () => quietly(() => cover([])),
    start: (everySeconds) => {
      repeated ??= repeatEvery(everySeconds, () => quietly(() => cover([])))
    },
    stop: async () => {
      await repeated?.stop()
      const stream = log.stream()
      if (stream === null) return
      await quietly(async () => {
        for (let attempt = 1; attempt <= LAST_ATTEMPTS; attempt += 1) if ((await cover([stream])) === 'done') return
      })
    },
  }
}
