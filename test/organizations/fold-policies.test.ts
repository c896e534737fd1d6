import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { newId, type OrganizationId } from '../../src/kernel/ids.js'
import type { Membership } from '../../src/kernel/membership.js'
import { ruleFor, type MfaRule } from '../../src/kernel/mfa-rule.js'
import { foldPolicies, type MemberPolicy } from '../../src/organizations/fold-policies.js'
import { OPEN_MFA_POLICY, type OrganizationMfaPolicy } from '../../src/organizations/organization.js'
import { OPEN_RULE, OPEN_RULES } from '../support/mfa-rules.js'

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

/** The rule of a session for the first of these organizations. */
function ruleOf(members: readonly MemberPolicy[], installation?: MfaRule, now?: Date): MfaRule {
  return ruleFor(fold(members, installation, now), members[0]!.membership.organizationId)
}
const everywhere = (...members: readonly MemberPolicy[]) => fold(members).everywhere

describe('the rule of a session', () => {
  it('is that of the installation when the organization requires no more, and for no organization', () => {
    const open = says({})
    expect(ruleOf([open])).toEqual(OPEN_RULE)
    expect(fold([])).toEqual(OPEN_RULES)
    const required = { ...OPEN_RULE, required: true }
    expect(ruleOf([open], required)).toEqual(required)
    const strict = fold([says({ ...REQUIRED, methods: ['WEBAUTHN'] })])
    for (const organizationId of [null, newId<OrganizationId>()])
      expect(ruleFor(strict, organizationId)).toBe(OPEN_RULE)
  })

  it('requires a second factor when the organization does', () => {
    expect(ruleOf([says(REQUIRED)])).toMatchObject({
      required: true,
      session: { assurance: 'MFA', maxAgeSeconds: null },
    })
  })

  it('requires one of members who opted in, where it is optional, and of no others', () => {
    expect(ruleOf([says({}, { mfaOptIn: true })]).session).toEqual({ assurance: 'MFA', maxAgeSeconds: null })
    expect(ruleOf([says({}, { mfaOptIn: false })]).session).toBeNull()
  })

  it('requires what the role requires, in either mode', () => {
    const roles = [{ role: 'ADMIN', assurance: 'PHISHING_RESISTANT' }] as const
    for (const mode of ['OPTIONAL', 'REQUIRED_FOR_ALL'] as const) {
      const ofAdmin = ruleOf([says({ mode, roles }, { role: 'ADMIN' })])
      expect([ofAdmin.required, ofAdmin.session?.assurance]).toEqual([true, 'PHISHING_RESISTANT'])
    }
    expect(ruleOf([says({ roles }, { role: 'MEMBER' })]).session).toBeNull()
  })

  it("is the stricter of the installation's and the organization's", () => {
    const installation = { ...OPEN_RULE, session: { assurance: 'MFA', maxAgeSeconds: 3600 } } as const
    const roles = [{ role: 'MEMBER', assurance: 'PHISHING_RESISTANT' }] as const
    expect(ruleOf([says({ roles, maxAgeSeconds: 600 })], installation).session).toEqual({
      assurance: 'PHISHING_RESISTANT',
      maxAgeSeconds: 600,
    })
    expect(ruleOf([says({ ...REQUIRED, maxAgeSeconds: 7200 })], installation).session).toEqual(installation.session)
  })

  it('has no maximum age from an organization that requires nothing', () => {
    expect(ruleOf([says({ maxAgeSeconds: 600 })]).session).toBeNull()
  })

  it('forbids a kind for every member, whether or not a factor is required (R040)', () => {
    expect(ruleOf([says({ methods: ['TOTP', 'WEBAUTHN'] })]).methods).toEqual(['WEBAUTHN', 'TOTP'])
  })

  it('never allows a kind that the installation does not use', () => {
    const installation = { ...OPEN_RULE, methods: ['TOTP'] as const }
    expect(ruleOf([says({ ...REQUIRED, methods: ['TOTP', 'PUSH'] })], installation).methods).toEqual(['TOTP'])
    expect(ruleOf([says({ ...REQUIRED, methods: ['WEBAUTHN'] })], installation).methods).toEqual([])
  })

  it('counts no recovery code where kinds are named, or for what a role must prove (R137)', () => {
    const roles = [{ role: 'ADMIN', assurance: 'MFA' }] as const
    expect(ruleOf([says({ methods: ['TOTP'] })]).recoveryCodes).toBe(false)
    expect(ruleOf([says({ roles })]).recoveryCodes).toBe(false)
    expect(ruleOf([says(REQUIRED)]).recoveryCodes).toBe(true)
  })

  it('does not accept a remembered device instead of a passkey', () => {
    const resistant = [{ role: 'MEMBER', assurance: 'PHISHING_RESISTANT' }] as const
    expect(ruleOf([says({ roles: resistant })]).rememberedDevices).toBe(false)
    expect(ruleOf([says({ ...REQUIRED, methods: ['WEBAUTHN'] })]).rememberedDevices).toBe(false)
    expect(ruleOf([says({ ...REQUIRED, methods: ['WEBAUTHN', 'TOTP'] })]).rememberedDevices).toBe(true)
    expect(ruleOf([says({ methods: ['WEBAUTHN'] })]).rememberedDevices).toBe(true)
  })

  it('is the same whatever other organizations the person is in, and in whatever order (R133)', () => {
    const strict = says({ ...REQUIRED, methods: ['WEBAUTHN'], maxAgeSeconds: 3600 })
    const alone = ruleOf([strict])
    const others = [
      says({}),
      says({ methods: ['SMS', 'EMAIL'] }),
      says({ ...REQUIRED, methods: ['TOTP'], rememberedDevices: false }),
      says({}, { breakGlass: true }),
    ]
    for (const other of others) {
      for (const members of [
        [strict, other],
        [other, strict],
      ]) {
        expect(ruleFor(fold(members), strict.membership.organizationId)).toEqual(alone)
      }
    }
  })
})

