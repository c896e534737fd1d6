import { decideVerdict, DEFAULT_RISK_SETTINGS, riskSettings } from '../../src/risk/index.js'
import { contribution, lift, scoreOf } from '../../src/risk/contribution.js'
import { floorOf, levelOf } from '../../src/risk/risk.js'

const { thresholds } = DEFAULT_RISK_SETTINGS

describe('levels', () => {
  it.each([
    [-9, 'LOW'],
    [0, 'LOW'],
    [0.001, 'MEDIUM'],
    [4, 'MEDIUM'],
    [4.001, 'HIGH'],
    [8, 'HIGH'],
    [8.001, 'CRITICAL'],
    [Number.NaN, 'CRITICAL'],
  ])('takes a score of %p for %s', (score, level) => {
    expect(levelOf(score, thresholds)).toBe(level)
  })

  it.each(['MEDIUM', 'HIGH', 'CRITICAL'] as const)('puts the floor of %s inside that level', (level) => {
    const odd = riskSettings({ low: -0.3, medium: 0.71, high: 1.7123 }).thresholds
    expect(levelOf(floorOf(level, thresholds), thresholds)).toBe(level)
    expect(levelOf(scoreOf([lift({ code: 'RULE_NO_HISTORY' }, 0, floorOf(level, odd))]), odd)).toBe(level)
  })

  it.each([{ low: 5 }, { high: 3 }, { low: Number.NaN }, { high: Infinity }, { medium: 0.5 }])(
    'refuses %p',
    (given) => {
      expect(() => riskSettings(given)).toThrow(RangeError)
    },
  )
})

describe('contributions', () => {
  it.each([Number.NaN, Infinity, -Infinity, -0, 0.1, 1e300])('are finite and on the grid for %p', (nats) => {
    const made = contribution({ code: 'NETWORK_NEW' }, nats).nats
    expect(Number.isInteger(made * 1024)).toBe(true)
    expect(Object.is(made, -0)).toBe(false)
  })
})

describe('the verdict', () => {
  it.each([
    ['LOW', ['TOTP'], 'ALLOW', []],
    ['LOW', [], 'ALLOW', []],
    ['MEDIUM', ['SMS', 'TOTP', 'SMS'], 'CHALLENGE', ['SMS', 'TOTP']],
    ['MEDIUM', [], 'CHALLENGE', []],
    ['HIGH', ['SMS', 'PUSH', 'RECOVERY_CODE'], 'CHALLENGE', ['PUSH']],
    ['HIGH', ['SMS', 'EMAIL', 'RECOVERY_CODE'], 'CHALLENGE', []],
    ['HIGH', ['WEBAUTHN', 'TOTP', 'PUSH', 'EMAIL'], 'CHALLENGE', ['WEBAUTHN', 'TOTP', 'PUSH']],
    ['CRITICAL', ['TOTP', 'WEBAUTHN'], 'CHALLENGE', ['WEBAUTHN']],
    ['CRITICAL', ['TOTP'], 'BLOCK', []],
    ['CRITICAL', [], 'BLOCK', []],
  ] as const)('at %s with %j is to %s', (level, factors, verdict, acceptedFactors) => {
    expect(decideVerdict(level, factors)).toEqual({ verdict, acceptedFactors })
  })
})
