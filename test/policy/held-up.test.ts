import type { SessionActor } from '../../src/kernel/actor.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import type { OrganizationRole } from '../../src/kernel/membership.js'
import type { OrganizationId } from '../../src/kernel/ids.js'
import type { RiskAssessment } from '../../src/policy/ports.js'
import { allowed, decide, FRESH, MFA, proved, refusedWith } from './deciding.js'
import { factor, NOW, proof, SERVICE, session } from './support.js'

const risk = (over: Partial<RiskAssessment>): RiskAssessment => ({
  id: 'risk',
  level: 'LOW',
  verdict: 'ALLOW',
  provedHere: true,
  ...over,
})

const ACME = 'acme' as OrganizationId
const memberOf = (role: OrganizationRole, over: Partial<SessionActor> = {}): SessionActor =>
  session({
    organizationId: ACME,
    memberships: {
      [ACME]: { organizationId: ACME, role, joinedAt: NOW, mfaOptIn: false, breakGlass: false },
    },
    ...over,
  })

describe('before it checks any factor, the policy', () => {
  it.each([
    ['a field for every active session', {}],
    ['a field that requires MFA', MFA],
    ['a field for pending sessions', { access: 'PENDING' as const }],
  ])('blocks a request by its risk, whatever the session has proved: %s', (_, asked) => {
    const actor = proved('WEBAUTHN', 0)
    expect(decide(asked, actor, { risk: risk({ verdict: 'BLOCK', level: 'CRITICAL' }) })).toEqual(
      refusedWith('RISK_BLOCKED'),
    )
  })

  it('requires the choice of an organization', () => {
    const choosing = session({ state: 'pending', choosing: true, factors: [factor('TOTP')] })
    expect(decide({}, choosing)).toEqual({ kind: 'refuse', code: 'ORGANIZATION_REQUIRED', need: null })
    expect(decide({ access: 'PENDING', ...MFA }, choosing)).toEqual(refusedWith('ORGANIZATION_REQUIRED'))
    expect(decide({ access: 'PENDING' }, choosing)).toEqual(allowed)
  })

  it('requires a new factor when the account must enrol again, until one is active', () => {
    const since = secondsAfter(NOW, -60)
    const old = proved('TOTP', 0, { reEnrollSince: since })
    expect(decide({}, old)).toEqual(refusedWith('MFA_ENROLLMENT_REQUIRED'))
    expect(decide({ access: 'PENDING' }, old)).toEqual(allowed)
    const fresh = factor('TOTP', { activatedAt: since })
    expect(decide({}, proved('TOTP', 0, { reEnrollSince: since, factors: [fresh] }))).toEqual(allowed)
    const codes = factor('RECOVERY_CODE', { activatedAt: NOW })
    const withCodes = proved('TOTP', 0, { reEnrollSince: since, factors: [factor('TOTP'), codes] })
    expect(decide({}, withCodes)).toEqual(refusedWith('MFA_ENROLLMENT_REQUIRED'))
  })
})

describe('access by role', () => {
  it('opens member fields to members, and administrator fields to administrators', () => {
    expect(decide({ access: 'MEMBER' }, memberOf('MEMBER'))).toEqual(allowed)
    expect(decide({ access: 'MEMBER' }, memberOf('ADMIN'))).toEqual(allowed)
    expect(decide({ access: 'ORG_ADMIN' }, memberOf('ADMIN'))).toEqual(allowed)
    expect(decide({ access: 'ORG_ADMIN' }, memberOf('MEMBER'))).toEqual(refusedWith('FORBIDDEN'))
  })

  it('opens nothing in an organization that the session is not for, or that the member has left', () => {
    expect(decide({ access: 'MEMBER' }, memberOf('ADMIN', { organizationId: null }))).toEqual(refusedWith('FORBIDDEN'))
    expect(decide({ access: 'MEMBER' }, memberOf('ADMIN', { memberships: {} }))).toEqual(refusedWith('FORBIDDEN'))
  })

  it('requires every role that the fields of an operation require', () => {
    const both = [{ access: 'MEMBER' as const }, { access: 'ADMIN' as const }]
    expect(decide(both, memberOf('ADMIN'))).toEqual(refusedWith('FORBIDDEN'))
    expect(decide(both, memberOf('ADMIN', { roles: ['ADMIN'] }))).toEqual(allowed)
  })

  it('refuses services operations that contain fields for people or that require a proof', () => {
    expect(decide([{ access: 'SERVICE' }, {}], SERVICE)).toEqual(refusedWith('FORBIDDEN'))
    expect(decide({ access: 'SERVICE', ...MFA }, SERVICE)).toEqual(refusedWith('FORBIDDEN'))
  })
})

describe('a proof', () => {
  it.each([
    [300, true],
    [301, false],
    [100_000, false],
  ])('that is %i seconds old is fresh within 300: %s', (secondsAgo, isFresh) => {
    const decision = decide(FRESH, proved('TOTP', secondsAgo))
    expect(decision).toEqual(isFresh ? allowed : refusedWith('STEP_UP_REQUIRED'))
  })

  it.each([
    [300, true],
    [301, false],
  ])('for one operation counts for %i seconds: %s', (secondsAgo, counts) => {
    const actor = session({
      factors: [factor('TOTP')],
      operationProof: { operationHash: 'hash', proof: proof('TOTP', secondsAgo) },
    })
    expect(decide({ ...MFA, withinSeconds: 0 }, actor).kind).toBe(counts ? 'allow' : 'refuse')
  })

  it('does not count if its factor was removed or has expired', () => {
    expect(decide(MFA, session({ factors: [], proofs: [proof('TOTP', 1)] })).kind).toBe('refuse')
    const expired = factor('TOTP', { expiresAt: NOW })
    expect(decide(MFA, session({ factors: [expired], proofs: [proof('TOTP', 1)] })).kind).toBe('refuse')
  })
})
