import { sharedSpendings } from '../../src/factors/message-shares.js'

const SHARES = { enrollment: 0.5, unknownDevice: 0.8 }
const OF = { budget: { name: 'smsOverall', count: 10, withinSeconds: 900 } as const, key: 'prefix' }
const countsOf = (purpose: 'ENROLLMENT' | 'SIGN_IN', isKnownCaller: boolean) =>
  sharedSpendings(SHARES, { purpose, isKnownCaller }, OF).map(({ budget }) => budget.count)

describe('what a message spends of a shared budget (R129)', () => {
  it.each([
    ['an enrolment', 'ENROLLMENT', true, [5, 8, 10]],
    ['an enrolment on an unknown device', 'ENROLLMENT', false, [5, 8, 10]],
    ['a sign-in on an unknown device', 'SIGN_IN', false, [8, 10]],
    ['a sign-in on a known device', 'SIGN_IN', true, [10]],
  ] as const)('%s', (_, purpose, isKnownCaller, counts) => {
    expect(countsOf(purpose, isKnownCaller)).toEqual(counts)
  })

  it('is counted by its share and by the whole, separately', () => {
    const keys = sharedSpendings(SHARES, { purpose: 'ENROLLMENT', isKnownCaller: false }, OF).map(({ key }) => key)
    expect(new Set(keys).size).toBe(3)
  })
})
