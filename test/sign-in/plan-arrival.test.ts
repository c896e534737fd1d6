import type { FactorSummary } from '../../src/kernel/actor.js'
import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { FACTOR_TYPES, type FactorType } from '../../src/kernel/factor-type.js'
import { newId } from '../../src/kernel/ids.js'
import { decideVerdict, type RiskLevel } from '../../src/risk/index.js'
import { planArrival } from '../../src/sign-in/plan-arrival.js'

const NOW = new Date('2030-01-01T12:00:00Z')
type Input = Parameters<typeof planArrival>[1]

const factor = (type: FactorType): FactorSummary =>
  ({ id: newId(), type, name: type, status: 'ACTIVE', codesLeft: null, expiresAt: null }) as unknown as FactorSummary

/** What a right password leads to at this risk level, for an account with these kinds of factor. */
function planned(level: RiskLevel, types: readonly FactorType[], riskReportOnly = false) {
  const account = {
    required: false,
    methods: FACTOR_TYPES,
    recoveryCodes: true,
    rememberedDevices: true,
    session: null,
  }
  const everywhere = { enrollable: FACTOR_TYPES, rememberedDevices: true }
  const person = {
    factors: types.map(factor),
    mfaRules: { account, organizations: {}, everywhere },
    reEnrollSince: null,
    riskProfile: null,
  } as unknown as Input['person']
  const plan = planArrival(
    { assurances: USUAL_ASSURANCES, riskReportOnly },
    {
      first: { method: 'PASSWORD', passwordHash: 'hash', rehashed: null },
      person,
      organizationId: null,
      risk: { ...decideVerdict(level, types), level, score: 0, contributions: [], reasons: [] },
      recognized: { state: 'none', device: null, secret: '', fault: null },
      now: NOW,
    },
  )
  if (plan === 'block' || plan.kind !== 'challenge') return plan
  return plan.options.map(({ type }) => type)
}

describe('what a right password leads to', () => {
  it('is a challenge about every factor where the risk accepts every kind', () => {
    expect(planned('MEDIUM', ['SMS', 'TOTP'])).toEqual(['SMS', 'TOTP'])
  })

  it('is no challenge about a factor that the risk does not accept', () => {
    expect(planned('HIGH', ['SMS', 'TOTP'])).toEqual(['TOTP'])
    expect(planned('CRITICAL', ['SMS', 'TOTP', 'WEBAUTHN'])).toEqual(['WEBAUTHN'])
    expect(planned('HIGH', ['SMS'])).toEqual([])
  })

  it('offers a recovery code as well unless the risk is critical', () => {
    expect(planned('HIGH', ['SMS', 'TOTP', 'RECOVERY_CODE'])).toEqual(['TOTP', 'RECOVERY_CODE'])
    expect(planned('CRITICAL', ['WEBAUTHN', 'RECOVERY_CODE'])).toEqual(['WEBAUTHN'])
  })

  it('is a block where the risk blocks, whatever factors there are', () => {
    expect(planned('CRITICAL', ['TOTP'])).toBe('block')
    expect(planned('CRITICAL', ['SMS', 'TOTP', 'RECOVERY_CODE'])).toBe('block')
  })

  it('is a challenge about any factor where risk is only recorded', () => {
    expect(planned('CRITICAL', ['SMS', 'TOTP'], true)).toEqual(['SMS', 'TOTP'])
  })
})
