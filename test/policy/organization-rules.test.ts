import type { OrganizationId } from '../../src/kernel/ids.js'
import { newId } from '../../src/kernel/ids.js'
import type { Membership } from '../../src/kernel/membership.js'
import type { SessionActor } from '../../src/kernel/actor.js'
import { SETTINGS, factor, proof, session } from './support.js'
import { allowed, decide, proved, refusedWith, type Asked } from './deciding.js'

const ACME = newId<OrganizationId>()
const OTHER = newId<OrganizationId>()

const place = (organizationId: OrganizationId, role: Membership['role']): Membership => ({
  organizationId,
  role,
  joinedAt: new Date(0),
  mfaOptIn: false,
  breakGlass: false,
})
const inAcme = (role: Membership['role'], over: Partial<SessionActor> = {}): SessionActor =>
  session({ organizationId: ACME, memberships: { [ACME]: place(ACME, role) }, ...over })

describe('MEMBER and ORG_ADMIN', () => {
  const member: Asked = { access: 'MEMBER' }
  const admin: Asked = { access: 'ORG_ADMIN' }

  it('are open to the roles in the organization that the session is for', () => {
    expect(decide(member, inAcme('MEMBER'))).toEqual(allowed)
    expect(decide(member, inAcme('ADMIN'))).toEqual(allowed)
    expect(decide(admin, inAcme('ADMIN'))).toEqual(allowed)
    expect(decide(admin, inAcme('MEMBER'))).toEqual(refusedWith('FORBIDDEN'))
  })

  it.each([
    ['without an organization', { organizationId: null }],
    ['for an organization that removed the account', { memberships: {} }],
    ['for another organization', { organizationId: OTHER }],
  ])('are closed to a session %s', (_, over) => {
    for (const asked of [member, admin]) expect(decide(asked, inAcme('ADMIN', over))).toEqual(refusedWith('FORBIDDEN'))
  })

  it('depend on the session’s organization alone: an administrator of one can be a member of another', () => {
    const memberships = { [ACME]: place(ACME, 'MEMBER'), [OTHER]: place(OTHER, 'ADMIN') }
    expect(decide(admin, inAcme('MEMBER', { memberships }))).toEqual(refusedWith('FORBIDDEN'))
    expect(decide(admin, inAcme('MEMBER', { memberships, organizationId: OTHER }))).toEqual(allowed)
  })

  it('are not open to operators, and administrators cannot open operator fields', () => {
    expect(decide(admin, session({ roles: ['ADMIN'] }))).toEqual(refusedWith('FORBIDDEN'))
    expect(decide({ access: 'ADMIN' }, inAcme('ADMIN'))).toEqual(refusedWith('FORBIDDEN'))
  })

  it('require the second factor first, like every other field', () => {
    expect(decide(member, inAcme('ADMIN', { state: 'pending' }))).toEqual(refusedWith('MFA_REQUIRED'))
  })

  it('must all be met if a document reaches several', () => {
    expect(decide([member, { access: 'ADMIN' }], inAcme('MEMBER'))).toEqual(refusedWith('FORBIDDEN'))
    expect(decide([member, { access: 'ADMIN' }], inAcme('MEMBER', { roles: ['ADMIN'] }))).toEqual(allowed)
  })
})

describe('what an organization requires of every session', () => {
  const asking = { ...SETTINGS, mfaPolicy: 'REQUIRED', session: { assurance: 'MFA', maxAgeSeconds: null } } as const
  const anything: Asked = {}
  const by = (settings: Partial<typeof SETTINGS>) => ({ settings: { ...asking, ...settings } })

  it('is a second factor, proved at any time in this session', () => {
    expect(decide(anything, proved('TOTP', 100_000), by({}))).toEqual(allowed)
    const unproved = session({ factors: [factor('TOTP')] })
    const refused = decide(anything, unproved, by({}))
    expect(refused).toMatchObject({ code: 'STEP_UP_REQUIRED', need: { reason: 'POLICY', assurance: 'MFA' } })
    expect(decide({ access: 'PENDING' }, unproved, by({}))).toEqual(allowed)
  })

  it('is met by a remembered device if allowed, unless the proof must be recent', () => {
    const remembered = session({ factors: [factor('TOTP')], onRememberedDevice: true })
    expect(decide(anything, remembered, by({}))).toEqual(allowed)
    expect(decide(anything, remembered, by({ rememberedDevices: false }))).toEqual(refusedWith('STEP_UP_REQUIRED'))
    const young = { session: { assurance: 'MFA', maxAgeSeconds: 3600 } } as const
    expect(decide(anything, remembered, by(young))).toEqual(refusedWith('STEP_UP_REQUIRED'))
  })

  it('is a recent proof, if there is a maximum age', () => {
    const young = { session: { assurance: 'MFA', maxAgeSeconds: 3600 } } as const
    expect(decide(anything, proved('TOTP', 3600), by(young))).toEqual(allowed)
    expect(decide(anything, proved('TOTP', 3601), by(young))).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      need: { maxAge: 3600, challenge: [{ type: 'TOTP' }] },
    })
  })

  it('is not met by a factor type that is no longer allowed, even if already proved (R040)', () => {
    const over = { enabledFactors: ['TOTP', 'WEBAUTHN'] } as const
    expect(decide(anything, proved('SMS', 10), by(over))).toMatchObject({
      code: 'MFA_ENROLLMENT_REQUIRED',
      need: { enroll: ['WEBAUTHN', 'TOTP'] },
    })
    const both = session({ factors: [factor('SMS'), factor('TOTP')], proofs: [proof('SMS', 10)] })
    expect(decide(anything, both, by(over))).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      need: { challenge: [{ type: 'TOTP' }] },
    })
  })

  it('is a passkey if it must resist phishing: the account proves its passkey, or enrols one', () => {
    const resistant = { session: { assurance: 'PHISHING_RESISTANT', maxAgeSeconds: null } } as const
    expect(decide(anything, proved('TOTP', 10), by(resistant))).toMatchObject({
      code: 'MFA_ENROLLMENT_REQUIRED',
      need: { enroll: ['WEBAUTHN'], challenge: [{ type: 'TOTP' }] },
    })
    const both = session({ factors: [factor('WEBAUTHN'), factor('TOTP')], proofs: [proof('TOTP', 10)] })
    expect(decide(anything, both, by(resistant))).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      need: { challenge: [{ type: 'WEBAUTHN' }] },
    })
    expect(decide(anything, proved('WEBAUTHN', 10), by(resistant))).toEqual(allowed)
  })

  it('is not met by recovery codes alone, which only allow enrolling a new factor', () => {
    const stranded = session({
      factors: [factor('SMS'), factor('RECOVERY_CODE')],
      proofs: [proof('RECOVERY_CODE', 10)],
    })
    const over = by({ enabledFactors: ['TOTP'] })
    expect(decide(anything, stranded, over)).toMatchObject({
      code: 'MFA_ENROLLMENT_REQUIRED',
      need: { enroll: ['TOTP'] },
    })
    expect(decide({ access: 'PENDING', strongest: true, withinSeconds: 300 }, stranded, over)).toEqual(allowed)
  })
})
