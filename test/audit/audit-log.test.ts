import { createAuditLog, GENESIS_HASH, withDetails, type AuditStore } from '../../src/audit/index.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import {
  anEvent,
  auditWorld,
  countryOf,
  everything,
  numbered,
  secrets,
  STORES,
  type AuditWorld,
} from './support/audit-world.js'

describe.each(STORES)('the audit log on the %s store', (kind) => {
  let world: AuditWorld
  beforeEach(async () => {
    world = await auditWorld(kind)
  })
  afterEach(() => world.close())

  const numbersOf = async (process: string) =>
    (await everything(world.audit))
      .map(withDetails)
      .filter((event) => event.metadata['process'] === process)
      .map((event) => event.metadata['number'])

  it('links the first event to the genesis hash and every other to the one before', async () => {
    await world.log.record([anEvent(), anEvent()])
    const [first, second] = await everything(world.audit)
    expect(first).toMatchObject({ sequence: 1, previousHash: GENESIS_HASH, version: 3 })
    expect(second).toMatchObject({ sequence: 2, previousHash: first?.hash })
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: 2, uncovered: 2 })
  })

  it('keeps the events of one call together and in order', async () => {
    await Promise.all([world.log.record(numbered(1, 3)), world.log.record(numbered(4, 2))])
    expect(await numbersOf('a')).toEqual([1, 2, 3, 4, 5])
  })

  it('writes everything that waits with one command once it knows the head', async () => {
    await world.log.record([anEvent()])
    const before = world.store.roundTrips
    await Promise.all(Array.from({ length: 50 }, () => world.log.record([anEvent(), anEvent()])))
    expect(world.store.roundTrips - before).toBe(1)
    expect((await everything(world.audit)).length).toBe(101)
  })

  it('resolves at once when there is nothing to record', async () => {
    const before = world.store.roundTrips
    await world.log.record([])
    expect(world.store.roundTrips - before).toBe(0)
  })

  it('begins a stream of its own after a restart', async () => {
    await world.log.record(numbered(1, 2))
    world.clock.advance(1)
    await (await world.anotherProcess()).log.record(numbered(3, 2))
    await world.log.record(numbered(5, 1))
    expect(await numbersOf('a')).toEqual([1, 2, 5, 3, 4])
    expect((await everything(world.audit)).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 1, 2])
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: 5 })
  })

  it('keeps 500 events each of two busy processes, none lost, none doubled', async () => {
    const other = await world.anotherProcess()
    const busy = async (log: typeof world.log, process: string) => {
      const waiting: Promise<void>[] = []
      for (let number = 1; number <= 500; number += 1) {
        waiting.push(log.record(numbered(number, 1, process)))
        if (number % 7 === 0) await new Promise((next) => setImmediate(next))
      }
      await Promise.all(waiting)
    }
    await Promise.all([busy(world.log, 'a'), busy(other.log, 'b')])
    const oneToFiveHundred = Array.from({ length: 500 }, (_, place) => place + 1)
    expect(await numbersOf('a')).toEqual(oneToFiveHundred)
    expect(await numbersOf('b')).toEqual(oneToFiveHundred)
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: 1000 })
  })

  it('lets three processes progress that each write one event after the other without a pause', async () => {
    const logs = [world.log, (await world.anotherProcess()).log, (await world.anotherProcess()).log]
    await Promise.all(
      logs.map(async (log, place) => {
        for (let number = 1; number <= 120; number += 1) await log.record(numbered(number, 1, `p${place}`))
      }),
    )
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: 360 })
  })

  it('writes a stream of its own in each process, and none is ever written by two', async () => {
    const other = await world.anotherProcess()
    await Promise.all([world.log.record(numbered(1, 3)), other.log.record(numbered(1, 2, 'b'))])
    const events = await everything(world.audit)
    const streams = new Map(events.map(({ stream, metadata }) => [stream, metadata]))
    expect(streams.size).toBe(2)
    expect(events.map(({ stream }) => stream).sort()).toEqual(
      [...Array<string>(3).fill(world.log.stream() ?? ''), ...Array<string>(2).fill(other.log.stream() ?? '')].sort(),
    )
    expect((await world.audit.openStreams()).map(({ id }) => id).sort()).toEqual([...streams.keys()].sort())
  })

  it('continues after what an insert that was given up left in its place, when it comes late', async () => {
    let late: Promise<unknown> | null = null
    const slow: AuditStore = {
      ...world.audit,
      append: async (events) => {
        if (late !== null) return world.audit.append(events)
        late = Promise.resolve().then(() => world.audit.append(events))
        throw new Unavailable('store')
      },
      // The head is read before the late insert is carried out.
      head: async (...args) => {
        const head = await world.audit.head(...args)
        await late
        return head
      },
    }
    const log = createAuditLog({ store: slow, clock: world.clock, secrets, countryOf })
    await expect(log.record(numbered(1, 2))).rejects.toThrow(Unavailable)
    await log.record(numbered(3, 2))
    expect(await numbersOf('a')).toEqual([1, 2, 3, 4])
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: 4 })
  })

  it('answers Unavailable when the store does not, and goes on when it does again', async () => {
    let down = true
    const flaky: AuditStore = {
      ...world.audit,
      append: (events) => (down ? Promise.reject(new Unavailable('store')) : world.audit.append(events)),
    }
    const log = createAuditLog({ store: flaky, clock: world.clock, secrets, countryOf })
    await expect(Promise.all([log.record(numbered(1, 1)), log.record(numbered(2, 1))])).rejects.toThrow(Unavailable)
    down = false
    await log.record(numbered(3, 1))
    expect(await numbersOf('a')).toEqual([3])
  })

  it('reads the head again after an insert that may or may not have been executed', async () => {
    let lostAnswer = true
    const ambiguous: AuditStore = {
      ...world.audit,
      append: async (events) => {
        const outcome = await world.audit.append(events)
        if (!lostAnswer) return outcome
        throw new Unavailable('store')
      },
    }
    const log = createAuditLog({ store: ambiguous, clock: world.clock, secrets, countryOf })
    await expect(log.record(numbered(1, 2))).rejects.toThrow(Unavailable)
    lostAnswer = false
    await log.record(numbered(3, 1))
    expect(await numbersOf('a')).toEqual([1, 2, 3])
    expect((await world.verify()).kind).toBe('intact')
  })

  it('resolves the calls whose events were stored before the store went away, and only those', async () => {
    let calls = 0
    const dying: AuditStore = {
      ...world.audit,
      append: async (events) => {
        calls += 1
        if (calls > 1) throw new Unavailable('store')
        await world.audit.append(events.slice(0, 2))
        return { stored: 2 }
      },
    }
    const log = createAuditLog({ store: dying, clock: world.clock, secrets, countryOf })
    const settled = await Promise.allSettled([log.record(numbered(1, 2)), log.record(numbered(3, 2))])
    expect(settled.map((call) => call.status)).toEqual(['fulfilled', 'rejected'])
    expect(await numbersOf('a')).toEqual([1, 2])
  })

  it('gives up with Unavailable when it never finds a place', async () => {
    const hostile: AuditStore = { ...world.audit, append: () => Promise.resolve({ stored: 0 }) }
    const log = createAuditLog({ store: hostile, clock: world.clock, secrets, countryOf })
    await expect(log.record([anEvent()])).rejects.toThrow(Unavailable)
  })

  it('turns a fault of the store into Unavailable', async () => {
    const broken: AuditStore = { ...world.audit, append: () => Promise.reject(new TypeError('broken')) }
    const log = createAuditLog({ store: broken, clock: world.clock, secrets, countryOf })
    await expect(log.record([anEvent()])).rejects.toThrow(Unavailable)
  })

  it('continues what is left when the end of the log was lost under it', async () => {
    await world.log.record(numbered(1, 4))
    await world.events.deleteMany({ sequence: { $gt: world.placed(2) } })
    // The place after the remembered head leaves a gap, which the check of the chain names.
    await world.log.record(numbered(5, 1))
    expect(await world.verify()).toMatchObject({ kind: 'broken', break: { fault: 'DELETED', sequence: 3 } })
  })
})
