import { turnsOf } from '../support/turns-of.js'
import { auditWorld, numbered, type AuditWorld } from './support/audit-world.js'

const EVENTS = 1_000

describe('a check of the log in the thread that serves requests', () => {
  let world: AuditWorld
  beforeEach(async () => {
    // In memory, so nothing but the check lets others run.
    world = await auditWorld('embedded')
    for (let count = 0; count < EVENTS; count += 250) await world.log.record(numbered(count, 250))
  })
  afterEach(() => world.close())

  it.each(['covered by checkpoints', 'not covered yet'])('lets others run every hundred events, %s', async (which) => {
    if (which === 'covered by checkpoints') await world.checkpointer.look()
    expect(await turnsOf(world.verify())).toBeGreaterThanOrEqual(EVENTS / 100)
  })
})
