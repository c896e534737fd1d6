import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import type { FactorType } from '../../src/kernel/factor-type.js'
import { newId, type OrganizationId } from '../../src/kernel/ids.js'
import type { Membership } from '../../src/kernel/membership.js'
import { hasNoCommonFactor } from '../../src/organizations/common-factors.js'
import type { MemberPolicy } from '../../src/organizations/fold-policies.js'
import { OPEN_MFA_POLICY } from '../../src/organizations/organization.js'

const RULES = {
  assurances: USUAL_ASSURANCES,
  inUse: ['WEBAUTHN', 'TOTP', 'PUSH', 'SMS', 'EMAIL'] satisfies FactorType[],
}

function naming(methods: readonly FactorType[] | null, place: Partial<Membership> = {}): MemberPolicy {
  const organizationId = newId<OrganizationId>()
  const membership = {
    organizationId,
    role: 'MEMBER',
    joinedAt: new Date(0),
    mfaOptIn: false,
    breakGlass: false,
  } as const
  return {
    policy: { ...OPEN_MFA_POLICY, mode: methods === null ? 'OPTIONAL' : 'REQUIRED_FOR_ALL', methods },
    membership: { ...membership, ...place },
  }
}

const isImpossible = (entering: MemberPolicy, ...others: readonly MemberPolicy[]): boolean =>
  hasNoCommonFactor(RULES, entering, others)

describe('joining an organization besides others', () => {
  it('is possible when a kind is allowed everywhere', () => {
    expect(isImpossible(naming(['TOTP']))).toBe(false)
    expect(isImpossible(naming(['TOTP', 'WEBAUTHN']), naming(['TOTP']))).toBe(false)
    expect(isImpossible(naming(['TOTP']), naming(null))).toBe(false)
  })

  it('is impossible when no kind is allowed in both', () => {
    expect(isImpossible(naming(['TOTP']), naming(['WEBAUTHN']))).toBe(true)
  })

  it('is impossible when it would make another one impossible, although the new one requires nothing', () => {
    const optional = { ...naming(['SMS']), policy: { ...naming(['EMAIL']).policy, mode: 'OPTIONAL' } as const }
    expect(isImpossible(optional, naming(['TOTP']))).toBe(true)
    expect(isImpossible(naming(['TOTP']), optional)).toBe(true)
  })

  it("is impossible when the kinds it allows do not satisfy another one's requirement", () => {
    const asking = naming(null)
    const roles = [{ role: 'MEMBER', assurance: 'PHISHING_RESISTANT' }] as const
    const resistant = { ...asking, policy: { ...asking.policy, roles } }
    expect(isImpossible(naming(['TOTP', 'WEBAUTHN']), resistant)).toBe(false)
    expect(isImpossible(naming(['TOTP']), resistant)).toBe(true)
  })

  it('is impossible for an administrator who would have no kind left that administering requires', () => {
    const mailOnly = naming(['EMAIL'])
    const soft = { ...mailOnly, policy: { ...mailOnly.policy, mode: 'OPTIONAL' } as const }
    expect(isImpossible(naming(null, { role: 'ADMIN' }), soft)).toBe(true)
  })

  it('is not affected by two others that already contradict each other', () => {
    expect(isImpossible(naming(null), naming(['TOTP']), naming(['WEBAUTHN']))).toBe(false)
  })

  it('ignores an organization whose policy is set aside for a break-glass member', () => {
    expect(isImpossible(naming(['TOTP']), naming(['WEBAUTHN'], { breakGlass: true }))).toBe(false)
  })
})
