import type { FactorSummary } from '../../src/kernel/actor.js'
import { assurancesBy } from '../../src/kernel/assurance.js'
import { FACTOR_TYPES, type FactorStatus, type FactorType } from '../../src/kernel/factor-type.js'
import { newId, type OrganizationId } from '../../src/kernel/ids.js'
import { FIRST_FACTORS, comesSecondTo, type FirstFactor } from '../../src/sessions/first-factor.js'
import { hasHadMfa } from '../../src/kernel/factors-left.js'
import { admitsProofOf, hasDeadFactor, secondFactors } from '../../src/sessions/person.js'
import { actorOf } from '../../src/sessions/session-actor.js'
import { assuranceOfSession } from '../../src/sessions/session.js'

const NOW = new Date('2026-03-02T09:00:00.000Z')
const YESTERDAY = new Date('2026-03-01T09:00:00.000Z')
const USUAL = assurancesBy({ emailCodeIsMfa: false })
const MAIL_IS_MFA = assurancesBy({ emailCodeIsMfa: true })
const ENABLED = FACTOR_TYPES.filter((type) => type !== 'RECOVERY_CODE')

const factor = (type: FactorType, status: FactorStatus = 'ACTIVE', expiresAt: Date | null = null): FactorSummary => ({
  id: newId(),
  type,
  name: type,
  status,
  createdAt: YESTERDAY,
  activatedAt: YESTERDAY,
  lastUsedAt: null,
  codesLeft: type === 'RECOVERY_CODE' ? 10 : null,
  hint: null,
  expiresAt,
})
const rule = (first: FirstFactor = 'PASSWORD', assurances = USUAL) => ({
  now: NOW,
  enabled: ENABLED,
  assurances,
  first,
})
const typesOf = (factors: readonly FactorSummary[]): FactorType[] => factors.map(({ type }) => type)
const second = (factors: readonly FactorSummary[], by = rule()) => typesOf(secondFactors({ factors }, by))

/** The parts of a person that these rules read. */
type Whole = Parameters<typeof actorOf>[0]
function personWith(factors: readonly FactorSummary[], session: Partial<Whole['session']>): Whole {
  const nowhere = { deviceId: null, organizationId: null }
  const whole = { ...nowhere, state: 'active', firstFactor: 'PASSWORD', proofs: {}, operationProof: null, ...session }
  const empty = { sessionDevice: null, memberships: {}, roles: [], reEnrollSince: null }
  return { ...empty, account: { id: newId() }, factors, session: whole } as unknown as Whole
}

describe('the second factor after a first one', () => {
  it.each(FIRST_FACTORS.flatMap((first) => FACTOR_TYPES.map((type) => [first, type] as const)))(
    'after %s: %s, unless both came, or may have come, by message',
    (first, type) => {
      const twice = { MAGIC_LINK: ['EMAIL'], EXTERNAL_MESSAGE: ['EMAIL', 'SMS'] } as Partial<Record<string, string[]>>
      expect(comesSecondTo(first, type)).toBe(twice[first]?.includes(type) !== true)
    },
  )

  it('excludes mailboxes from the factors that finish the sign-in, even where they count as MFA', () => {
    const factors = [factor('EMAIL'), factor('TOTP')]
    for (const assurances of [USUAL, MAIL_IS_MFA])
      expect(second(factors, rule('MAGIC_LINK', assurances))).toEqual(['TOTP'])
    expect(second([factor('EMAIL')], rule('MAGIC_LINK'))).toEqual([])
  })

  it('does not treat an account with a mailbox as one without factors: the link alone is not enough', () => {
    const factors = [factor('EMAIL')]
    expect(hasDeadFactor({ factors }, rule('MAGIC_LINK'))).toBe(true)
    expect(hasDeadFactor({ factors }, rule('PASSWORD'))).toBe(false)
  })

  it('shows the actor a mailbox as dead, so that it neither proves anything nor is missing', () => {
    const factors = [factor('EMAIL'), factor('TOTP'), factor('EMAIL', 'PENDING')]
    const statuses = (firstFactor: FirstFactor) =>
      actorOf(personWith(factors, { firstFactor, arrivedBy: { deviceToken: 'none' } as never }), NOW).factors.map(
        ({ status }) => status,
      )
    expect(statuses('MAGIC_LINK')).toEqual(['DISABLED', 'ACTIVE', 'PENDING'])
    expect(statuses('PASSWORD')).toEqual(['ACTIVE', 'ACTIVE', 'PENDING'])
  })

  it('is for the organization of the session while the account is a member', () => {
    const organizationId = newId<OrganizationId>()
    const session = { organizationId, arrivedBy: { deviceToken: 'none' } as never }
    const person = personWith([], session)
    expect(actorOf(person, NOW).organizationId).toBeNull()
    const memberships = { [organizationId]: { organizationId } } as unknown as Whole['memberships']
    expect(actorOf({ ...person, memberships }, NOW).organizationId).toBe(organizationId)
  })

  it('does not raise the session by a mailbox that was enrolled in it', () => {
    const { id } = factor('EMAIL')
    const proofs = { [id]: { factorId: id, type: 'EMAIL', provedAt: NOW, methods: null } } as const
    const assuranceAfter = (firstFactor: FirstFactor) =>
      assuranceOfSession(personWith([], { firstFactor, proofs }).session, MAIL_IS_MFA)
    expect(assuranceAfter('MAGIC_LINK')).toBe('ONE_FACTOR')
    expect(assuranceAfter('PASSWORD')).toBe('MFA')
  })

  it('raises no session that still waits for its second factor, whatever it has proved', () => {
    const { id } = factor('TOTP')
    const proofs = { [id]: { factorId: id, type: 'TOTP', provedAt: NOW, methods: null } } as const
    const assuranceIn = (state: 'pending' | 'active') =>
      assuranceOfSession(personWith([], { state, proofs }).session, USUAL)
    expect(assuranceIn('pending')).toBe('ONE_FACTOR')
    expect(assuranceIn('active')).toBe('MFA')
  })
})

