import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import type { FactorStatus, FactorType } from '../../src/kernel/factor-type.js'
import {
  allLeftAfter,
  isWanted,
  leftAfter,
  wantedFactor,
  wantedInstead,
  wantedWithout,
  type CountedFactor,
} from '../../src/kernel/factors-left.js'
import { newId } from '../../src/kernel/ids.js'
import { OPEN_RULE, OPEN_RULES } from '../support/mfa-rules.js'

const NOW = new Date('2030-01-01T12:00:00Z')
const at = (seconds: number) => secondsAfter(NOW, seconds)

const factor = (type: FactorType, over: Partial<CountedFactor> = {}): CountedFactor => ({
  ...{ id: newId(), type, status: 'ACTIVE' satisfies FactorStatus, activatedAt: at(-100), expiresAt: null },
  ...over,
})
const NO_CHANGE = { removes: [], adds: null }

describe('the factors left to an account', () => {
  const wanted = { types: ['TOTP', 'WEBAUTHN'], since: null } as const

  it('include an active one of a wanted kind that has not expired', () => {
    expect(isWanted(factor('TOTP'), wanted, NOW)).toBe(true)
    expect(isWanted(factor('SMS'), wanted, NOW)).toBe(false)
    expect(isWanted(factor('TOTP', { status: 'DISABLED' }), wanted, NOW)).toBe(false)
    expect(isWanted(factor('TOTP', { expiresAt: at(-1) }), wanted, NOW)).toBe(false)
    expect(isWanted(factor('TOTP', { expiresAt: at(1) }), wanted, NOW)).toBe(true)
  })

  it('include one activated since a new one was demanded', () => {
    const since = { ...wanted, since: at(-100) }
    expect(isWanted(factor('TOTP'), since, NOW)).toBe(true)
    expect(isWanted(factor('TOTP', { activatedAt: at(-101) }), since, NOW)).toBe(false)
    expect(isWanted(factor('TOTP', { activatedAt: null }), since, NOW)).toBe(false)
  })

  it('exclude the removed one, and include the new one', () => {
    const [goes, comes] = [factor('TOTP'), factor('WEBAUTHN')]
    expect(leftAfter([goes], { removes: [goes.id], adds: null }, wanted, NOW)).toBeNull()
    expect(leftAfter([goes], { removes: [goes.id], adds: comes }, wanted, NOW)).toBe(comes)
  })

  it('include one for every demand', () => {
    const [app, phone] = [factor('TOTP'), factor('SMS')]
    const both = [wanted, { types: ['SMS'], since: null }] as const
    expect(allLeftAfter([app, phone], NO_CHANGE, both, NOW)).toEqual([app, phone])
    expect(allLeftAfter([app], NO_CHANGE, both, NOW)).toBeNull()
    expect(allLeftAfter([], NO_CHANGE, [], NOW)).toEqual([])
  })

  it('are demanded by the installation, and by each organization that counts the kind', () => {
    const everywhere = { ...OPEN_RULES.everywhere, keepOneOf: [['TOTP', 'WEBAUTHN'], ['PUSH']] as const }
    const owner = { mfaRules: { ...OPEN_RULES, everywhere }, reEnrollSince: null, factors: [factor('TOTP')] }
    expect(wantedFactor(owner, USUAL_ASSURANCES)).toBeNull()
    expect(wantedWithout(owner, factor('TOTP'), USUAL_ASSURANCES)).toEqual([
      { types: ['TOTP', 'WEBAUTHN'], since: null },
    ])
    expect(wantedWithout(owner, factor('SMS'), USUAL_ASSURANCES)).toEqual([])
    const required = { ...owner.mfaRules, account: { ...OPEN_RULE, required: true } }
    expect(wantedWithout({ ...owner, mfaRules: required }, factor('PUSH'), USUAL_ASSURANCES)).toHaveLength(2)
    const demanded = { ...owner, reEnrollSince: NOW }
    expect(wantedFactor(demanded, USUAL_ASSURANCES)).toMatchObject({ since: NOW })
  })

  it('are not demanded for one from before a new one was demanded', () => {
    const everywhere = { ...OPEN_RULES.everywhere, keepOneOf: [['TOTP']] as const }
    const owner = { mfaRules: { ...OPEN_RULES, everywhere }, reEnrollSince: at(-50), factors: [factor('TOTP')] }
    expect(wantedWithout(owner, factor('TOTP'), USUAL_ASSURANCES)).toHaveLength(1)
    const fresh = factor('TOTP', { activatedAt: at(-50) })
    expect(wantedWithout(owner, fresh, USUAL_ASSURANCES)).toHaveLength(2)
  })

  it('include a replacement of equal value for a reported one', () => {
    const everywhere = { ...OPEN_RULES.everywhere, keepOneOf: [['TOTP']] as const, vouching: [['PUSH']] as const }
    const instead = (type: FactorType) => wantedInstead({ ...OPEN_RULES, everywhere }, type, USUAL_ASSURANCES)
    expect(instead('TOTP').asGood.types).not.toContain('EMAIL')
    expect(instead('EMAIL').asGood.types).toContain('EMAIL')
    expect(instead('TOTP').asGood.types).not.toContain('RECOVERY_CODE')
    expect(instead('TOTP').inOrganizations).toEqual([{ types: ['TOTP'], since: null }])
    expect(instead('PUSH').inOrganizations).toEqual([{ types: ['PUSH'], since: null }])
  })
})
