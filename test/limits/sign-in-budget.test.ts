import type { DeviceId } from '../../src/kernel/ids.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import {
  createBudgets,
  createSignInBudget,
  type LimitsStore,
  type SignInBudget,
  type SignInCaller,
} from '../../src/limits/index.js'
import { limitsWorld, STORES, type LimitsWorld } from './support/limits-world.js'

const caller = (over: Partial<SignInCaller> = {}): SignInCaller => ({
  address: '203.0.113.9',
  name: 'alice@example.com',
  knownDevice: null,
  account: null,
  ...over,
})
const right = () => Promise.resolve({ right: true, value: 'in' })
const wrong = () => Promise.resolve({ right: false, value: 'out' })
const address = (number: number) => `198.51.${number >> 8}.${number & 255}`

describe.each(STORES)('the budget of failed sign-ins on the %s store', (kind) => {
  let world: LimitsWorld
  let budget: SignInBudget
  const inProcess = (limits?: LimitsStore) =>
    createSignInBudget({ ...world.deps, ...(limits ? { limits } : {}), budgets: createBudgets(), alarmShare: 0.2 })
  beforeEach(async () => {
    world = await limitsWorld(kind)
    budget = inProcess()
  })
  afterEach(() => world.close())

  const fail = async (count: number, who = caller()) => {
    for (let failure = 0; failure < count; failure += 1) await budget.judge(who, wrong)
  }

  it('refuses the eleventh wrong password of one address for one name, and the right one too', async () => {
    await fail(10)
    expect(await budget.judge(caller(), right)).toMatchObject({
      kind: 'limited',
      budget: 'signInPerAddressAndName',
      retryAfterSeconds: 600,
    })
  })

  it('does not answer a failure that could not be counted', async () => {
    const { limits } = world.deps
    const down: LimitsStore = {
      ...limits,
      increment: (id, expiresAt) =>
        id.startsWith('signInPerAddress:') ? Promise.reject(new Unavailable('store')) : limits.increment(id, expiresAt),
    }
    await expect(inProcess(down).judge(caller(), wrong)).rejects.toThrow(Unavailable)
  })

  it('forgets an attempt that threw, even while another one is under way', async () => {
    await fail(8)
    let finish = (): void => undefined
    const waiting = new Promise<void>((resolve) => (finish = resolve))
    const slow = budget.judge(caller(), () => waiting.then(right))
    for (let fault = 0; fault < 3; fault += 1)
      await expect(budget.judge(caller(), () => Promise.reject(new Unavailable('store')))).rejects.toThrow(Unavailable)
    expect((await budget.judge(caller(), right)).kind).toBe('judged')
    finish()
    expect((await slow).kind).toBe('judged')
  })

  it('says once which budget a failure used up', async () => {
    await fail(9)
    expect(await budget.judge(caller(), wrong)).toEqual({
      kind: 'judged',
      value: 'out',
      exhausted: ['signInPerAddressAndName'],
    })
  })

  it('admits the same person from elsewhere', async () => {
    await fail(50)
    expect(await budget.judge(caller({ address: '198.51.100.7' }), right)).toMatchObject({
      kind: 'judged',
      value: 'in',
    })
  })

  it('counts spellings of one name as one', async () => {
    await fail(5)
    await fail(5, caller({ name: ' ALICE@Example.COM ' }))
    expect((await budget.judge(caller(), right)).kind).toBe('limited')
  })

  it('refuses an address after a hundred failures for many names, across its whole /64', async () => {
    for (let name = 0; name < 100; name += 1) await fail(1, caller({ address: `2001:db8::${name}`, name: `n${name}` }))
    expect(await budget.judge(caller({ address: '2001:db8::ffff' }), right)).toMatchObject({
      budget: 'signInPerAddress',
    })
  })

  it('counts callers without an address together', async () => {
    for (let name = 0; name < 100; name += 1) await fail(1, caller({ address: null, name: `n${name}` }))
    expect(await budget.judge(caller({ address: 'nonsense' }), right)).toMatchObject({ budget: 'signInPerAddress' })
  })

  it('refuses a name after a hundred failures from many addresses, but not its remembered device', async () => {
    for (let number = 0; number < 100; number += 1) await fail(1, caller({ address: address(number) }))
    expect(await budget.judge(caller(), right)).toMatchObject({ budget: 'signInPerName', retryAfterSeconds: 1500 })
    const knownDevice = 'device-1' as DeviceId
    expect(await budget.judge(caller({ knownDevice }), right)).toMatchObject({ kind: 'judged', value: 'in' })
  })

  it('says how often the name failed before, for a remembered device too', async () => {
    await fail(3)
    const told: number[] = []
    const listen = ({ failuresOfName }: { failuresOfName: number }) => {
      told.push(failuresOfName)
      return right()
    }
    await budget.judge(caller(), listen)
    await budget.judge(caller({ knownDevice: 'device-1' as DeviceId }), listen)
    await budget.judge(caller({ name: null }), listen)
    expect(told).toEqual([3, 3, 0])
  })

  it('gives a remembered device a separate budget, wherever it is used', async () => {
    const knownDevice = 'device-1' as DeviceId
    for (let number = 0; number < 10; number += 1) await fail(1, caller({ knownDevice, address: address(number) }))
    expect(await budget.judge(caller({ knownDevice }), right)).toMatchObject({ budget: 'signInPerDevice' })
  })

  it("does not hold a known device to its address's budget, which a neighbour can use up", async () => {
    for (let name = 0; name < 100; name += 1) await fail(1, caller({ name: `n${name}` }))
    await fail(10)
    expect((await budget.judge(caller(), right)).kind).toBe('limited')
    const knownDevice = 'device-1' as DeviceId
    expect(await budget.judge(caller({ knownDevice }), right)).toMatchObject({ kind: 'judged', value: 'in' })
  })

  it('counts a /48 and a /56 of IPv6 and a /24 of IPv4 as separate networks', async () => {
    const budgets = createBudgets({
      signInPerSite: { count: 3, withinSeconds: 900 },
      signInPerPlace: { count: 5, withinSeconds: 900 },
    })
    budget = createSignInBudget({ ...world.deps, budgets, alarmShare: 0.2 })
    for (let n = 0; n < 3; n += 1) await fail(1, caller({ address: `2001:db8:1:${n.toString(16)}::1`, name: `n${n}` }))
    const sameSite = caller({ address: '2001:db8:1:ff::1', name: 'x' })
    expect(await budget.judge(sameSite, right)).toMatchObject({ budget: 'signInPerSite' })
    for (let n = 0; n < 2; n += 1) await fail(1, caller({ address: `2001:db8:1:${n + 1}00::1`, name: `m${n}` }))
    const samePlace = caller({ address: '2001:db8:1:f00::1', name: 'x' })
    expect(await budget.judge(samePlace, right)).toMatchObject({ budget: 'signInPerPlace' })
    expect((await budget.judge(caller({ address: '2001:db8:2::1', name: 'x' }), right)).kind).toBe('judged')
    for (let n = 0; n < 5; n += 1) await fail(1, caller({ address: `192.0.2.${n}`, name: `k${n}` }))
    expect(await budget.judge(caller({ address: '192.0.2.9', name: 'x' }), right)).toMatchObject({
      budget: 'signInPerPlace',
    })
    expect((await budget.judge(caller({ address: '192.0.3.9', name: 'x' }), right)).kind).toBe('judged')
  })

  it('refuses no caller for overall failures, and leaves unknown callers a share of the narrow budgets', async () => {
    const budgets = createBudgets({ signInOverall: { count: 20, withinSeconds: 900 } })
    budget = createSignInBudget({ ...world.deps, budgets, alarmShare: 0.2 })
    for (let n = 0; n < 20; n += 1) await fail(1, caller({ address: `10.${n}.0.1`, name: `n${n}` }))
    const told: boolean[] = []
    const listen = ({ isUnderAttack }: { isUnderAttack: boolean }) => {
      told.push(isUnderAttack)
      return right()
    }
    expect((await budget.judge(caller(), listen)).kind).toBe('judged')
    await fail(2)
    expect(await budget.judge(caller(), right)).toMatchObject({ budget: 'signInPerAddressAndName' })
    const knownDevice = 'device-1' as DeviceId
    expect((await budget.judge(caller({ knownDevice }), listen)).kind).toBe('judged')
    expect(told).toEqual([true, true])
  })

  describe("counts one account's successful sign-ins", () => {
    const account = 'account-1'
    const limited = { kind: 'limited', budget: 'signInsPerAccountAndAddress', retryAfterSeconds: 600 }
    const withRate = (count: number) => {
      const budgets = createBudgets({
        signInsPerAccountAndAddress: { count, withinSeconds: 900 },
        signInPerAddressAndName: { count: 1000, withinSeconds: 900 },
      })
      return createSignInBudget({ ...world.deps, budgets, alarmShare: 0.2 })
    }

    it('by address and by device, and says once that the budget is used up', async () => {
      budget = withRate(20)
      const outcomes = []
      for (let n = 0; n < 22; n += 1) outcomes.push(await budget.judge(caller({ account }), right))
      expect(outcomes.filter(({ kind }) => kind === 'judged')).toHaveLength(20)
      expect(outcomes[18]).toMatchObject({ exhausted: [] })
      expect(outcomes[19]).toMatchObject({ exhausted: ['signInsPerAccountAndAddress'] })
      expect(outcomes[21]).toMatchObject(limited)
      expect((await budget.judge(caller({ account, address: '198.51.100.7' }), right)).kind).toBe('judged')
      expect((await budget.judge(caller({ account, knownDevice: 'device-1' as DeviceId }), right)).kind).toBe('judged')
      expect((await budget.judge(caller({ account: 'account-2' }), right)).kind).toBe('judged')
      world.clock.advance(600)
      expect((await budget.judge(caller({ account }), right)).kind).toBe('judged')
    })

    it('exactly, when two hundred come at once', async () => {
      budget = withRate(20)
      const slowly = () => new Promise((next) => setImmediate(next)).then(right)
      const outcomes = await Promise.all(Array.from({ length: 200 }, () => budget.judge(caller({ account }), slowly)))
      expect(outcomes.filter(({ kind }) => kind === 'judged')).toHaveLength(20)
      expect((await budget.judge(caller({ account }), right)).kind).toBe('limited')
    })

    it('across processes, except for those not written yet', async () => {
      budget = withRate(20)
      const other = withRate(20)
      let judged = 0
      for (let n = 0; n < 60; n += 1) {
        const outcome = await (n % 2 ? budget : other).judge(caller({ account }), right)
        if (outcome.kind === 'judged') judged += 1
      }
      expect(judged).toBeGreaterThanOrEqual(20)
      expect(judged).toBeLessThanOrEqual(22)
    })

    it('with a write for every tenth of the budget, and none for wrong ones', async () => {
      budget = withRate(100)
      const before = world.store.roundTrips
      for (let n = 0; n < 9; n += 1) await budget.judge(caller({ account }), right)
      expect(world.store.roundTrips - before).toBe(9)
      await budget.judge(caller({ account }), right)
      expect(world.store.roundTrips - before).toBe(11)
    })
  })

  it("costs one read after a success and seven more writes after a name's first failure in its network", async () => {
    const before = world.store.roundTrips
    await budget.judge(caller(), right)
    expect(world.store.roundTrips - before).toBe(1)
    await budget.judge(caller(), wrong)
    expect(world.store.roundTrips - before).toBe(9)
  })

  it('stores no name and no address in plain text', async () => {
    await fail(1)
    const ids = (await world.counters.find({})).map((counter) => counter._id)
    expect(ids.length).toBe(7)
    expect(ids.join()).not.toMatch(/alice|203\.0\.113/)
  })

  // A test server on a busy machine has its own limits.
  const burst = kind === 'embedded' ? 1000 : 200

  it(`judges no more of ${burst} parallel guesses than the budget allows`, async () => {
    let judged = 0
    const guess = async () => {
      judged += 1
      await new Promise((next) => setImmediate(next))
      return wrong()
    }
    const outcomes = await Promise.all(Array.from({ length: burst }, () => budget.judge(caller(), guess)))
    expect(judged).toBe(10)
    expect(outcomes.filter((outcome) => outcome.kind === 'limited').length).toBe(burst - 10)
    expect((await world.counters.find({})).map((counter) => counter.count)).toEqual(
      expect.arrayContaining([10, 10, 10, 10, 10, 1]),
    )
  })

  it('judges no more than the budget however the guesses are spread in time', async () => {
    let judged = 0
    const guess = () => {
      judged += 1
      return wrong()
    }
    const guesses: Promise<unknown>[] = []
    for (let number = 0; number < 300; number += 1) {
      guesses.push(budget.judge(caller(), guess))
      for (let turn = 0; turn < number % 5; turn += 1) await new Promise((next) => setImmediate(next))
    }
    await Promise.all(guesses)
    expect(judged).toBe(10)
  })

  it('judges at most the budget for each of two processes', async () => {
    const other = inProcess()
    let judged = 0
    const guess = () => {
      judged += 1
      return wrong()
    }
    await Promise.all(
      Array.from({ length: burst }, (_, number) => (number % 2 ? budget : other).judge(caller(), guess)),
    )
    expect(judged).toBeLessThanOrEqual(20)
    expect((await budget.judge(caller(), right)).kind).toBe('limited')
    expect((await other.judge(caller(), right)).kind).toBe('limited')
  })

  it('admits a crowd with right passwords, although one budget allows fewer', async () => {
    const outcomes = []
    for (let number = 0; number < 30; number += 1) outcomes.push(await budget.judge(caller(), right))
    expect(outcomes.every((outcome) => outcome.kind === 'judged')).toBe(true)
  })

  it('counts nothing when the check throws, and blocks no caller for it', async () => {
    const fault = () => Promise.reject(new Unavailable('store'))
    for (let number = 0; number < 30; number += 1)
      await expect(budget.judge(caller(), fault)).rejects.toThrow(Unavailable)
    expect((await budget.judge(caller(), right)).kind).toBe('judged')
    expect(await world.counters.count({})).toBe(0)
  })

  it('does not answer a wrong guess that cannot be counted', async () => {
    const silent: LimitsStore = { ...world.deps.limits, increment: () => Promise.reject(new Unavailable('store')) }
    await expect(inProcess(silent).judge(caller(), wrong)).rejects.toThrow(Unavailable)
  })

  it('judges no attempt while the counts cannot be read', async () => {
    const blind: LimitsStore = { ...world.deps.limits, counts: () => Promise.reject(new Unavailable('store')) }
    let judged = 0
    const guess = () => {
      judged += 1
      return right()
    }
    await expect(inProcess(blind).judge(caller(), guess)).rejects.toThrow(Unavailable)
    expect(judged).toBe(0)
  })
})