describe('the factor that finishes a sign-in with a password', () => {
  it('is a mailbox when there is nothing better', () => {
    expect(second([factor('EMAIL'), factor('RECOVERY_CODE')])).toEqual(['EMAIL'])
  })

  it.each([
    ['live', factor('TOTP'), ['TOTP']],
    ['disabled', factor('TOTP', 'DISABLED'), []],
    ['expired', factor('SMS', 'ACTIVE', YESTERDAY), []],
  ] as const)('is not a mailbox when there is a better factor, %s', (_, better, expected) => {
    expect(second([factor('EMAIL'), better])).toEqual(expected)
  })

  it('is a mailbox beside a better one where the installation counts it as MFA', () => {
    expect(second([factor('EMAIL'), factor('TOTP', 'DISABLED')], rule('PASSWORD', MAIL_IS_MFA))).toEqual(['EMAIL'])
  })

  it('may be a mailbox if the better factor was never proved', () => {
    expect(second([factor('EMAIL'), factor('TOTP', 'PENDING')])).toEqual(['EMAIL'])
  })

  it('is never a kind that is not in use', () => {
    expect(second([factor('EMAIL')], { ...rule(), enabled: ['TOTP'] })).toEqual([])
  })
})

describe('whether an account has had MFA', () => {
  it.each([
    ['nothing', [], false],
    ['a mailbox', [factor('EMAIL')], false],
    ['recovery codes', [factor('RECOVERY_CODE')], false],
    ['an app that was never proved', [factor('TOTP', 'PENDING')], false],
    ['an app', [factor('TOTP')], true],
    ['an app that is disabled', [factor('TOTP', 'DISABLED')], true],
    ['a passkey that has expired', [factor('WEBAUTHN', 'ACTIVE', YESTERDAY)], true],
  ] as const)('by %s', (_, factors, expected) => {
    expect(hasHadMfa(factors, USUAL)).toBe(expected)
  })

  it('by a mailbox, where the installation counts it as MFA', () => {
    expect(hasHadMfa([factor('EMAIL')], MAIL_IS_MFA)).toBe(true)
  })
})

describe('the factors that a session may be challenged with', () => {
  const [mailbox, app, codes] = [factor('EMAIL'), factor('TOTP'), factor('RECOVERY_CODE')]
  const admits = (session: Partial<Whole['session']>, asked: FactorSummary, factors = [mailbox, app, codes]) =>
    admitsProofOf(personWith(factors, session), asked, rule(session.firstFactor))

  it('are all of them, once it is active', () => {
    for (const each of [mailbox, app, codes]) expect(admits({ state: 'active' }, each)).toBe(true)
  })

  it('are those that finish the sign-in, and recovery codes, while it is pending', () => {
    expect([mailbox, app, codes].map((each) => admits({ state: 'pending' }, each))).toEqual([false, true, true])
    expect(admits({ state: 'pending' }, mailbox, [mailbox, codes])).toBe(true)
  })

  it('exclude a mailbox after a magic link, pending or active', () => {
    for (const state of ['pending', 'active'] as const) {
      expect(admits({ state, firstFactor: 'MAGIC_LINK' }, mailbox, [mailbox])).toBe(false)
    }
  })
})
