import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { NewAuditEvent } from '../../../src/audit/index.js'
import { openRepositories, openStore, type Store } from '../../../src/store/index.js'
import { aroundStore } from '../../../test/support/around-store.js'
import { OPEN_RULES } from '../../../test/support/mfa-rules.js'
import { RIVALS, type Rival, type Writer } from './writers.js'

export interface Cell {
  readonly rival: Rival
  readonly writers: number
  /** How far the store is away, in milliseconds, there and back. */
  readonly delayMs: number
}

export interface Measured {
  readonly eventsPerSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
}

const WARM_UP_MS = 200
const MEASURED_MS = 800
/** Requests at once in each process; each records one event after the other. */
const CALLERS = 4

const EVENT: NewAuditEvent = {
  action: 'challenge.passed',
  actor: { id: 'account-aaaaaaaaaaaaaa', type: 'ACCOUNT' },
  targets: [{ id: 'challenge-aaaaaaaaaaaa', type: 'CHALLENGE' }],
  outcome: 'SUCCESS',
  context: {
    requestId: 'request-1',
    origin: {
      address: '203.0.113.9',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
      clientHints: { brands: '', mobile: '', platform: '' },
      language: 'en',
    },
    operation: { name: 'VerifyChallenge', hash: 'abc' },
    sessionId: null,
    deviceId: null,
  },
  metadata: { factorType: 'TOTP' },
}

/** Writers of one log, each with a connection of its own where the store has connections, all in this process. */
export async function measure({ rival, writers, delayMs }: Cell): Promise<Measured> {
  const stores = await openStores(writers, delayMs)
  const made: Writer[] = stores.map((store) => RIVALS[rival](store))
  await stores[0]?.prepare()
  const latencies: number[] = []
  const end = { warmUp: performance.now() + WARM_UP_MS, all: performance.now() + WARM_UP_MS + MEASURED_MS }
  const call = async ({ log }: Writer): Promise<void> => {
    for (let start = performance.now(); start < end.all; start = performance.now()) {
      await log.record([EVENT])
      const done = performance.now()
      if (start >= end.warmUp && done <= end.all) latencies.push(done - start)
    }
  }
  await Promise.all(made.flatMap((writer) => Array.from({ length: CALLERS }, () => call(writer))))
  for (const writer of made) await writer.stop()
  for (const store of new Set(stores)) await store.close()
  const sorted = latencies.sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  return { eventsPerSecond: (1000 * latencies.length) / MEASURED_MS, p50Ms: at(0.5), p95Ms: at(0.95) }
}

async function openStores(writers: number, delayMs: number): Promise<readonly Store[]> {
  const uri = process.env['MONGODB_URI']
  const settings = {
    dataDirectory: null,
    ...(uri ? { mongodbUri: uri, mongodbDatabase: `bench-${randomUUID()}` } : {}),
  }
  const open = async (): Promise<Store> => {
    const store = await openStore({ ...settings, patienceMilliseconds: 30_000 })
    openRepositories(store, async () => OPEN_RULES)
    return delayMs === 0 ? store : delayed(store, delayMs)
  }
  const first = await open()
  if (!uri) return Array.from({ length: writers }, () => first)
  return [first, ...(await Promise.all(Array.from({ length: writers - 1 }, open)))]
}

const delayed = (store: Store, delayMs: number): Store =>
  aroundStore(store, async (_, carryOut) => {
    await sleep(delayMs)
    return carryOut()
  })