describe('the rule for the account as a whole', () => {
  it('is the strictest of all: kinds that may be enrolled, remembered devices, risk', () => {
    const one = says({ methods: ['TOTP', 'WEBAUTHN'], riskThresholds: { low: -3, medium: 2, high: 9 } })
    const other = says({
      methods: ['WEBAUTHN', 'SMS'],
      rememberedDevices: false,
      riskThresholds: { low: -1, medium: 1, high: 7 },
    })
    expect(everywhere(one, says({}), other)).toMatchObject({
      enrollable: ['WEBAUTHN'],
      rememberedDevices: false,
      riskThresholds: { low: -3, medium: 1, high: 7 },
    })
    expect(everywhere(says({ riskThresholds: null })).riskThresholds).toBeNull()
  })

  it('allows no kind when two organizations have none in common: neither gives way', () => {
    expect(everywhere(says({ methods: ['TOTP'] }), says({ methods: ['PUSH', 'EMAIL'] })).enrollable).toEqual([])
  })

  it('names the kinds of each organization that allow enrolling a new factor; a mailbox is not one', () => {
    expect(everywhere(says({ methods: ['TOTP'] }), says({}), says({ methods: ['PUSH', 'EMAIL'] })).vouching).toEqual([
      ['TOTP'],
      ['PUSH'],
    ])
  })

  it('keeps a factor for each organization that requires one', () => {
    const resistant = { roles: [{ role: 'MEMBER', assurance: 'PHISHING_RESISTANT' }] } as const
    const { keepOneOf } = everywhere(says({ ...REQUIRED, methods: ['TOTP', 'EMAIL'] }), says(resistant), says({}))
    expect(keepOneOf).toEqual([['TOTP'], ['WEBAUTHN']])
  })
})

describe('a grace period', () => {
  const coming = { ...REQUIRED, methods: ['WEBAUTHN'], enrollmentGraceUntil: LATER } as const

  it('requires nothing until it ends', () => {
    expect(ruleOf([says(coming)])).toEqual(OPEN_RULE)
    expect(everywhere(says(coming))).toEqual(OPEN_RULES.everywhere)
    for (const now of [LATER, secondsAfter(LATER, 1)]) {
      expect(ruleOf([says(coming)], OPEN_RULE, now)).toMatchObject({ required: true, methods: ['WEBAUTHN'] })
    }
  })

  it('does not delay the rules for devices and risk', () => {
    const riskThresholds = { low: -3, medium: 2, high: 9 }
    const soon = says({ ...coming, rememberedDevices: false, riskThresholds })
    expect(ruleOf([soon])).toMatchObject({ required: false, rememberedDevices: false, riskThresholds })
  })

  it('of one organization does not apply to the other', () => {
    expect(ruleOf([says(REQUIRED), says(coming)])).toMatchObject({ required: true, methods: OPEN_RULE.methods })
  })
})

describe('a break-glass member', () => {
  it('follows only the installation, and what is set aside is known', () => {
    const spared = says({ ...REQUIRED, methods: ['WEBAUTHN'] }, { breakGlass: true })
    const { setAside, ...rule } = ruleOf([spared])
    expect({ ...rule, setAside: null }).toEqual(OPEN_RULE)
    expect(setAside?.organizationIds).toEqual([spared.membership.organizationId])
    expect(setAside?.rule).toMatchObject({ required: true, methods: ['WEBAUTHN'], session: { assurance: 'MFA' } })
    expect(everywhere(spared)).toEqual(OPEN_RULES.everywhere)
  })

  it('follows every other organization', () => {
    const spared = says({ ...REQUIRED, methods: ['WEBAUTHN'] }, { breakGlass: true })
    const other = says({ ...REQUIRED, methods: ['TOTP'] })
    expect(ruleOf([other, spared])).toMatchObject({ methods: ['TOTP'], setAside: null })
    expect(everywhere(spared, other).enrollable).toEqual(['TOTP'])
  })
})
