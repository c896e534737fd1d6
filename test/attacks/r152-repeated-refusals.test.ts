import { AccountsDocument, MyProfileDocument } from '../../schema/generated/graphql.js'
import { createRefusalLog, type NewAuditEvent, type RefusalLog } from '../../src/audit/index.js'
import { movableClock } from '../../src/kernel/clock.js'
import type { SessionId } from '../../src/kernel/ids.js'
import { silentLogger } from '../../src/kernel/logger.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, type Client } from '../support/client.js'
import { faultyStore } from '../support/faulty-store.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { registered, signIn, withTotp } from '../support/person.js'
import { storedIn, type StoredDocument } from '../support/stored.js'

const refusalsIn = async (gateway: TestGateway): Promise<readonly StoredDocument[]> => {
  const events = await storedIn(gateway, 'auditEvents')
  return events.filter(({ action }) => action === 'step_up.required' || action === 'access.denied')
}
const repeatsOf = (event: StoredDocument): number | undefined =>
  (event['metadata'] as { readonly repeats?: number }).repeats
/** How many refusals the log contains: every event is one, or as many as it counts. */
const total = (events: readonly StoredDocument[]): number =>
  events.reduce((sum, event) => sum + (repeatsOf(event) ?? 1), 0)

describe.each(STORES)('R152: refused operations cost the audit log only a few events, on the %s store', (store) => {
  let gateway: TestGateway
  const faults = faultyStore()
  beforeEach(async () => {
    gateway = await startGateway({ store, env: ROOMY, wrapStore: (opened) => faults.wrap(opened) })
  })
  afterEach(async () => {
    faults.heal()
    await gateway.close()
  })

  const newClient = async (): Promise<Client> => (await signIn(gateway, await registered(gateway))).client
  const alias = (nth: number): string => `{ a${nth}: accounts { edges { node { id } } } }`

  it('writes the first at once and the others as one count, with the first and the last of them', async () => {
    const client = await newClient()
    for (let nth = 0; nth < 40; nth += 1) {
      expect(codeOf(await client.send(AccountsDocument))).toBe('FORBIDDEN')
      gateway.clock.advance(1)
    }
    expect(await refusalsIn(gateway)).toHaveLength(1)
    gateway.clock.advance(30)
    expect(codeOf(await client.send(AccountsDocument))).toBe('FORBIDDEN')
    const events = await refusalsIn(gateway)
    expect(events).toHaveLength(2)
    expect(total(events)).toBe(41)
    expect(events.map(({ metadata }) => metadata)).toContainEqual(
      expect.objectContaining({
        repeats: 40,
        errorCode: 'FORBIDDEN',
        firstAt: expect.any(String),
        lastAt: expect.any(String),
      }),
    )
  })

  it('costs one event a minute when a caller is refused for ten minutes', async () => {
    const client = await newClient()
    for (let nth = 0; nth < 60; nth += 1) {
      await client.send(AccountsDocument)
      gateway.clock.advance(10)
    }
    const events = await refusalsIn(gateway)
    expect(events.length).toBeLessThanOrEqual(11)
    expect(total(events)).toBeGreaterThanOrEqual(54)
  })

  it('writes few events for ever new operations, and counts them all', async () => {
    const client = await newClient()
    for (let nth = 0; nth < 100; nth += 1) {
      expect(codeOf(await client.post(JSON.stringify({ query: alias(nth) })))).toBe('FORBIDDEN')
    }
    expect(await refusalsIn(gateway)).toHaveLength(11)
    gateway.clock.advance(60)
    await client.post(JSON.stringify({ query: alias(1000) }))
    const events = await refusalsIn(gateway)
    expect(events).toHaveLength(12)
    expect(total(events)).toBe(101)
    for (const event of events) expect(JSON.stringify(event).length).toBeLessThan(6_000)
  })

  it('distinguishes callers, sessions and reasons', async () => {
    const [one, other] = [await newClient(), await newClient()]
    for (let nth = 0; nth < 3; nth += 1) {
      await one.send(AccountsDocument)
      await other.send(AccountsDocument)
      await one.send(MyProfileDocument)
    }
    expect(await refusalsIn(gateway)).toHaveLength(3)
  })

  it('loses none of many parallel refusals', async () => {
    const client = await newClient()
    const codes = await Promise.all(Array.from({ length: 50 }, async () => codeOf(await client.send(AccountsDocument))))
    expect(new Set(codes)).toEqual(new Set(['FORBIDDEN']))
    expect(await refusalsIn(gateway)).toHaveLength(1)
    gateway.clock.advance(61)
    await client.send(AccountsDocument)
    expect(total(await refusalsIn(gateway))).toBe(51)
  })

  it('still refuses while the log cannot be written, and counts those too', async () => {
    const { client } = await withTotp(gateway)
    gateway.clock.advance(301)
    faults.failFrom('auditEvents', 'insert')
    expect(codeOf(await client.send(MyProfileDocument))).toBe('UNAVAILABLE')
    for (let nth = 0; nth < 4; nth += 1) expect(codeOf(await client.send(MyProfileDocument))).toBe('STEP_UP_REQUIRED')
    faults.heal()
    gateway.clock.advance(61)
    expect(codeOf(await client.send(MyProfileDocument))).toBe('STEP_UP_REQUIRED')
    const events = await refusalsIn(gateway)
    expect(events.map(repeatsOf)).toEqual([6])
  })
})

