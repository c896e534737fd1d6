import fc from 'fast-check'
import type { FactorSummary, SessionActor } from '../../src/kernel/actor.js'
import { USUAL_ASSURANCES, type FactorProof } from '../../src/kernel/assurance.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { FACTOR_TYPES, type FactorType } from '../../src/kernel/factor-type.js'
import { newId, type OrganizationId } from '../../src/kernel/ids.js'
import type { Membership } from '../../src/kernel/membership.js'
import { ruleFor, sparesPrompt, type MfaRules } from '../../src/kernel/mfa-rule.js'
import { GUARD_RULES } from '../../src/kernel/access.js'
import { foldPolicies, type MemberPolicy } from '../../src/organizations/fold-policies.js'
import type { OrganizationMfaPolicy } from '../../src/organizations/organization.js'
import { decideOperation } from '../../src/policy/decide-operation.js'
import { DEFAULT_REQUIREMENT, foldRequirements } from '../../src/policy/requirement.js'
import { OPEN_RULE } from '../support/mfa-rules.js'
import { factor, NOW, proof, session, SETTINGS } from './support.js'

const RUNS = 2000
const KINDS = ['WEBAUTHN', 'TOTP', 'PUSH', 'SMS', 'EMAIL'] as const
const [FIRST, SECOND] = [newId<OrganizationId>(), newId<OrganizationId>()]

const policies: fc.Arbitrary<OrganizationMfaPolicy> = fc.record({
  mode: fc.constantFrom('OPTIONAL', 'REQUIRED_FOR_ALL'),
  methods: fc.option(fc.subarray([...KINDS], { minLength: 1 })),
  rememberedDevices: fc.boolean(),
  riskThresholds: fc.option(fc.constantFrom({ low: -5, medium: 1, high: 6 }, { low: -2, medium: 3, high: 12 })),
  enrollmentGraceUntil: fc.option(fc.constant(secondsAfter(NOW, 60)), { freq: 4 }),
  maxAgeSeconds: fc.option(fc.constantFrom(300, 3600)),
  roles: fc.constantFrom(
    [],
    [{ role: 'MEMBER', assurance: 'MFA' } as const],
    [{ role: 'ADMIN', assurance: 'PHISHING_RESISTANT' } as const],
    [{ role: 'MEMBER', assurance: 'PHISHING_RESISTANT' } as const],
  ),
})

const placesIn = (organizationId: OrganizationId): fc.Arbitrary<Membership> =>
  fc.record({
    organizationId: fc.constant(organizationId),
    role: fc.constantFrom('MEMBER', 'ADMIN'),
    joinedAt: fc.constant(NOW),
    mfaOptIn: fc.boolean(),
    breakGlass: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  })
const membersOf = (organizationId: OrganizationId): fc.Arbitrary<MemberPolicy> =>
  fc.record({ policy: policies, membership: placesIn(organizationId) })

const factorsOf: fc.Arbitrary<readonly FactorSummary[]> = fc
  .subarray([...FACTOR_TYPES])
  .chain((types) =>
    fc.tuple(
      ...types.map((type) => fc.constantFrom('ACTIVE', 'ACTIVE', 'DISABLED').map((status) => factor(type, { status }))),
    ),
  )
const proofsOf: fc.Arbitrary<readonly FactorProof[]> = fc
  .subarray([...FACTOR_TYPES])
  .chain((types) => fc.tuple(...types.map((type) => fc.constantFrom(10, 600, 7200).map((age) => proof(type, age)))))

