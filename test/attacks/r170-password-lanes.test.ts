import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { movableClock, type MovableClock } from '../../src/kernel/clock.js'
import { Refusal } from '../../src/kernel/refusal.js'
import { ClientGone, type TurnAsked } from '../../src/kernel/turns.js'
import { createTurns, LANES, type ClosableTurns, type Lane, type TurnSettings } from '../../src/limits/index.js'

const SETTINGS: TurnSettings = {
  atOnce: 2,
  keptForKnown: 1,
  waitSeconds: 5,
  mostWaiting: { 'known-device': 50, session: 20, 'known-network': 20, unknown: 10, 'new-password': 10 },
}

const contextFrom = (address: string): TurnAsked['context'] => ({
  requestId: 'request',
  origin: { address, userAgent: 'test', clientHints: { brands: '', mobile: '', platform: '' }, language: '' },
  operation: null,
  sessionId: null,
  deviceId: null,
})

interface Caller {
  readonly name: string
  /** What became of the caller: null while it waits, or while its password is being hashed. */
  outcome(): Promise<string | null>
  finish(): void
}

describe('R170 lanes before the password hash', () => {
  let clock: MovableClock
  let turns: ClosableTurns
  let running: string[]
  let full: Lane[]
  let callers = 0

  const start = (over: Partial<TurnSettings> = {}): void => {
    clock = movableClock(new Date('2100-03-01T09:00:00.000Z'))
    running = []
    full = []
    const onFull = (lane: Lane): Promise<void> => {
      full.push(lane)
      return Promise.resolve()
    }
    const isKnownNetwork = (address: string): boolean => address.startsWith('198.51.100.')
    turns = createTurns({ clock, isKnownNetwork, onFull }, { ...SETTINGS, ...over })
  }
  beforeEach(() => start())

  /** Lets everything go on that waits for nothing but the event loop. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  /** A hash that takes as long as the test wants. */
  function come(name: string, over: Partial<Omit<TurnAsked, 'context'>> & { readonly from?: string } = {}): Caller {
    const { from = `20.${(callers += 1) >> 8}.${callers & 255}.1`, ...asked } = over
    let finish = (): void => undefined
    let outcome: string | null = null
    const work = async (): Promise<void> => {
      running.push(name)
      await new Promise<void>((resolve) => (finish = resolve))
      running = running.filter((each) => each !== name)
    }
    turns
      .take({ device: null, account: null, purpose: 'check', used: 0, context: contextFrom(from), ...asked }, work)
      .then(
        () => (outcome = 'hashed'),
        (fault: unknown) => (outcome = fault instanceof Refusal ? fault.code : String(fault)),
      )
    return {
      name,
      finish: () => finish(),
      outcome: async () => {
        await settle()
        return outcome
      },
    }
  }

  const strangers = (count: number): Caller[] => Array.from({ length: count }, (_, nth) => come(`stranger ${nth}`))

  /** Ends one hash after the other and lists whose turn comes next. */
  async function orderOf(everybody: readonly Caller[]): Promise<string[]> {
    const order: string[] = []
    await settle()
    for (;;) {
      const now = everybody.filter(({ name }) => running.includes(name) && !order.includes(name))
      if (now.length === 0) return order
      order.push(...now.map(({ name }) => name))
      for (const caller of now) {
        caller.finish()
        await settle()
      }
    }
  }

  it('begins a known device at once, however many strangers are there', async () => {
    strangers(30)
    come('owner', { device: 'device' })
    await settle()
    expect(running).toEqual(['stranger 0', 'owner'])
  })

  it('goes from known devices over sessions and known networks to strangers, and to sign-ups last', async () => {
    start({ atOnce: 1 })
    const everybody = [
      come('first'),
      come('sign-up', { purpose: 'new' }),
      come('stranger'),
      come('colleague', { from: '198.51.100.7' }),
      come('owner', { device: 'device' }),
      come('session', { account: 'account', purpose: 'new' }),
    ]
    expect(await orderOf(everybody)).toEqual(['first', 'owner', 'session', 'colleague', 'stranger', 'sign-up'])
  })

  it('lets no lane wait for ever: every eighth turn goes to one that was passed over', async () => {
    start({ atOnce: 1 })
    const owners = Array.from({ length: 20 }, (_, nth) => come(`owner ${nth}`, { device: `device ${nth}` }))
    const order = await orderOf([...owners, come('stranger'), come('sign-up', { purpose: 'new' })])
    expect(order.indexOf('stranger')).toBe(8)
    expect(order.indexOf('sign-up')).toBeLessThan(12)
    expect(order).toHaveLength(22)
  })

  it('takes the newest of many equal strangers, so a burst delays only itself', async () => {
    const burst = strangers(9)
    const late = come('late')
    burst[0]?.finish()
    await settle()
    expect(running).toEqual(['late'])
    expect(await late.outcome()).toBeNull()
  })

  it('takes strangers as they come while few wait', async () => {
    expect(await orderOf(strangers(5))).toEqual([0, 1, 2, 3, 4].map((nth) => `stranger ${nth}`))
  })

  it('takes callers of a network that has failed less before others, and those of one network in turn', async () => {
    const guesser = { from: '203.0.113.5', used: 40 }
    const office = { from: '192.0.2.1' }
    const everybody = [
      come('running'),
      come('guesser', guesser),
      come('office 1', office),
      come('office 2', office),
      come('office 3', office),
      come('late'),
    ]
    const order = await orderOf(everybody)
    expect(order.at(-1)).toBe('guesser')
    expect(order.indexOf('late')).toBeLessThan(order.indexOf('office 2'))
  })

  it('refuses the oldest stranger when too many wait, and never one in another lane', async () => {
    const burst = strangers(11)
    const owner = come('owner', { device: 'device' })
    const waiting = come('other owner', { device: 'other device' })
    expect(await burst[1]?.outcome()).toBeNull()
    come('late')
    expect(await burst[1]?.outcome()).toBe('RATE_LIMITED')
    expect([await owner.outcome(), await waiting.outcome()]).toEqual([null, null])
    expect(full).toEqual(['unknown'])
  })

  it('refuses the network that failed most when too many wait, not the one that comes', async () => {
    const burst = strangers(10)
    const guesser = come('guesser', { from: '203.0.113.5', used: 3 })
    const late = come('late')
    expect(await guesser.outcome()).toBe('RATE_LIMITED')
    expect(await late.outcome()).toBeNull()
    expect(await Promise.all(burst.map(({ outcome }) => outcome()))).toEqual(Array(10).fill(null))
  })

  it('refuses one device that signs in without end before any other device', async () => {
    start({ mostWaiting: { ...SETTINGS.mostWaiting, 'known-device': 3 } })
    const script = Array.from({ length: 6 }, (_, nth) => come(`script ${nth}`, { device: 'script', used: 100 }))
    const owner = come('owner', { device: 'device' })
    expect(await script.at(-1)?.outcome()).toBe('RATE_LIMITED')
    expect(await owner.outcome()).toBeNull()
    script[0]?.finish()
    await settle()
    expect(running).toContain('owner')
  })

  it('refuses a caller that has waited too long, before it is hashed', async () => {
    const [first, second] = strangers(2)
    clock.advance(6)
    const third = come('third')
    expect(await second?.outcome()).toBe('RATE_LIMITED')
    first?.finish()
    await settle()
    expect(running).toEqual(['third'])
    expect(await third.outcome()).toBeNull()
  })

  it('tells every refused caller the same time to come back', async () => {
    const refusals: unknown[] = []
    const ask = (from: string) =>
      turns
        .take(
          { device: null, account: null, purpose: 'check', used: 0, context: contextFrom(from) },
          () => new Promise(() => undefined),
        )
        .catch((fault: unknown) => refusals.push((fault as Refusal).extensions['retryAfterSeconds']))
    for (let nth = 0; nth < 20; nth += 1) void ask(`20.0.${nth}.1`)
    await settle()
    expect(refusals).toEqual(Array(9).fill(5))
  })

  it('does not hash for a stranger that has gone, but for an owner that has', async () => {
    const isGone = (): boolean => true
    const busy = [...strangers(1), come('busy owner', { device: 'device' })]
    const stranger = come('gone', { isGone })
    const owner = come('gone owner', { device: 'other device', isGone })
    for (const caller of busy) caller.finish()
    expect(await stranger.outcome()).toBe('UNAVAILABLE')
    expect(new ClientGone().code).toBe('UNAVAILABLE')
    expect(running).toEqual(['gone owner'])
    expect(await owner.outcome()).toBeNull()
  })

  it('answers everybody who waits when the gateway stops, and finishes what is running', async () => {
    const [first, second] = strangers(2)
    turns.close()
    expect(await second?.outcome()).toBe('UNAVAILABLE')
    expect(await come('late').outcome()).toBe('UNAVAILABLE')
    first?.finish()
    expect(await first?.outcome()).toBe('hashed')
    const after = come('after')
    await settle()
    expect(running).toEqual(['after'])
    after.finish()
  })

  it('lets no number of sessions that change their passwords have the turn of known devices', async () => {
    const changes = Array.from({ length: 6 }, (_, nth) => come(`change ${nth}`, { account: `account ${nth}` }))
    come('owner', { device: 'device' })
    await settle()
    expect(running).toEqual(['change 0', 'owner'])
    expect(await changes[1]?.outcome()).toBeNull()
  })

  it('gives the turn on when the work fails', async () => {
    start({ atOnce: 1 })
    const failing = turns.take(
      { device: null, account: null, purpose: 'check', used: 0, context: contextFrom('20.0.0.1') },
      () => Promise.reject(new Error('no')),
    )
    come('next')
    await expect(failing).rejects.toThrow('no')
    await settle()
    expect(running).toEqual(['next'])
  })

  it('leaves strangers a turn where all are kept for known devices', async () => {
    start({ atOnce: 1, keptForKnown: 5 })
    const [stranger] = strangers(1)
    await settle()
    expect(running).toEqual(['stranger 0'])
    stranger?.finish()
    expect(LANES[0]).toBe('known-device')
  })

  it('is before every hash', async () => {
    const src = new URL('../../src', import.meta.url).pathname
    const files = (await readdir(src, { recursive: true })).filter((file) => file.endsWith('.ts'))
    const calls = /passwords\.(?:hash|verify)\(/
    const hashing: string[] = []
    for (const file of files) {
      const text = await readFile(join(src, file), 'utf8')
      if (calls.test(text)) hashing.push(/turns\s*\.take\(|judgePassword\(/.test(text) ? 'in turn' : file)
    }
    expect(new Set(hashing)).toEqual(new Set(['in turn']))
    expect(hashing.length).toBeGreaterThanOrEqual(6)
  })
})
