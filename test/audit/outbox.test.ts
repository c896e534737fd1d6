import type { AuditStore } from '../../src/audit/index.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { STORES } from '../support/stores.js'
import { outboxWorld, SWEPT_AFTER, type OutboxWorld } from './support/outbox-world.js'

describe.each(STORES)('R176 the events of a change, on the %s store', (kind) => {
  let world: OutboxWorld
  beforeEach(async () => {
    world = await outboxWorld(kind)
    await world.add('ada')
  })
  afterEach(() => world.discard())

  it('are stored by the update that makes the change, and leave the document once they are in the log', async () => {
    const { log, change } = world.processWith()
    expect(await change('ada', 1)).toBe(true)
    expect([await world.waiting('ada'), await world.logged()]).toEqual([1, []])
    await log.drain()
    expect([await world.waiting('ada'), await world.logged()]).toEqual([0, [1, 2]])
    expect(await world.verdict()).toBe('intact')
  })

  it('are dropped when the change is not made', async () => {
    const { log, change } = world.processWith()
    expect(await change('ada', 1, 'de')).toBe(false)
    await log.drain()
    expect([await world.waiting('ada'), await world.logged()]).toEqual([0, []])
  })

  it('of many changes share one insert and one removal', async () => {
    const { log, change } = world.processWith()
    for (const account of ['ben', 'cleo', 'dora']) await world.add(account)
    await log.record([])
    await change('ada', 1)
    await log.drain()
    const before = world.store.roundTrips
    for (const [at, account] of ['ada', 'ben', 'cleo', 'dora', 'ada'].entries()) await change(account, 10 * at + 11)
    await log.drain()
    expect(world.store.roundTrips - before).toBe(5 + 2)
    expect(await world.logged()).toHaveLength(12)
  })

  it('are read by the process that made the change at once', async () => {
    const { change, reading } = world.processWith()
    await change('ada', 1)
    expect(await reading.find({ filter: {}, order: 'OLDEST_FIRST', limit: 10 })).toHaveLength(2)
  })

  it('come before what is recorded later, in the same insert', async () => {
    const { log, change } = world.processWith()
    await change('ada', 1)
    const [later] = [log.record([{ ...anyEvent, metadata: { number: 3 } }])]
    await later
    expect(await world.logged()).toEqual([1, 2, 3])
  })
})

describe.each(STORES)('R177 events that a process left in a document of the %s store', (kind) => {
  let world: OutboxWorld
  beforeEach(async () => {
    world = await outboxWorld(kind)
    await world.add('ada')
  })
  afterEach(() => world.discard())

  it('are found by any other process, but not before they are old enough', async () => {
    await world.processWith().change('ada', 1)
    const other = world.processWith()
    world.clock.advance(SWEPT_AFTER)
    await other.log.sweep()
    expect(await world.logged()).toEqual([])
    world.clock.advance(1)
    await other.log.sweep()
    expect([await world.waiting('ada'), await world.logged()]).toEqual([0, [1, 2]])
  })

  it('are brought into the log once by sweepers that work at the same time', async () => {
    for (const account of ['ben', 'cleo']) await world.add(account)
    const dead = world.processWith()
    for (const [at, account] of ['ada', 'ben', 'cleo', 'ada'].entries()) await dead.change(account, 10 * at + 1)
    world.clock.advance(SWEPT_AFTER + 1)
    await Promise.all([1, 2, 3, 4].map(() => world.processWith().log.sweep()))
    expect(await world.logged()).toEqual([1, 2, 11, 12, 21, 22, 31, 32])
    expect(await world.waiting('ada')).toBe(0)
    expect(await world.verdict()).toBe('intact')
  })

  it('are in the log once when their own process was only slow', async () => {
    const held = gate()
    const slow = world.processWith({
      ...world.events,
      append: async (events) => {
        await held.opened
        return world.events.append(events)
      },
    })
    await slow.change('ada', 1)
    const slowly = slow.log.drain()
    world.clock.advance(SWEPT_AFTER + 1)
    await world.processWith().log.sweep()
    await slow.change('ada', 3)
    held.open()
    await slowly
    await slow.log.drain()
    expect([await world.waiting('ada'), await world.logged()]).toEqual([0, [1, 2, 3, 4]])
    expect(await world.verdict()).toBe('intact')
  })

  it('are in the log once when an insert that was given up is executed after the sweep', async () => {
    let late: (() => Promise<unknown>) | null = null
    const unlucky: AuditStore = {
      ...world.events,
      append: (events) => {
        if (late) return world.events.append(events)
        late = () => world.events.append(events)
        return Promise.reject(new Unavailable('store'))
      },
    }
    const process = world.processWith(unlucky)
    await process.change('ada', 1)
    await process.log.drain()
    expect([await world.waiting('ada'), await world.logged()]).toEqual([1, []])
    world.clock.advance(SWEPT_AFTER + 1)
    await world.processWith().log.sweep()
    await late!()
    await process.change('ada', 3)
    await process.log.drain()
    expect(await world.logged()).toEqual([1, 2, 3, 4])
    expect(await world.verdict()).toBe('intact')
  })

  it('are in the log once when that insert is executed before the sweep', async () => {
    const unsure = world.processWith({
      ...world.events,
      append: async (events) => {
        await world.events.append(events)
        throw new Unavailable('store')
      },
    })
    await unsure.change('ada', 1)
    await unsure.log.drain()
    world.clock.advance(SWEPT_AFTER + 1)
    await world.processWith().log.sweep()
    expect([await world.waiting('ada'), await world.logged()]).toEqual([0, [1, 2]])
    expect(await world.verdict()).toBe('intact')
  })

  it('are in the log once when the process died before it could remove them', async () => {
    const { log, change } = world.processWith()
    await change('ada', 1)
    await log.written()
    expect([await world.waiting('ada'), await world.logged()]).toEqual([1, [1, 2]])
    world.clock.advance(SWEPT_AFTER + 1)
    await world.processWith().log.sweep()
    expect([await world.waiting('ada'), await world.logged()]).toEqual([0, [1, 2]])
    expect(await world.verdict()).toBe('intact')
  })

  it('can be brought into the log at once for one account', async () => {
    await world.add('ben')
    const dead = world.processWith()
    await dead.change('ada', 1)
    await dead.change('ben', 3)
    await world.processWith().log.settle('ada' as never)
    expect([await world.waiting('ada'), await world.waiting('ben'), await world.logged()]).toEqual([0, 1, [1, 2]])
  })
})

