import { spendMailRequest } from '../../src/sign-in/index.js'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { Refusal } from '../../src/kernel/refusal.js'
import { createBudgets } from '../../src/limits/index.js'
import { limitsWorld, STORES, type LimitsWorld } from './support/limits-world.js'
import { rememberingAudit } from '../support/audit.js'

const OFFICE = '192.0.2.1'

describe.each(STORES)('mail requested from one address, on the %s store', (store) => {
  let world: LimitsWorld
  beforeEach(async () => {
    world = await limitsWorld(store)
  })
  afterEach(() => world.close())

  /** Requests mail as this account, or anonymously, and returns whether it is allowed. */
  function asking() {
    const spendOne = spendMailRequest({
      limits: world.deps,
      budgets: createBudgets({ messagePerAddress: { count: 2, withinSeconds: 900 } }),
      audit: rememberingAudit(),
      sessions: { findPersonByEmail: () => Promise.resolve(null) },
    } as unknown as Parameters<typeof spendMailRequest>[0])
    return async (accountId: AccountId | null): Promise<boolean> => {
      const caller = { context: { origin: { address: OFFICE } }, accountId, deviceTokenFor: () => null } as never
      try {
        await spendOne(caller, null)
        return true
      } catch (error) {
        if (error instanceof Refusal) return false
        throw error
      }
    }
  }

  it('is counted per account, and for all anonymous callers together', async () => {
    const may = asking()
    const [one, another] = [newId<AccountId>(), newId<AccountId>()]
    expect([await may(null), await may(null), await may(null)]).toEqual([true, true, false])
    expect([await may(one), await may(one), await may(one)]).toEqual([true, true, false])
    expect(await may(another)).toBe(true)
  })
})
