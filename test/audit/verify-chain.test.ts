import { verifyAuditCommand, verifyChain, type ChainFault } from '../../src/audit/index.js'
import { hashOf } from '../../src/audit/chain.js'
import type { Value } from '../../src/store/index.js'
import { anEvent, auditWorld, everything, numbered, STORES, type AuditWorld } from './support/audit-world.js'

describe.each(STORES)('the check of the chain on the %s store', (kind) => {
  let world: AuditWorld
  beforeEach(async () => {
    world = await auditWorld(kind)
    await world.log.record(numbered(1, 12))
  })
  afterEach(() => world.close())

  const edit = (sequence: number, $set: Record<string, Value>) => world.events.updateOne({ sequence }, { $set })
  const expectBreak = async (fault: ChainFault, sequence: number) =>
    expect(await verifyChain(world.audit)).toMatchObject({
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
    await world.events.updateOne({ sequence: 3 }, { $unset: { reason: true } })
    await expectBreak('EDITED', 3)
  })

  it('notices an edit of every single event', async () => {
    for (let sequence = 1; sequence <= 12; sequence += 1) {
      await edit(sequence, { outcome: 'DENIED' })
      await expectBreak('EDITED', sequence)
      await edit(sequence, { outcome: 'SUCCESS' })
    }
    expect((await verifyChain(world.audit)).kind).toBe('intact')
  })

  it.each([1, 6, 11])('names the place of event %d when it was deleted', async (sequence) => {
    await world.events.deleteMany({ sequence })
    await expectBreak('DELETED', sequence)
  })

  it('names two events that changed places', async () => {
    await edit(4, { sequence: 1000 })
    await edit(8, { sequence: 4 })
    await edit(1000, { sequence: 8 })
    await expectBreak('REORDERED', 4)
    expect(await verifyChain(world.audit)).toMatchObject({ break: { detail: 'event 4 was written as event 8' } })
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
    await world.audit.append([{ ...first, id: 'forged', sequence: 1.5 }])
    expect(await verifyChain(world.audit)).toMatchObject({ break: { fault: 'INSERTED', sequence: 1.5 }, checked: 1 })
  })

  it('notices stored events that claim no place at all', async () => {
    await edit(12, { sequence: 'twelve' })
    expect(await verifyChain(world.audit)).toMatchObject({ kind: 'broken', break: { fault: 'INSERTED', sequence: 12 } })
  })

  it('names the event after one that was replaced by a whole one', async () => {
    const fifth = (await everything(world.audit))[4]
    if (!fifth) throw new Error('no event')
    await edit(5, { outcome: 'DENIED', hash: hashOf({ ...fifth, outcome: 'DENIED' }) })
    await expectBreak('INSERTED', 6)
  })

  it('notices a cut-off end when it is told which head to expect', async () => {
    const intact = await verifyChain(world.audit)
    if (intact.kind !== 'intact') throw new Error('broken before')
    await world.events.deleteMany({ sequence: { $gt: 9 } })
    expect((await verifyChain(world.audit)).kind).toBe('intact')
    expect(await verifyChain(world.audit, { expected: intact.head })).toMatchObject({
      kind: 'broken',
      checked: 9,
      break: { fault: 'TRUNCATED', sequence: 10, detail: 'events 10 to 12 are missing' },
    })
  })

  it('notices a log that was written anew when it is told which hash to expect', async () => {
    const intact = await verifyChain(world.audit)
    if (intact.kind !== 'intact') throw new Error('broken before')
    await world.events.deleteMany({})
    await (await world.anotherProcess()).log.record(numbered(1, 12))
    expect(await verifyChain(world.audit, { expected: intact.head })).toMatchObject({
      break: { fault: 'REWRITTEN', sequence: 12 },
    })
  })

  it('accepts a log that went on after the expected head', async () => {
    const before = await verifyChain(world.audit)
    if (before.kind !== 'intact') throw new Error('broken before')
    await world.log.record([anEvent()])
    expect(await verifyChain(world.audit, { expected: before.head })).toMatchObject({ kind: 'intact', checked: 13 })
  })

  it('reads a log of several pages, with a gap on a page of its own', async () => {
    await world.log.record(numbered(13, 1300))
    expect(await verifyChain(world.audit)).toMatchObject({ kind: 'intact', checked: 1312 })
    await world.events.deleteMany({ sequence: { $gt: 500, $lte: 1100 } })
    await expectBreak('DELETED', 501)
  })

  it('finds an empty log intact', async () => {
    await world.events.deleteMany({})
    expect(await verifyChain(world.audit)).toMatchObject({ kind: 'intact', checked: 0, head: { sequence: 0 } })
  })

  it('prints the head and exits with 0 when all is well, and names the break and exits with 1 otherwise', async () => {
    const lines: string[] = []
    const deps = { store: world.audit, print: (line: string) => lines.push(line) }
    expect(await verifyAuditCommand(deps)).toBe(0)
    expect(lines.join('\n')).toMatch(/12 events checked[^]*Head: 12:[0-9a-f]{64}/)
    await edit(7, { outcome: 'DENIED' })
    expect(await verifyAuditCommand(deps)).toBe(1)
    expect(lines.join('\n')).toMatch(/broken at event 7 .*EDITED/)
  })
})
