import { verifyAuditCommand, type ChainFault, type VerifyLogInput } from '../../src/audit/index.js'
import { hashOf } from '../../src/audit/chain.js'
import type { Value } from '../../src/store/index.js'
import { auditWorld, everything, numbered, STORES, type AuditWorld } from './support/audit-world.js'

describe.each(STORES)('the check of the chain on the %s store', (kind) => {
  let world: AuditWorld
  beforeEach(async () => {
    world = await auditWorld(kind)
    await world.log.record(numbered(1, 12))
  })
  afterEach(() => world.close())

  const edit = (sequence: number, $set: Record<string, Value>) =>
    world.events.updateOne({ sequence: world.placed(sequence) }, { $set })
  const expectBreak = async (fault: ChainFault, sequence: number) =>
    expect(await world.verify()).toMatchObject({
      kind: 'broken',
      checked: sequence - 1,
      break: { fault, sequence },
    })

  it.each<[string, Record<string, Value>]>([
    ['the action', { action: 'challenge.failed' }],
    ['the time', { occurredAt: new Date('2026-03-01T12:00:00.001Z') }],
    ['the type of the time', { occurredAt: '2026-03-01T12:00:00.000Z' }],
    ['the actor', { 'actor.id': 'somebody-else' }],
    ['the targets', { targets: [] }],
    ['the outcome', { outcome: 'FAILURE' }],
    ['the address', { 'context.ip': '198.51.100.1' }],
    ['the metadata', { 'metadata.number': 99 }],
    ['a field that was added', { note: 'looked at' }],
    ['a nested field that was added', { 'context.note': 'looked at' }],
    ['the hash', { hash: 'f'.repeat(64) }],
    ['the link', { previousHash: 'f'.repeat(64) }],
  ])('names the event in which %s was edited', async (_, change) => {
    await edit(7, change)
    await expectBreak('EDITED', 7)
  })

  it('names a field that was taken out', async () => {
    await world.events.updateOne({ sequence: world.placed(3) }, { $unset: { reason: true } })
    await expectBreak('EDITED', 3)
  })

  it('notices an edit of every single event', async () => {
    for (let sequence = 1; sequence <= 12; sequence += 1) {
      await edit(sequence, { outcome: 'DENIED' })
      await expectBreak('EDITED', sequence)
      await edit(sequence, { outcome: 'SUCCESS' })
    }
    expect((await world.verify()).kind).toBe('intact')
  })

  it.each([1, 6, 11])('names the place of event %d when it was deleted', async (sequence) => {
    await world.events.deleteMany({ sequence: world.placed(sequence) })
    await expectBreak('DELETED', sequence)
  })

  it('names two events that changed places', async () => {
    await edit(4, { sequence: world.placed(1000) })
    await edit(8, { sequence: world.placed(4) })
    await edit(1000, { sequence: world.placed(8) })
    await expectBreak('REORDERED', 4)
    expect(await world.verify()).toMatchObject({
      break: { detail: `event 4 of stream ${world.log.stream() ?? ''} was written as event 8` },
    })
  })

  it('names the first event of a stream that is passed off as another one', async () => {
    for (let sequence = 1; sequence <= 12; sequence += 1)
      await edit(sequence, { sequence: world.placed(sequence, 'B') })
    expect(await world.verify()).toMatchObject({ break: { fault: 'EDITED', stream: 'B', sequence: 1 } })
  })

  it('names an event that was put in at the end with a hash of its own', async () => {
    const [first] = await everything(world.audit)
    if (!first) throw new Error('no event')
    const forged = { ...first, id: 'forged', sequence: 13 }
    await world.audit.append([{ ...forged, hash: hashOf(forged) }])
    await expectBreak('INSERTED', 13)
  })

  it('names an event that was put in between two others', async () => {
    const [first] = await everything(world.audit)
    if (!first) throw new Error('no event')
    await world.audit.append([{ ...first, id: 'forged', sequence: 100 }])
    await edit(100, { sequence: `${world.placed(1)}x` })
    expect(await world.verify()).toMatchObject({ break: { fault: 'INSERTED', eventId: 'forged' }, checked: 1 })
  })

  it('notices stored events that claim no place at all', async () => {
    await edit(12, { sequence: 'twelve' })
    expect(await world.verify()).toMatchObject({ kind: 'broken', break: { fault: 'INSERTED' } })
    await edit(11, { sequence: true })
    expect(await world.verify()).toMatchObject({ kind: 'broken', break: { fault: 'INSERTED' } })
  })

  it('names the event after one that was replaced by a whole one', async () => {
    const fifth = (await everything(world.audit))[4]
    if (!fifth) throw new Error('no event')
    await edit(5, { outcome: 'DENIED', hash: hashOf({ ...fifth, outcome: 'DENIED' }) })
    await expectBreak('INSERTED', 6)
  })

  it('reads a log of several pages, with a gap on a page of its own', async () => {
    await world.log.record(numbered(13, 1300))
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: 1312 })
    await world.events.deleteMany({ sequence: { $gt: world.placed(500), $lte: world.placed(1100) } })
    await expectBreak('DELETED', 501)
  })

  it('finds an empty log intact', async () => {
    await world.events.deleteMany({})
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: 0, checkpoint: null })
  })

  it('prints the checkpoint and exits with 0 when all is well, and names the break and exits with 1 otherwise', async () => {
    const lines: string[] = []
    const verifier = { verify: (input: VerifyLogInput) => world.verify(input) }
    const deps = { verifier, print: (line: string) => lines.push(line) }
    await world.checkpointer.look()
    expect(await verifyAuditCommand(deps)).toBe(0)
    expect(lines.join('\n')).toMatch(/12 events checked[^]*Checkpoint: 1:[0-9a-f]{64}/)
    await edit(7, { outcome: 'DENIED' })
    expect(await verifyAuditCommand(deps)).toBe(1)
    expect(lines.join('\n')).toMatch(/broken at event 7 .*EDITED/)
  })
})
