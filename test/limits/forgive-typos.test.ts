import type { DeviceId } from '../../src/kernel/ids.js'
import {
  createBudgets,
  createCallBudgets,
  createSignInBudget,
  sharedNetworks,
  type SignInBudget,
  type SignInCaller,
} from '../../src/limits/index.js'
import { rememberingAudit } from '../support/audit.js'
import { limitsWorld, STORES, type LimitsWorld } from './support/limits-world.js'

const OFFICE = '203.0.113.9'
const budgets = createBudgets({
  signInPerAddress: { count: 12, withinSeconds: 900 },
  signUpPerAddress: { count: 2, withinSeconds: 900 },
})
const caller = (over: Partial<SignInCaller> = {}): SignInCaller => ({
  address: OFFICE,
  name: 'mira@example.com',
  knownDevice: null,
  account: null,
  ...over,
})
const right = () => Promise.resolve({ right: true, value: 'in' })
const wrong = () => Promise.resolve({ right: false, value: 'out' })

describe.each(STORES)('typing errors of colleagues behind one address, on the %s store', (store) => {
  let world: LimitsWorld
  let budget: SignInBudget
  beforeEach(async () => {
    world = await limitsWorld(store)
    budget = createSignInBudget({ ...world.deps, budgets, alarmShare: 0.2 })
  })
  afterEach(() => world.close())

  const fail = async (count: number, who = caller()) => {
    for (let nth = 0; nth < count; nth += 1) await budget.judge(who, wrong)
  }
  const succeed = async (who = caller()) => (await budget.judge(who, right)).kind
  /** How many wrong passwords for ever new names the address has left. */
  const left = async (): Promise<number> => {
    for (let nth = 0; ; nth += 1) {
      const outcome = await budget.judge(caller({ name: `left${nth}@example.com` }), wrong)
      if (outcome.kind === 'limited') return nth
    }
  }

  it('are given back by the right password of the same name from the same address', async () => {
    await fail(4)
    expect(await succeed()).toBe('judged')
    expect(await left()).toBe(12)
  })

  it('are given back once, however often the name signs in', async () => {
    await fail(3, caller({ name: 'guessed@example.com' }))
    await fail(4)
    for (let nth = 0; nth < 5; nth += 1) await succeed()
    expect(await left()).toBe(9)
  })

  it('are given back once when two sign-ins end together', async () => {
    await fail(5, caller({ name: 'guessed@example.com' }))
    await fail(4)
    let entered = 0
    let finish = (): void => undefined
    const both = new Promise<void>((resolve) => (finish = resolve))
    const meet = () => {
      entered += 1
      if (entered === 2) finish()
      return both.then(right)
    }
    await Promise.all([budget.judge(caller(), meet), budget.judge(caller(), meet)])
    expect(await left()).toBe(7)
  })

  it('stay counted for the name: ten guesses are ten guesses, with sign-ins between them', async () => {
    let guesses = 0
    for (let nth = 0; nth < 20; nth += 1) {
      if ((await budget.judge(caller(), wrong)).kind === 'judged') guesses += 1
      if (nth % 3 === 2) await succeed()
    }
    expect(guesses).toBe(10)
  })

  it('are not given back by another name, or from another address', async () => {
    await fail(8)
    await succeed(caller({ name: 'own@example.com' }))
    await succeed(caller({ address: '198.51.100.7' }))
    expect(await left()).toBe(4)
  })

  it('cost a right password nothing where there were none', async () => {
    const spent: string[] = []
    const limits = {
      ...world.deps.limits,
      increment: (id: string, expiresAt: Date, by?: number) => {
        spent.push(id)
        return world.deps.limits.increment(id, expiresAt, by)
      },
    }
    budget = createSignInBudget({ ...world.deps, limits, budgets, alarmShare: 0.2 })
    await succeed()
    expect(spent).toEqual([])
  })

  it('on a known device do not count against the address', async () => {
    await fail(10, caller({ knownDevice: 'device-1' as DeviceId }))
    expect(await left()).toBe(12)
  })

  it('have more room in a listed network, while one name has no more there', async () => {
    const listed = sharedNetworks({ networks: ['203.0.113.0/24', '2001:db8::/48'], factor: 3 })
    budget = createSignInBudget({ ...world.deps, sharedNetworks: listed, budgets, alarmShare: 0.2 })
    await fail(15)
    expect(await left()).toBe(36 - 10)
  })

  it('are calls given back only in the window they were spent in', async () => {
    const calls = createCallBudgets({ limits: world.deps, budgets, audit: rememberingAudit() })
    const context = { origin: { address: OFFICE } } as never
    const spend = calls.perAddress('signUpPerAddress')
    const spentAt = world.clock.now()
    await spend(context)
    await spend(context)
    await expect(spend(context)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    await calls.giveBackToAddress('signUpPerAddress', context, spentAt)
    world.clock.advance(900)
    await spend(context)
    await calls.giveBackToAddress('signUpPerAddress', context, spentAt)
    await spend(context)
    await expect(spend(context)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  })
})