const requirements = fc
  .array(
    fc.record({
      access: fc.constantFrom('PENDING', 'ACCOUNT', 'MEMBER', 'ORG_ADMIN'),
      assurance: fc.constantFrom('ONE_FACTOR', 'MFA', 'PHISHING_RESISTANT'),
      withinSeconds: fc.constantFrom(null, 300, 900),
      strongest: fc.boolean(),
      rule: fc.constantFrom(...GUARD_RULES),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((asked) =>
    foldRequirements(
      asked.map((each, index) => ({ path: `field${index}`, requirement: { ...DEFAULT_REQUIREMENT, ...each } })),
      USUAL_ASSURANCES,
    ),
  )

const sessions = fc.record({
  factors: factorsOf,
  proofs: proofsOf,
  state: fc.constantFrom('active', 'active', 'active', 'pending'),
  onRememberedDevice: fc.boolean(),
  rememberedWith: fc.constantFrom<FactorType | null>(null, 'TOTP', 'SMS'),
  signedInAt: fc.constantFrom(secondsAfter(NOW, -10), secondsAfter(NOW, -7200)),
  organizationId: fc.constantFrom(FIRST, FIRST, FIRST, null),
})

const fold = (...members: readonly MemberPolicy[]): MfaRules =>
  foldPolicies(OPEN_RULE, members, { now: NOW, assurances: USUAL_ASSURANCES })
const membershipsOf = (...members: readonly MemberPolicy[]): SessionActor['memberships'] =>
  Object.fromEntries(members.map(({ membership }) => [membership.organizationId, membership]))

describe('for all pairs of policies, a second membership (R133)', () => {
  it('makes no operation easier, in a session for the first organization or for none', () => {
    fc.assert(
      fc.property(membersOf(FIRST), membersOf(SECOND), sessions, requirements, (first, second, over, requirement) => {
        const decide = (...members: readonly MemberPolicy[]) =>
          decideOperation({
            actor: session({ ...over, mfaRules: fold(...members), memberships: membershipsOf(...members) }),
            requirement,
            now: NOW,
            risk: null,
            settings: SETTINGS,
            operationHash: 'hash',
          }).kind
        fc.pre(decide(first) === 'refuse')
        expect(decide(first, second)).toBe('refuse')
      }),
      { numRuns: RUNS },
    )
  })

  it('does not change what the first organization requires', () => {
    fc.assert(
      fc.property(membersOf(FIRST), membersOf(SECOND), (first, second) => {
        expect(ruleFor(fold(first, second), FIRST)).toEqual(ruleFor(fold(first), FIRST))
        expect(ruleFor(fold(second, first), FIRST)).toEqual(ruleFor(fold(first), FIRST))
      }),
      { numRuns: RUNS },
    )
  })

  it('never relaxes what may be enrolled, remembered or removed, or how much risk a sign-in may have', () => {
    fc.assert(
      fc.property(membersOf(FIRST), membersOf(SECOND), (first, second) => {
        const [before, after] = [fold(first).everywhere, fold(first, second).everywhere]
        for (const type of after.enrollable) expect(before.enrollable).toContain(type)
        expect(before.rememberedDevices || !after.rememberedDevices).toBe(true)
        for (const level of ['low', 'medium', 'high'] as const) {
          const limit = before.riskThresholds?.[level] ?? Infinity
          expect(after.riskThresholds?.[level] ?? Infinity).toBeLessThanOrEqual(limit)
        }
        for (const kinds of before.vouching) expect(after.vouching).toContainEqual(kinds)
        for (const kinds of before.keepOneOf) expect(after.keepOneOf).toContainEqual(kinds)
      }),
      { numRuns: RUNS },
    )
  })

  it('does not let a remembered device skip a challenge that it could not skip before', () => {
    const kinds = fc.constantFrom<FactorType | null>(null, ...KINDS)
    fc.assert(
      fc.property(membersOf(FIRST), membersOf(SECOND), kinds, (first, second, by) => {
        const spares = (rules: MfaRules) =>
          rules.everywhere.rememberedDevices && sparesPrompt(ruleFor(rules, FIRST), rules.account, by)
        expect(spares(fold(first)) || !spares(fold(first, second))).toBe(true)
      }),
      { numRuns: RUNS },
    )
  })
})
