import { eraseEvents, findEvents, proveEvent } from '../../src/audit/index.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { anEvent, auditWorld, STORES, type AuditWorld } from './support/audit-world.js'
import { writeOldLog } from './support/old-log.js'

const OLD = 1_200

describe.each(STORES)('a log from before there were streams, on the %s store', (kind) => {
  let world: AuditWorld
  beforeEach(async () => {
    world = await auditWorld(kind)
    await writeOldLog(world.events, OLD)
  })
  afterEach(() => world.close())

  it('goes on verifying as the first stream, with what new processes write beside it', async () => {
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: OLD, uncovered: OLD })
    await world.log.record([anEvent()])
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: OLD + 1 })
    await world.events.updateOne({ sequence: 700 }, { $set: { outcome: 'DENIED' } })
    expect(await world.verify()).toMatchObject({
      ...{ kind: 'broken', checked: 699 },
      break: { fault: 'EDITED', stream: '', sequence: 700, detail: 'event 700 is not what was written' },
    })
  })

  it('is covered by checkpoints, and sealed once no process adds to it', async () => {
    await world.checkpointer.look()
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: OLD, uncovered: 0 })
    await world.events.deleteMany({ sequence: { $gt: 1_000 } })
    expect(await world.verify()).toMatchObject({ break: { fault: 'TRUNCATED', stream: '', sequence: 1_001 } })
  })

  it('may be added to by the version before, while processes of both run', async () => {
    await world.checkpointer.look()
    // What the version before does: it asks for the highest number, and never sees a place of a stream.
    await world.log.record([anEvent(), anEvent()])
    const [newest] = await world.events.find({ sequence: { $gte: 0 } }, { sort: { sequence: -1 }, limit: 1 })
    expect(newest?.sequence).toBe(OLD)
    world.clock.advance(3601)
    const next = await world.anotherProcess()
    await next.checkpointer.look()
    expect((await world.checkpoints.newest(0))?.open.map(({ stream }) => stream)).not.toContain('')
    await next.checkpointer.look()
    expect(await world.verify()).toMatchObject({ kind: 'intact', uncovered: 0 })
  })

  it('is read by time together with new events, and gives proofs', async () => {
    await world.log.record([anEvent({ metadata: { number: OLD + 1 } })])
    await world.checkpointer.look()
    const outcome = await findEvents(world.audit, { filter: {}, first: 3 })
    const numbers = outcome.kind === 'found' ? outcome.page.edges.map(({ node }) => node.metadata['number']) : []
    expect(numbers).toEqual([OLD + 1, OLD, OLD - 1])
    const { audit: events, checkpoints } = world
    const proof = await proveEvent({ events, checkpoints }, `old-${'700'.padStart(18, 'x')}`)
    expect(proof).toMatchObject({ kind: 'proved', proof: { event: { stream: '', sequence: 700 } } })
  })

  it('can be erased from', async () => {
    const account = 'account-aaaaaaaaaaaaaa' as AccountId
    await world.log.record([anEvent({ action: 'account.closed', context: null })])
    expect(await eraseEvents(world.audit, account, () => Promise.resolve(true))).toEqual({ erased: OLD, unerasable: 0 })
    expect(await world.verify()).toMatchObject({ kind: 'intact', erased: OLD })
  })
})
