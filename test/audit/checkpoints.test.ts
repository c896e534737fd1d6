import { hashOfCheckpoint, unverifiedStatement } from '../../src/audit/checkpoints/checkpoint.js'
import type { CheckpointStore } from '../../src/audit/index.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { createCheckpointer } from '../../src/audit/index.js'
import { checkpointSigner } from '../../src/audit/index.js'
import { silentLogger } from '../../src/kernel/logger.js'
import {
  CHECKPOINT_LIMITS,
  anEvent,
  auditWorld,
  findKeyIn,
  numbered,
  otherRing,
  ring,
  STORES,
  type AuditProcess,
  type AuditWorld,
} from './support/audit-world.js'

describe.each(STORES)('checkpoints of the audit log on the %s store', (kind) => {
  let world: AuditWorld
  beforeEach(async () => {
    world = await auditWorld(kind)
  })
  afterEach(() => world.close())

  const numbers = async () => (await world.checkpoints.page(0, 1000)).map(({ number }) => number)
  const newest = async () => {
    const checkpoint = await world.checkpoints.newest(0)
    const statement = checkpoint && unverifiedStatement(checkpoint.signed)
    if (!statement) throw new Error('no checkpoint')
    return { checkpoint, statement }
  }
  const checkpointerOf = (process: AuditProcess, over: Partial<CheckpointStore>) =>
    createCheckpointer({
      ...{ events: process.audit, checkpoints: { ...process.checkpoints, ...over }, log: process.log },
      limits: CHECKPOINT_LIMITS,
      ...{ signer: checkpointSigner(ring), findKey: findKeyIn(ring), clock: world.clock, logger: silentLogger },
    })

  it('covers what all streams have gained, names where each ends, and continues the one before', async () => {
    const other = await world.anotherProcess()
    await Promise.all([world.log.record(numbered(1, 3)), other.log.record(numbered(1, 2, 'b'))])
    await world.checkpointer.look()
    const first = await newest()
    expect(first.statement).toMatchObject({ number: 1, previous: '0'.repeat(64), events: { count: 5, total: 5 } })
    expect(first.statement.open.count).toBe(2)
    await other.log.record([anEvent()])
    await world.checkpointer.look()
    const { statement } = await newest()
    expect(statement).toMatchObject({
      ...{ number: 2, previous: hashOfCheckpoint(first.checkpoint.signed), events: { count: 1, total: 6 } },
      heads: [{ stream: other.log.stream(), after: 2, sequence: 3, sealed: false }],
    })
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: 6, uncovered: 0, checkpoint: { number: 2 } })
  })

  it('writes none for a log without events, and none while nothing is new', async () => {
    await world.checkpointer.look()
    expect(await numbers()).toEqual([])
    await world.log.record([anEvent()])
    for (let times = 0; times < 3; times += 1) await world.checkpointer.look()
    expect(await numbers()).toEqual([1])
  })

  it('lets exactly one of eight processes win a number, round after round', async () => {
    const processes = await Promise.all(Array.from({ length: 8 }, () => world.anotherProcess()))
    for (let round = 1; round <= 5; round += 1) {
      await Promise.all(processes.map(({ log }, nth) => log.record(numbered(1, 1 + (nth % 3), `p${nth}`))))
      await Promise.all(processes.map(({ checkpointer }) => checkpointer.look()))
      await Promise.all(processes.map(({ checkpointer }) => checkpointer.look()))
    }
    const written = await numbers()
    expect(written).toEqual(Array.from(written, (_, nth) => nth + 1))
    expect(await world.verify()).toMatchObject({ kind: 'intact', uncovered: 0 })
  })

  it('writes nothing more where two computed the same number and the other was first', async () => {
    await world.log.record(numbered(1, 2))
    const slow = checkpointerOf(world, {
      append: async (checkpoint) => {
        await (await world.anotherProcess()).checkpointer.look()
        return world.checkpoints.append(checkpoint)
      },
    })
    await slow.look()
    expect(await numbers()).toEqual([1])
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: 2, uncovered: 0 })
  })

  it('leaves the work to the process that wrote the last one, and takes over when that process is gone', async () => {
    const leader = await world.anotherProcess()
    await leader.log.record([anEvent()])
    await leader.checkpointer.look()
    await world.checkpointer.look()
    for (let round = 2; round <= 4; round += 1) {
      await leader.log.record([anEvent()])
      await leader.checkpointer.look()
      const before = world.store.roundTrips
      await world.checkpointer.look()
      if (kind === 'mongodb') expect(world.store.roundTrips - before).toBe(1)
    }
    await leader.log.record([anEvent()])
    await world.checkpointer.look()
    expect(await numbers()).toEqual([1, 2, 3, 4, 5])
  })

  it('covers what a process wrote that was killed before its stream was seen', async () => {
    const killed = await world.anotherProcess()
    await killed.log.record(numbered(1, 3))
    await world.checkpointer.look()
    expect((await newest()).statement.heads).toMatchObject([{ stream: killed.log.stream(), sequence: 3 }])
  })

  it('covers what is stored late after a checkpoint with a later time', async () => {
    const late = await world.anotherProcess()
    await late.log.record([anEvent()])
    world.clock.advance(60)
    await world.checkpointer.look()
    world.clock.advance(-50)
    await late.log.record([anEvent()])
    await world.checkpointer.look()
    expect((await newest()).statement).toMatchObject({ number: 2, events: { count: 1 } })
    expect(await world.verify()).toMatchObject({ kind: 'intact', uncovered: 0 })
  })

  it('seals the stream of a process that stops, and takes it from the list of open ones', async () => {
    await world.log.record(numbered(1, 3))
    await world.checkpointer.stop()
    const { statement, checkpoint } = await newest()
    expect(statement).toMatchObject({ number: 1, open: { count: 0 }, heads: [{ sequence: 3, sealed: true }] })
    expect(checkpoint.open).toEqual([])
    expect(await world.audit.openStreams()).toEqual([])
  })

  it('writes nothing when a process stops that has written nothing', async () => {
    const other = await world.anotherProcess()
    await other.log.record([anEvent()])
    await world.checkpointer.stop()
    expect(await numbers()).toEqual([])
  })

  it('seals a stream that did not grow for an hour, once, and then has nothing left to write', async () => {
    const killed = await world.anotherProcess()
    await killed.log.record([anEvent()])
    await world.checkpointer.look()
    world.clock.advance(3599)
    await world.checkpointer.look()
    expect(await numbers()).toEqual([1])
    world.clock.advance(2)
    for (let times = 0; times < 3; times += 1) await world.checkpointer.look()
    expect(await numbers()).toEqual([1, 2])
    expect((await newest()).statement).toMatchObject({ events: { count: 0 }, open: { count: 0 } })
    expect(await world.audit.openStreams()).toEqual([])
    expect((await world.verify()).kind).toBe('intact')
  })

  it('keeps the list of open streams short, however many processes there have been', async () => {
    for (let process = 1; process <= 30; process += 1) {
      await (await world.anotherProcess()).log.record([anEvent()])
      await world.checkpointer.look()
      world.clock.advance(600)
    }
    expect((await newest()).statement.open.count).toBeLessThanOrEqual(7)
    expect((await world.audit.openStreams()).length).toBeLessThanOrEqual(7)
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: 30 })
  })

  it('opens a sealed stream again when its process writes on, as after a long pause', async () => {
    await world.log.record([anEvent()])
    await world.checkpointer.look()
    world.clock.advance(3601)
    await (await world.anotherProcess()).checkpointer.look()
    expect((await newest()).statement.open.count).toBe(0)
    await world.log.record([anEvent()])
    await world.checkpointer.look()
    await world.checkpointer.look()
    expect((await newest()).statement).toMatchObject({
      number: 3,
      heads: [{ after: 1, sequence: 2 }],
      open: { count: 1 },
    })
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: 2, uncovered: 0 })
  })

  it('holds when it is killed between the checkpoint and what it tidies after it', async () => {
    await world.log.record([anEvent()])
    const { closeStreams: _, ...rest } = world.audit
    const dying = createCheckpointer({
      ...{ events: { ...rest, closeStreams: () => Promise.reject(new Unavailable('store')) }, log: world.log },
      limits: CHECKPOINT_LIMITS,
      ...{ checkpoints: world.checkpoints, signer: checkpointSigner(ring), findKey: findKeyIn(ring) },
      ...{ clock: world.clock, logger: silentLogger },
    })
    await dying.stop()
    expect((await newest()).statement.open.count).toBe(0)
    expect(await world.audit.openStreams()).toHaveLength(1)
    const next = await world.anotherProcess()
    await next.checkpointer.look()
    await next.checkpointer.look()
    expect(await numbers()).toEqual([1])
    world.clock.advance(3601)
    await next.checkpointer.look()
    expect([await numbers(), await world.audit.openStreams()]).toEqual([[1], []])
  })

  it('goes on after the store was away', async () => {
    await world.log.record([anEvent()])
    let down = true
    const flaky = checkpointerOf(world, {
      newest: (from) => (down ? Promise.reject(new Unavailable('store')) : world.checkpoints.newest(from)),
    })
    await flaky.look()
    down = false
    await flaky.look()
    expect(await numbers()).toEqual([1])
  })

  it('is signed anew with a new key at the start of a process that has it, though nothing is new', async () => {
    await world.log.record([anEvent()])
    await world.checkpointer.look()
    const both = { ...otherRing, find: (id: string) => otherRing.find(id) ?? ring.find(id) }
    const rotated = await world.anotherProcess(both)
    await rotated.checkpointer.look()
    await rotated.checkpointer.look()
    expect(await numbers()).toEqual([1, 2])
    // The one before needs its key no more: the last one vouches for it.
    expect(await world.verify({}, otherRing)).toMatchObject({ kind: 'intact', checkpoint: { number: 2 } })
    expect(await world.verify({}, ring)).toMatchObject({ kind: 'broken', break: { fault: 'FORGED', checkpoint: 2 } })
  })

  it('continues nothing that no key of the installation signed, and nothing that was altered', async () => {
    await world.log.record([anEvent()])
    await world.checkpointer.look()
    await world.log.record([anEvent()])
    await (await world.anotherProcess(otherRing)).checkpointer.look()
    expect(await numbers()).toEqual([1])
    await world.checkpointDocuments.updateOne({ _id: '000000000001' }, { $set: { open: [] } })
    await (await world.anotherProcess()).checkpointer.look()
    expect(await numbers()).toEqual([1])
  })

  it('covers nothing beyond a place where a stream does not hold together', async () => {
    await world.log.record(numbered(1, 5))
    await world.events.deleteMany({ sequence: world.placed(3) })
    await world.checkpointer.look()
    expect((await newest()).statement).toMatchObject({ events: { count: 2 } })
    expect(await world.verify()).toMatchObject({ kind: 'broken', break: { fault: 'DELETED', sequence: 3 } })
  })
})
