import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { newId, type OrganizationId } from '../../src/kernel/ids.js'
import type { Membership } from '../../src/kernel/membership.js'
import { foldPolicies, type MemberPolicy } from '../../src/organizations/fold-policies.js'
import { OPEN_MFA_POLICY, type OrganizationMfaPolicy } from '../../src/organizations/organization.js'
import { OPEN_RULE } from '../support/mfa-rules.js'

const NOW = new Date('2030-01-01T12:00:00Z')
const LATER = secondsAfter(NOW, 86_400)
const REQUIRED = { mode: 'REQUIRED_FOR_ALL' } as const

function says(policy: Partial<OrganizationMfaPolicy>, place: Partial<Membership> = {}): MemberPolicy {
  const organizationId = newId<OrganizationId>()
  const membership = { organizationId, role: 'MEMBER', joinedAt: NOW, mfaOptIn: false, breakGlass: false } as const
  return { policy: { ...OPEN_MFA_POLICY, ...policy }, membership: { ...membership, ...place } }
}

const fold = (members: readonly MemberPolicy[], installation = OPEN_RULE, now = NOW) =>
  foldPolicies(installation, members, { now, assurances: USUAL_ASSURANCES })

/** The same in every order. */
function folded(...members: readonly MemberPolicy[]) {
  const orders = [members, members.toReversed()].map((each) => fold(each))
  expect(orders[1]).toEqual(orders[0])
  return orders[0]!
}

describe('the rule of a person', () => {
  it('is that of the installation where nobody asks more', () => {
    expect(folded()).toEqual(OPEN_RULE)
    expect(folded(says({}), says({}))).toEqual(OPEN_RULE)
    const required = { ...OPEN_RULE, required: true }
    expect(fold([says({})], required)).toEqual(required)
  })

  it('asks for a second factor where an organization does', () => {
    expect(folded(says(REQUIRED), says({}))).toMatchObject({
      required: true,
      session: { assurance: 'MFA', maxAgeSeconds: null },
    })
  })

  it('asks whoever chose it where it is theirs to choose, and nobody else', () => {
    expect(folded(says({}, { mfaOptIn: true })).session).toEqual({ assurance: 'MFA', maxAgeSeconds: null })
    expect(folded(says({}, { mfaOptIn: false })).session).toBeNull()
  })

  it('asks what the role asks, in either mode', () => {
    const roles = [{ role: 'ADMIN', assurance: 'PHISHING_RESISTANT' }] as const
    for (const mode of ['OPTIONAL', 'REQUIRED_FOR_ALL'] as const) {
      const ofAdmin = folded(says({ mode, roles }, { role: 'ADMIN' }))
      expect([ofAdmin.required, ofAdmin.session?.assurance]).toEqual([true, 'PHISHING_RESISTANT'])
    }
    expect(folded(says({ roles }, { role: 'MEMBER' })).session).toBeNull()
  })

  it('is the stricter of two: assurance, age, devices and kinds of factor (R103)', () => {
    const rule = folded(
      says({ ...REQUIRED, maxAgeSeconds: 7200, methods: ['TOTP', 'WEBAUTHN'], rememberedDevices: false }),
      says({
        maxAgeSeconds: 3600,
        methods: ['WEBAUTHN', 'PUSH'],
        roles: [{ role: 'MEMBER', assurance: 'PHISHING_RESISTANT' }],
      }),
    )
    expect(rule).toEqual({
      required: true,
      dueAt: null,
      methods: ['WEBAUTHN'],
      rememberedDevices: false,
      riskThresholds: null,
      session: { assurance: 'PHISHING_RESISTANT', maxAgeSeconds: 3600 },
      setAside: null,
    })
  })

  it('asks from the lowest risk that any of them asks from, level by level', () => {
    const one = says({ riskThresholds: { low: -3, medium: 2, high: 9 } })
    const other = says({ riskThresholds: { low: -1, medium: 1, high: 7 } })
    expect(folded(one, says({}), other).riskThresholds).toEqual({ low: -3, medium: 1, high: 7 })
    expect(folded(says({ riskThresholds: null })).riskThresholds).toBeNull()
  })

  it('has no age from an organization that asks for nothing', () => {
    expect(folded(says({ maxAgeSeconds: 600 }), says(REQUIRED)).session?.maxAgeSeconds).toBeNull()
  })

  it('forbids a kind for everybody in the organization, whether or not it asks for a factor (R040)', () => {
    expect(folded(says({ methods: ['TOTP', 'WEBAUTHN'] })).methods).toEqual(['WEBAUTHN', 'TOTP'])
  })

  it('never allows what the installation has not in use', () => {
    const installation = { ...OPEN_RULE, methods: ['TOTP'] as const }
    expect(fold([says({ ...REQUIRED, methods: ['TOTP', 'PUSH'] })], installation).methods).toEqual(['TOTP'])
    expect(fold([says({ ...REQUIRED, methods: ['WEBAUTHN'] })], installation).methods).toEqual([])
  })

  it('shuts nobody out where two have no kind in common: what either allows and is worth what is asked is left', () => {
    expect(folded(says({ ...REQUIRED, methods: ['TOTP'] }), says({ methods: ['PUSH', 'EMAIL'] })).methods).toEqual([
      'TOTP',
      'PUSH',
    ])
    const resistant = { roles: [{ role: 'MEMBER', assurance: 'PHISHING_RESISTANT' }] } as const
    expect(folded(says({ methods: ['TOTP'] }), says(resistant)).methods).toEqual(['WEBAUTHN'])
  })

  it('lets no remembered device stand in for a passkey', () => {
    const resistant = [{ role: 'MEMBER', assurance: 'PHISHING_RESISTANT' }] as const
    expect(folded(says({ roles: resistant })).rememberedDevices).toBe(false)
    expect(folded(says({ ...REQUIRED, methods: ['WEBAUTHN'] })).rememberedDevices).toBe(false)
    expect(folded(says({ ...REQUIRED, methods: ['WEBAUTHN', 'TOTP'] })).rememberedDevices).toBe(true)
    expect(folded(says({ methods: ['WEBAUTHN'] })).rememberedDevices).toBe(true)
  })
})

