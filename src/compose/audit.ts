import {
  checkpointSigner,
  createAuditLog,
  createCheckpointer,
  createRefusalLog,
  readAfterWriting,
  verifyLog,
  verifyPart,
  type AuditStore,
  type AuditVerifier,
  type FindKey,
  type StreamLog,
  type VerifyLogDeps,
} from '../audit/index.js'
import { repeatEvery, type Repeated } from '../kernel/repeat.js'
import type { Adapters } from './adapters.js'
import { auditThreads } from './audit-threads.js'

type AuditParts = Pick<Adapters, 'config' | 'logger' | 'clock' | 'ring' | 'secrets' | 'store' | 'repositories' | 'risk'>

/** How often refusal counts are searched for those whose window has ended. */
const REFUSAL_SWEEP_SECONDS = 15
/** A shorter log is checked sooner than a thread has started. */
const WORTH_THREADS = 2_000

/** The audit log of this process, with its followers and its verification. */
export function composeAudit(parts: AuditParts) {
  const { config, logger, clock, ring, repositories } = parts
  const { checkpointStore } = repositories
  const findKey: FindKey = (id) => ring.find(id)?.verifying ?? null
  const audit = createAuditLog({
    ...{ store: repositories.auditStore, outbox: repositories.outboxStore, outboxSettings: config.audit.outbox },
    ...{ clock, logger, secrets: parts.secrets, countryOf: parts.risk.countryOf },
  })
  const auditStore = readAfterWriting(repositories.auditStore, audit)
  const refusalLog = createRefusalLog({ audit, clock, logger, window: config.audit.refusals })
  const sweeping = repeatEvery(REFUSAL_SWEEP_SECONDS, () => refusalLog.sweep())
  const checkpointer = createCheckpointer({
    ...{ events: auditStore, checkpoints: checkpointStore, log: audit },
    ...{ signer: checkpointSigner(ring), findKey, limits: config.audit, clock, logger },
  })
  const outbox = composeOutboxSweeps(parts, audit)
  return {
    audit,
    auditStore,
    refusalLog,
    checkpointer,
    sweepOutbox: outbox.start,
    auditVerifierIn: (threads: number) => createVerifier(parts, auditStore, findKey, threads),
    flushRefusals: async () => {
      await Promise.all([sweeping.stop(), outbox.stop()])
      await refusalLog.flush()
    },
    /** Call it when nothing else writes any more. */
    endAudit: async () => {
      await audit.drain()
      await checkpointer.stop()
    },
  }
}

/** Delivers what processes left in documents when they were killed. */
function composeOutboxSweeps({ config, store }: AuditParts, audit: StreamLog) {
  const { sweptAfterSeconds } = config.audit.outbox
  let sweeping: Repeated | null = null
  let first = Promise.resolve()
  return {
    start: () => {
      // Only this process has the files of the embedded store, so everything that waits there was left behind.
      first = audit.sweep(store.kind === 'embedded' ? 0 : sweptAfterSeconds)
      sweeping = repeatEvery(sweptAfterSeconds, () => audit.sweep())
    },
    stop: () => Promise.all([first, sweeping?.stop()]),
  }
}

function createVerifier(
  { config, ring, store, repositories }: AuditParts,
  events: AuditStore,
  findKey: FindKey,
  threads: number,
): AuditVerifier {
  const { checkpointStore: checkpoints } = repositories
  const { mongodbUri, patienceMilliseconds } = config.store
  const mongo = store.kind === 'mongodb' && mongodbUri !== null ? { mongodbUri, patienceMilliseconds } : null
  const keys = ring.all.map(({ id, verifying }) => {
    return { id, pem: verifying.export({ type: 'spki', format: 'pem' }).toString() }
  })
  const here: VerifyLogDeps['parts'] = { atOnce: 1, verify: (part) => verifyPart({ events, findKey }, part) }
  let turn: Promise<unknown> = Promise.resolve()

  const verify: AuditVerifier['verify'] = async (input, watch) => {
    const deps = { events, checkpoints, ...watch }
    if ((await events.size()) < WORTH_THREADS) return verifyLog({ ...deps, parts: here }, input)
    const pool = auditThreads({ keys, mongo }, events)
    try {
      return await verifyLog({ ...deps, parts: { atOnce: threads, verify: pool.verify } }, input)
    } finally {
      await pool.end()
    }
  }
  return {
    // One at a time: an operator who starts it twice does not get twice the threads.
    verify: (input, watch) => {
      const outcome = turn.then(() => verify(input, watch))
      turn = outcome.catch(() => undefined)
      return outcome
    },
  }
}
