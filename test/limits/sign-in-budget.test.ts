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
  rememberedDevice: null,
  ...over,
})
const right = () => Promise.resolve({ right: true, value: 'in' })
const wrong = () => Promise.resolve({ right: false, value: 'out' })
const address = (number: number) => `198.51.${number >> 8}.${number & 255}`

describe.each(STORES)('the budget of failed sign-ins on the %s store', (kind) => {
  let world: LimitsWorld
  let budget: SignInBudget
  const inProcess = (limits?: LimitsStore) =>
    createSignInBudget({ ...world.deps, ...(limits ? { limits } : {}), budgets: createBudgets() })
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
    expect(await budget.judge(caller(), right)).toEqual({
      kind: 'limited',
      budget: 'signInPerAddressAndName',
      retryAfterSeconds: 600,
    })
  })

  it('says once which budget a failure used up', async () => {
    await fail(9)
    expect(await budget.judge(caller(), wrong)).toEqual({
      kind: 'judged',
      value: 'out',
      exhausted: ['signInPerAddressAndName'],
    })
  })

  it('lets the same person in from elsewhere', async () => {
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

  it('refuses an address after a hundred failures over many names, through its whole /64', async () => {
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
    const rememberedDevice = 'device-1' as DeviceId
    expect(await budget.judge(caller({ rememberedDevice }), right)).toMatchObject({ kind: 'judged', value: 'in' })
  })

  it('tells whoever judges how often the name failed before, a remembered device too', async () => {
    await fail(3)
    const told: number[] = []
    const listen = ({ failuresOfName }: { failuresOfName: number }) => {
      told.push(failuresOfName)
      return right()
    }
    await budget.judge(caller(), listen)
    await budget.judge(caller({ rememberedDevice: 'device-1' as DeviceId }), listen)
    await budget.judge(caller({ name: null }), listen)
    expect(told).toEqual([3, 3, 0])
  })

  it('gives a remembered device a budget of its own, wherever it goes', async () => {
    const rememberedDevice = 'device-1' as DeviceId
    for (let number = 0; number < 10; number += 1) await fail(1, caller({ rememberedDevice, address: address(number) }))
    expect(await budget.judge(caller({ rememberedDevice }), right)).toMatchObject({ budget: 'signInPerDevice' })
  })

  it('holds a remembered device to the budget of its address', async () => {
    for (let name = 0; name < 100; name += 1) await fail(1, caller({ name: `n${name}` }))
    const rememberedDevice = 'device-1' as DeviceId
    expect(await budget.judge(caller({ rememberedDevice }), right)).toMatchObject({ budget: 'signInPerAddress' })
  })

  it('costs one read after a success and six writes more after the first failure of a name in its part of the network', async () => {
    const before = world.store.roundTrips
    await budget.judge(caller(), right)
    expect(world.store.roundTrips - before).toBe(1)
    await budget.judge(caller(), wrong)
    expect(world.store.roundTrips - before).toBe(8)
  })

  it('keeps no name and no address in the open', async () => {
    await fail(1)
    const ids = (await world.counters.find({})).map((counter) => counter._id)
    expect(ids.length).toBe(6)
    expect(ids.join()).not.toMatch(/alice|203\.0\.113/)
  })

  // A test server on a busy machine has its own limits.
  const burst = kind === 'embedded' ? 1000 : 200

  it(`judges no more of ${burst} parallel guesses than the budget holds`, async () => {
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

  it('lets a crowd with right passwords in, though one budget holds fewer', async () => {
    const outcomes = []
    for (let number = 0; number < 30; number += 1) outcomes.push(await budget.judge(caller(), right))
    expect(outcomes.every((outcome) => outcome.kind === 'judged')).toBe(true)
  })

  it('counts nothing when judging fails, and holds nobody up for it', async () => {
    const fault = () => Promise.reject(new Unavailable('store'))
    for (let number = 0; number < 30; number += 1)
      await expect(budget.judge(caller(), fault)).rejects.toThrow(Unavailable)
    expect((await budget.judge(caller(), right)).kind).toBe('judged')
    expect(await world.counters.count({})).toBe(0)
  })

  it('gives no answer to a wrong guess that cannot be counted', async () => {
    const silent: LimitsStore = { ...world.deps.limits, increment: () => Promise.reject(new Unavailable('store')) }
    await expect(inProcess(silent).judge(caller(), wrong)).rejects.toThrow(Unavailable)
  })

  it('judges nobody while the counts cannot be read', async () => {
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
