import { allAblations } from '../../../bench/risk/ablations/all-ablations.js'
import type { SignInEvent } from '../../../bench/risk/event.js'
import type { Policy } from '../../../bench/risk/policies/policy.js'
import type { Databases } from '../../../bench/risk/stepgate/databases.js'
import { noAsn, noGeo } from '../../../src/networks/index.js'
import { signInEvent, TOKYO } from './support/sign-in-event.js'

const DATABASES: Databases = { geo: noGeo, asn: noAsn, classOf: () => null }
const ABROAD = { country: 'JP', asn: 2516, address: '126.1.2.3', place: TOKYO, cookie: null }

/** Every ablation after a month of daily sign-ins of two people, by name. */
function settled(): ReadonlyMap<string, Policy> {
  const policies = allAblations(DATABASES).map((create) => create())
  for (const policy of policies) {
    for (let day = 0; day < 30; day += 1) {
      for (const userId of ['ada', 'ben']) {
        const event = signInEvent(day, { userId })
        policy.learn(event, policy.judge(event))
      }
    }
  }
  return new Map(policies.map((policy) => [policy.name, policy]))
}

describe('ours without one of its parts', () => {
  const policies = settled()
  const scoreOf = (name: string, event: SignInEvent): number => policies.get(name)?.judge(event).score ?? NaN
  const usual = signInEvent(30)
  const whole = (event: SignInEvent) => scoreOf('Stepgate', event)

  it('does not tell a browser with a token from one without, where the token is left out', () => {
    const withoutCookie = { ...usual, cookie: null }
    expect(whole(withoutCookie) - whole(usual)).toBeGreaterThan(2)
    expect(scoreOf('without token', withoutCookie)).toBe(scoreOf('without token', usual))
  })

  it('takes an attacker who copies the person for an average one, if there is no mixture', () => {
    const copy = signInEvent(30, { cookie: null, address: '81.10.99.1' })
    expect(scoreOf('without mixture', copy)).toBeLessThan(whole(copy))
  })

  it('punishes a new country once more for every level below it, where there is no hierarchy', () => {
    expect(scoreOf('without hierarchy', signInEvent(30, ABROAD))).toBeGreaterThan(whole(signInEvent(30, ABROAD)))
  })

  it('lets a familiar address say more, where nothing is bounded', () => {
    expect(scoreOf('without caps', signInEvent(30, { cookie: null }))).not.toBe(
      whole(signInEvent(30, { cookie: null })),
    )
  })

  it('remembers after two hundred days what the whole has forgotten, where nothing decays', () => {
    const later = signInEvent(230, { cookie: null })
    expect(scoreOf('without decay', later)).toBeLessThan(whole(later) - 2)
  })
})
