import { eraseEvents, type NewAuditEvent, type NotedCheckpoint } from '../../src/audit/index.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { anEvent, auditWorld, numbered, otherRing, ring, STORES, type AuditWorld } from './support/audit-world.js'

const ERASED = 'erased-aaaaaaaaaaaaaaa' as AccountId
const byErased = anEvent({
  actor: { id: ERASED, type: 'ACCOUNT' },
  targets: [{ id: ERASED, type: 'ACCOUNT' }],
  metadata: { note: 'something' },
})

describe.each(STORES)('a check of the log that resumes, on the %s store', (kind) => {
  let world: AuditWorld
  beforeEach(async () => {
    world = await auditWorld(kind)
  })
  afterEach(() => world.close())

  const verified = async (): Promise<NotedCheckpoint> => {
    await world.checkpointer.look()
    const outcome = await world.verify()
    if (outcome.kind !== 'intact' || !outcome.checkpoint) throw new Error(JSON.stringify(outcome))
    return outcome.checkpoint
  }
  const since = (noted: NotedCheckpoint) => world.verify({ noted, after: noted })

  it('reads what came after the checkpoint, and nothing before', async () => {
    await world.log.record(numbered(1, 10))
    const noted = await verified()
    expect(await since(noted)).toMatchObject({ kind: 'intact', checked: 0, checkpoint: noted })
    await world.log.record(numbered(11, 4))
    expect(await since(noted)).toMatchObject({ kind: 'intact', checked: 4, uncovered: 4 })
    await world.checkpointer.look()
    expect(await since(noted)).toMatchObject({ kind: 'intact', checked: 4, uncovered: 0, checkpoint: { number: 2 } })
    await world.events.updateOne({ sequence: world.placed(2) }, { $set: { outcome: 'DENIED' } })
    expect((await since(noted)).kind).toBe('intact')
    expect((await world.verify()).kind).toBe('broken')
  })

  it('names a break after the checkpoint, and events that went from before it', async () => {
    await world.log.record(numbered(1, 10))
    const noted = await verified()
    await world.log.record(numbered(11, 4))
    await world.events.deleteMany({ sequence: world.placed(3) })
    expect(await since(noted)).toMatchObject({ kind: 'broken', break: { fault: 'DELETED', stream: null } })
    await world.events.updateOne({ sequence: world.placed(12) }, { $set: { outcome: 'DENIED' } })
    expect(await since(noted)).toMatchObject({ kind: 'broken', checked: 1, break: { fault: 'EDITED', sequence: 12 } })
  })

  it('goes on over streams that were sealed before, and one that is written again', async () => {
    await world.log.record(numbered(1, 3))
    await (await world.anotherProcess()).log.record(numbered(1, 2, 'b'))
    await world.checkpointer.look()
    world.clock.advance(3601)
    const noted = await verified()
    await world.log.record(numbered(4, 2))
    await world.checkpointer.look()
    await world.checkpointer.look()
    expect(await since(noted)).toMatchObject({ kind: 'intact', checked: 2, uncovered: 0 })
  })

  it('finds the erasure of an account on record where it was verified before', async () => {
    await world.log.record([byErased, { ...byErased, action: 'account.closed', metadata: {} }])
    const noted = await verified()
    await world.log.record([byErased])
    await eraseEvents(world.audit, ERASED, () => Promise.resolve(true))
    expect(await since(noted)).toMatchObject({ kind: 'intact', erased: 1 })
    const other = { id: 'other-aaaaaaaaaaaaaaaa', type: 'ACCOUNT' } as const
    await world.log.record([{ ...byErased, actor: other, targets: [other], context: null }])
    await world.events.updateOne({ sequence: world.placed(4) }, { $set: { details: null, 'salts.details': null } })
    expect(await since(noted)).toMatchObject({ kind: 'broken', break: { fault: 'EDITED', sequence: 4 } })
  })

  it('begins nowhere but at the checkpoint that was noted', async () => {
    await world.log.record(numbered(1, 3))
    const noted = await verified()
    expect(await since({ ...noted, hash: 'f'.repeat(64) })).toMatchObject({ break: { fault: 'REWRITTEN' } })
    expect(await since({ ...noted, number: 2 })).toMatchObject({ break: { fault: 'TRUNCATED', checkpoint: 2 } })
    await world.checkpointDocuments.updateOne({ _id: '000000000001' }, { $set: { open: [] } })
    expect(await since(noted)).toMatchObject({ break: { fault: 'FORGED', checkpoint: 1 } })
  })

  it('still wants a signature on what came after', async () => {
    await world.log.record(numbered(1, 3))
    const noted = await verified()
    await world.log.record(numbered(4, 3))
    await world.checkpointer.look()
    expect(await world.verify({ noted, after: noted }, otherRing)).toMatchObject({
      break: { fault: 'FORGED', checkpoint: 2 },
    })
  })

  describe('and that ends early', () => {
    /** As many as one part has. */
    const CHECKPOINTS = 300
    const isOver = (): boolean => true
    const some = (after: NotedCheckpoint | null = null) => world.verify({ after }, ring, { isOver, lanes: 1 })
    const fill = async (events: readonly NewAuditEvent[]): Promise<void> => {
      for (const event of events) {
        await world.log.record([event])
        await world.checkpointer.look()
      }
    }
    const upToOf = async (): Promise<NotedCheckpoint> => {
      const outcome = await some()
      if (outcome.kind !== 'unfinished' || !outcome.upTo) throw new Error(JSON.stringify(outcome))
      return outcome.upTo
    }

    it('says where another one resumes, and that one finds a break after it', async () => {
      await fill(numbered(1, CHECKPOINTS + 2))
      const upTo = await upToOf()
      expect(upTo.number).toBe(CHECKPOINTS)
      expect(await world.verify({ after: upTo })).toMatchObject({ kind: 'intact', checked: 2, verified: 302 })
      await world.events.updateOne({ sequence: world.placed(302) }, { $set: { outcome: 'DENIED' } })
      expect(await upToOf()).toEqual(upTo)
      expect(await some(upTo)).toMatchObject({ kind: 'broken', break: { fault: 'EDITED', sequence: 302 } })
    })

    it('names a break in what it has checked', async () => {
      await fill(numbered(1, CHECKPOINTS + 1))
      await world.events.updateOne({ sequence: world.placed(7) }, { $set: { outcome: 'DENIED' } })
      expect(await some()).toMatchObject({ kind: 'broken', break: { fault: 'EDITED', sequence: 7 } })
    })

    it('knows erasures that are later in the log, and names a loss without one', async () => {
      await fill([byErased, ...numbered(2, CHECKPOINTS - 1), { ...byErased, action: 'account.closed', metadata: {} }])
      await eraseEvents(world.audit, ERASED, () => Promise.resolve(true))
      expect(await some()).toMatchObject({ kind: 'unfinished', erased: 1, upTo: { number: CHECKPOINTS } })
      await world.events.updateOne({ sequence: world.placed(2) }, { $set: { details: null, 'salts.details': null } })
      expect(await some()).toMatchObject({ kind: 'broken', break: { fault: 'EDITED', sequence: 2 } })
    })

    it('goes on until a checkpoint whose key is known', async () => {
      const earlier = await world.anotherProcess(otherRing)
      for (const event of numbered(1, CHECKPOINTS)) {
        await earlier.log.record([event])
        await earlier.checkpointer.look()
      }
      expect(await world.verify({}, ring, { isOver, lanes: 1 })).toMatchObject({ break: { fault: 'FORGED' } })
    })
  })
})
