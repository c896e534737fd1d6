import { verifyLog, type VerifyLogInput, type VerifyLogOutcome } from '../../src/audit/index.js'
import { auditThreads, type AuditThreads } from '../../src/compose/audit-threads.js'
import type { PartEvents } from '../../src/compose/audit-thread-messages.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { auditWorld, numbered, ring, STORES, type AuditWorld } from './support/audit-world.js'

const EVENTS = 3_000
const THREADS = 2

describe.each(STORES)('a check of the log in threads of its own, on the %s store', (kind) => {
  let world: AuditWorld
  let threads: AuditThreads
  const keys = ring.all.map(({ id, verifying }) => {
    return { id, pem: verifying.export({ type: 'spki', format: 'pem' }).toString() }
  })
  beforeAll(async () => {
    world = await auditWorld(kind)
    const other = await world.anotherProcess()
    for (let count = 0; count < EVENTS; count += 500) {
      await Promise.all([world.log.record(numbered(count, 250)), other.log.record(numbered(count, 250, 'b'))])
      await world.checkpointer.look()
    }
  })
  afterAll(() => world.close())
  afterEach(() => threads.end())

  const start = (events: PartEvents = world.audit): AuditThreads => {
    const uri = world.uri
    const mongo = uri === null ? null : { mongodbUri: uri, patienceMilliseconds: 10_000 }
    return auditThreads({ keys, mongo }, events)
  }
  const verify = (input: VerifyLogInput = {}, progress?: (checked: number, total: number) => void) => {
    const { audit: events, checkpoints } = world
    const parts = { atOnce: THREADS, verify: threads.verify }
    return verifyLog({ events, checkpoints, parts, ...(progress ? { progress } : {}) }, input)
  }

  it('finds what a check in this thread finds, and says how far it has come', async () => {
    threads = start()
    const seen: (readonly [number, number])[] = []
    const outcome = await verify({}, (checked, total) => seen.push([checked, total]))
    expect(outcome).toEqual(await world.verify())
    expect(outcome).toMatchObject({ kind: 'intact', checked: EVENTS, uncovered: 0 })
    expect(seen.at(-1)).toEqual([EVENTS, EVENTS])
  })

  it('names the same break', async () => {
    threads = start()
    const sequence = world.placed(700)
    await world.events.updateOne({ sequence }, { $set: { outcome: 'DENIED' } })
    const outcome: VerifyLogOutcome = await verify()
    expect(outcome).toEqual(await world.verify())
    expect(outcome).toMatchObject({ kind: 'broken', break: { fault: 'EDITED', sequence: 700 } })
    await world.events.updateOne({ sequence }, { $set: { outcome: 'SUCCESS' } })
  })

  it('leaves this thread to others while it works', async () => {
    threads = start()
    let longest = 0
    let last = performance.now()
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 1)
    const before = performance.eventLoopUtilization()
    await verify()
    clearInterval(watch)
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.9)
    expect(longest).toBeLessThan(1_000)
  })

  it('rejects as unavailable when the store does not answer', async () => {
    const away = () => Promise.reject(new Unavailable('store'))
    threads = start({ between: away, rest: away })
    if (world.uri === null) await expect(verify()).rejects.toThrow(Unavailable)
  })
})
