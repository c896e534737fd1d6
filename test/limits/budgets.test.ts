import { addressKey, createBudgets, DEFAULT_RATES, UNKNOWN_ADDRESS } from '../../src/limits/index.js'
import { windowOf } from '../../src/limits/budgets.js'

describe('the network of an address', () => {
  it.each([
    ['an IPv4 address', '203.0.113.9', '203.0.113.9'],
    ['IPv4-mapped IPv6', '::ffff:203.0.113.9', '203.0.113.9'],
    ['IPv4-mapped IPv6 in hexadecimal', '::FFFF:cb00:7109', '203.0.113.9'],
    ['IPv4-mapped IPv6 in full', '0:0:0:0:0:ffff:203.0.113.9', '203.0.113.9'],
    ['an IPv6 address', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['another of the same /64', '2001:0db8:0001:0002:ffff::1', '2001:db8:1:2::/64'],
    ['one with zeros left out', '2001:db8::1', '2001:db8:0:0::/64'],
    ['loopback', '::1', '0:0:0:0::/64'],
    ['one with a zone', 'fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['one with spaces around', ' 203.0.113.9 ', '203.0.113.9'],
  ])('is derived for %s', (_, address, key) => {
    expect(addressKey(address)).toBe(key)
  })

  it.each([null, undefined, '', 'unknown', '203.0.113', '203.0.113.9:80', 'localhost', '2001:db8:::1', '01.2.3.4'])(
    'is one shared bucket for %j',
    (address) => {
      expect(addressKey(address)).toBe(UNKNOWN_ADDRESS)
    },
  )
})

describe('budgets', () => {
  it('have the defaults unless configured', () => {
    const budgets = createBudgets({ signUpPerAddress: { count: 3, withinSeconds: 60 } })
    expect(budgets.signUpPerAddress).toEqual({ name: 'signUpPerAddress', count: 3, withinSeconds: 60 })
    expect(budgets.signInPerName).toEqual({ name: 'signInPerName', ...DEFAULT_RATES.signInPerName })
  })

  it('have the same windows in every process', () => {
    const rate = { count: 1, withinSeconds: 900 }
    expect(windowOf(rate, new Date('2026-03-01T12:07:31Z'))).toEqual({
      startedAt: new Date('2026-03-01T12:00:00Z'),
      endsAt: new Date('2026-03-01T12:15:00Z'),
    })
    expect(windowOf(rate, new Date('2026-03-01T12:15:00Z')).startedAt).toEqual(new Date('2026-03-01T12:15:00Z'))
  })
})