describe.each(STORES)('R178 while the audit log of the %s store cannot be written', (kind) => {
  let world: OutboxWorld
  beforeEach(async () => {
    world = await outboxWorld(kind)
    await world.add('ada')
  })
  afterEach(() => world.discard())

  it('an account can be changed as often as its document has room, and is refused as UNAVAILABLE after that', async () => {
    let down = true
    const { log, change } = world.processWith({
      ...world.events,
      append: (events) => (down ? Promise.reject(new Unavailable('store')) : world.events.append(events)),
    })
    for (const number of [1, 11, 21, 31, 41]) expect(await change('ada', number)).toBe(true)
    await log.drain()
    await expect(change('ada', 51)).rejects.toThrow(Unavailable)
    await expect(change('ada', 61)).rejects.toThrow(Unavailable)
    expect([await world.waiting('ada'), await world.logged()]).toEqual([5, []])

    down = false
    expect(await change('ada', 71)).toBe(true)
    await log.drain()
    expect([await world.waiting('ada'), (await world.logged()).length]).toEqual([0, 12])
  })

  it('a guard that fails is told from a document that is full', async () => {
    const { change } = world.processWith({ ...world.events, append: () => Promise.reject(new Unavailable('store')) })
    for (const number of [1, 11, 21]) await change('ada', number)
    expect(await change('ada', 31, 'de')).toBe(false)
  })

  it('a document that is full for a moment only is emptied on the way', async () => {
    const { change } = world.processWith()
    for (let nth = 0; nth < 12; nth += 1) expect(await change('ada', 10 * nth + 1)).toBe(true)
    expect(await world.waiting('ada')).toBeLessThanOrEqual(5)
  })

  it('what waits is kept, and is written when the log can be written again', async () => {
    let down = true
    const { log, change } = world.processWith({
      ...world.events,
      append: (events) => (down ? Promise.reject(new Unavailable('store')) : world.events.append(events)),
    })
    await change('ada', 1)
    await log.drain()
    world.clock.advance(SWEPT_AFTER + 1)
    await log.sweep()
    expect(await world.waiting('ada')).toBe(1)
    down = false
    await log.sweep()
    expect([await world.waiting('ada'), await world.logged()]).toEqual([0, [1, 2]])
  })
})

const anyEvent = {
  action: 'challenge.passed',
  actor: { id: null, type: 'ANONYMOUS' },
  targets: [],
  outcome: 'SUCCESS',
  context: null,
} as const

function gate() {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}