describe('R152: the count of refusals', () => {
  const refusal = (sessionId: string, field = 'me'): NewAuditEvent => ({
    action: 'access.denied',
    actor: { id: sessionId, type: 'ACCOUNT' },
    targets: [{ id: field, type: 'FIELD' }],
    outcome: 'DENIED',
    reason: 'FORBIDDEN',
    context: {
      requestId: `request of ${sessionId}`,
      origin: {
        address: '192.0.2.1',
        userAgent: '',
        clientHints: { brands: '', mobile: '', platform: '' },
        language: '',
      },
      operation: null,
      sessionId: sessionId as SessionId,
      deviceId: null,
    },
  })

  function logged(): {
    readonly log: RefusalLog
    readonly written: NewAuditEvent[]
    readonly clock: ReturnType<typeof movableClock>
    fail: boolean
  } {
    const clock = movableClock(new Date('2030-01-01T00:00:00Z'))
    const written: NewAuditEvent[] = []
    const state = { fail: false }
    const audit = {
      record: async (events: readonly NewAuditEvent[]) => {
        await Promise.resolve()
        if (state.fail) throw new Unavailable('store')
        written.push(...events)
      },
    }
    const log = createRefusalLog({ audit, clock, logger: silentLogger, window: { count: 10, withinSeconds: 60 } })
    return Object.assign(state, { log, written, clock })
  }

  it('is written when its window ends, and at the end of the process', async () => {
    const { log, written, clock } = logged()
    for (let nth = 0; nth < 3; nth += 1) await log.record(refusal('a'), [])
    await log.record(refusal('b'), [])
    await log.sweep()
    expect(written).toHaveLength(2)
    clock.advance(60)
    await log.sweep()
    expect(written.slice(2).map(({ metadata }) => metadata)).toEqual([expect.objectContaining({ repeats: 2 })])
    await log.record(refusal('a'), [])
    await log.flush()
    expect(written.at(-1)?.metadata).toMatchObject({ repeats: 1 })
    await log.flush()
    expect(written).toHaveLength(4)
  })

  it('is kept while it cannot be written', async () => {
    const world = logged()
    for (let nth = 0; nth < 3; nth += 1) await world.log.record(refusal('a'), [])
    world.fail = true
    world.clock.advance(60)
    await world.log.sweep()
    await world.log.sweep()
    world.fail = false
    await world.log.flush()
    expect(world.written.map(({ metadata }) => metadata?.['repeats'])).toEqual([undefined, 2])
  })

  it('needs no more memory for ever new callers: beyond ten thousand kinds each refusal is written', async () => {
    const { log, written } = logged()
    for (let nth = 0; nth < 10_000; nth += 1) await log.record(refusal(`caller ${nth}`), [])
    const before = written.length
    for (let nth = 0; nth < 3; nth += 1) await log.record(refusal('one too many'), [])
    expect(written.length - before).toBe(3)
    for (let nth = 0; nth < 3; nth += 1) await log.record(refusal('caller 0'), [])
    expect(written.length - before).toBe(3)
  })

  it('returns the request id that the log records', async () => {
    const { log } = logged()
    expect(await log.record(refusal('a'), [])).toBe('request of a')
    const second = refusal('a')
    const context = second.context && { ...second.context, requestId: 'another request' }
    expect(await log.record({ ...second, context }, [])).toBe('request of a')
  })

  it('forgets a caller who is no longer refused', async () => {
    const { log, written, clock } = logged()
    await log.record(refusal('a'), [])
    clock.advance(60)
    await log.sweep()
    await log.record(refusal('a'), [])
    expect(written.map(({ metadata }) => metadata?.['repeats'])).toEqual([undefined, undefined])
  })
})