describe('grace', () => {
  const coming = { ...REQUIRED, methods: ['WEBAUTHN'], enrollmentGraceUntil: LATER } as const

  it('only tells what is coming, until its date', () => {
    expect(folded(says(coming))).toEqual({ ...OPEN_RULE, dueAt: LATER })
    for (const now of [LATER, secondsAfter(LATER, 1)]) {
      expect(fold([says(coming)], OPEN_RULE, now)).toMatchObject({ required: true, dueAt: null, methods: ['WEBAUTHN'] })
    }
  })

  it('tells the earliest of several, and nobody whom nothing is asked of', () => {
    const sooner = secondsAfter(NOW, 60)
    expect(folded(says(coming), says({ ...coming, enrollmentGraceUntil: sooner })).dueAt).toEqual(sooner)
    expect(folded(says({ ...coming, mode: 'OPTIONAL' })).dueAt).toBeNull()
  })

  it('of one organization is none in the other', () => {
    expect(folded(says(coming), says(REQUIRED))).toMatchObject({
      required: true,
      dueAt: null,
      methods: OPEN_RULE.methods,
    })
  })
})

describe('a break-glass member', () => {
  it('answers to the installation alone, and what does not hold is known', () => {
    const spared = says({ ...REQUIRED, methods: ['WEBAUTHN'] }, { breakGlass: true })
    const { setAside, ...rule } = folded(spared)
    expect({ ...rule, setAside: null }).toEqual(OPEN_RULE)
    expect(setAside?.organizationIds).toEqual([spared.membership.organizationId])
    expect(setAside?.rule).toMatchObject({ required: true, methods: ['WEBAUTHN'], session: { assurance: 'MFA' } })
  })

  it('answers to every other organization', () => {
    const rule = folded(says({ ...REQUIRED, maxAgeSeconds: 600 }, { breakGlass: true }), says(REQUIRED))
    expect(rule.session).toEqual({ assurance: 'MFA', maxAgeSeconds: null })
    expect(rule.setAside?.rule.session).toEqual({ assurance: 'MFA', maxAgeSeconds: 600 })
  })
})
