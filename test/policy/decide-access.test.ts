import type { Actor, SessionActor } from '../../src/kernel/actor.js'
import { anonymous, allowed, decide, FRESH, MFA, proved, refusedWith, type Asked } from './deciding.js'
import { factor, NOW, proof, SERVICE, session, SETTINGS } from './support.js'

describe('deciding access', () => {
  const withTotp = session({ factors: [factor('TOTP')] })
  const pending = session({ state: 'pending', factors: [factor('TOTP')] })
  const admin = session({ roles: ['ADMIN'] })
  const required = { settings: { ...SETTINGS, mfaPolicy: 'REQUIRED' as const } }

  it.each<[string, Asked, Actor, unknown]>([
    ['allows everyone to read public fields', { access: 'PUBLIC' }, anonymous, allowed],
    ['refuses anonymous callers', {}, anonymous, refusedWith('UNAUTHENTICATED')],
    [
      'refuses anonymous callers of fields for pending sessions',
      { access: 'PENDING' },
      anonymous,
      refusedWith('UNAUTHENTICATED'),
    ],
    [
      'refuses anonymous callers of fields for services',
      { access: 'SERVICE' },
      anonymous,
      refusedWith('UNAUTHENTICATED'),
    ],
    ['allows pending sessions to read fields for them', { access: 'PENDING' }, pending, allowed],
    ['refuses pending sessions all other fields', {}, pending, refusedWith('MFA_REQUIRED')],
    ['reveals no roles to pending sessions', { access: 'ADMIN' }, pending, refusedWith('MFA_REQUIRED')],
    ['allows active sessions', {}, session(), allowed],
    ['allows operators', { access: 'ADMIN' }, admin, allowed],
    ['refuses operator fields to other accounts', { access: 'ADMIN' }, session(), refusedWith('FORBIDDEN')],
    ['checks the role before it requires a step-up', { access: 'ADMIN', ...MFA }, withTotp, refusedWith('FORBIDDEN')],
    [
      'refuses member fields to a session without an organization',
      { access: 'MEMBER' },
      admin,
      refusedWith('FORBIDDEN'),
    ],
    [
      'refuses administrator fields to a session without an organization',
      { access: 'ORG_ADMIN' },
      admin,
      refusedWith('FORBIDDEN'),
    ],
    ['refuses service fields to sessions', { access: 'SERVICE' }, admin, refusedWith('FORBIDDEN')],
    ['allows services to read fields for them', { access: 'SERVICE' }, SERVICE, allowed],
    ['allows services to read public fields', { access: 'PUBLIC' }, SERVICE, allowed],
    ['refuses services fields for active sessions', {}, SERVICE, refusedWith('FORBIDDEN')],
    ['refuses services fields for pending sessions', { access: 'PENDING' }, SERVICE, refusedWith('FORBIDDEN')],
    ['refuses services fields for operators', { access: 'ADMIN' }, SERVICE, refusedWith('FORBIDDEN')],
    ['refuses services fields that require a proof', { access: 'SERVICE', ...MFA }, SERVICE, refusedWith('FORBIDDEN')],
    [
      'refuses services fields that require a recent proof',
      { access: 'SERVICE', withinSeconds: 300 },
      SERVICE,
      refusedWith('FORBIDDEN'),
    ],
    [
      'refuses services fields that require the strongest factor',
      { access: 'SERVICE', strongest: true },
      SERVICE,
      refusedWith('FORBIDDEN'),
    ],
    ['requires a missing proof', MFA, withTotp, refusedWith('STEP_UP_REQUIRED')],
    ['accepts a proof of any age if there is no maximum age', MFA, proved('TOTP', 86_000), allowed],
    ['accepts a proof of exactly the maximum age', FRESH, proved('TOTP', 300), allowed],
    ['refuses a proof that is a millisecond older', FRESH, proved('TOTP', 300.001), refusedWith('STEP_UP_REQUIRED')],
    ['treats a proof from the future as made now', FRESH, proved('TOTP', -3600), allowed],
    ['refuses a weaker proof', { assurance: 'PHISHING_RESISTANT' }, proved('TOTP', 1), refusedWith('STEP_UP_REQUIRED')],
    ['does not count a mailbox as MFA', MFA, proved('EMAIL', 1), refusedWith('STEP_UP_REQUIRED')],
    [
      'refuses a factor that is not listed',
      { factors: ['WEBAUTHN'] },
      proved('TOTP', 1),
      refusedWith('STEP_UP_REQUIRED'),
    ],
    ['accepts a factor that is listed', { factors: ['WEBAUTHN', 'TOTP'] }, proved('TOTP', 1), allowed],
    ['accepts a recent sign-in as a recent proof of one factor', { withinSeconds: 7200 }, session(), allowed],
    ['refuses an old sign-in as a recent proof', { withinSeconds: 7199 }, session(), refusedWith('STEP_UP_REQUIRED')],
    ['accepts a verified factor as a recent proof of one factor', { withinSeconds: 60 }, proved('EMAIL', 30), allowed],
  ])('%s', (_, asked, actor, expected) => {
    expect(decide(asked, actor)).toEqual(expected)
  })

  it('measures the age of each proof separately', () => {
    const factors = [factor('TOTP'), factor('WEBAUTHN')]
    const actor = session({ factors, proofs: [proof('TOTP', 10), proof('WEBAUTHN', 400)] })
    expect(decide(FRESH, actor)).toEqual(allowed)
    expect(decide({ assurance: 'PHISHING_RESISTANT', withinSeconds: 300 }, actor)).toMatchObject({
      need: { reason: 'MFA_STALE', challenge: [{ type: 'WEBAUTHN' }] },
    })
  })

  it.each(['PENDING', 'DISABLED'] as const)('does not count the proof of a factor that is %s', (status) => {
    const actor = proved('TOTP', 1, { factors: [factor('TOTP', { status })] })
    expect(decide(MFA, actor)).toMatchObject({ code: 'STEP_UP_REQUIRED', need: { challenge: [] } })
  })

  it('does not count the proof of a factor that was removed', () => {
    expect(decide(MFA, proved('TOTP', 1, { factors: [factor('SMS')] }))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
  })

  it('treats a proof with an invalid date as stale', () => {
    const broken = { ...proof('TOTP', 0), provedAt: new Date(NaN) }
    expect(decide(FRESH, session({ factors: [factor('TOTP')], proofs: [broken] }))).toMatchObject({
      code: 'STEP_UP_REQUIRED',
    })
  })

  describe('where the policy requires every account to have a factor', () => {
    it('refuses accounts without a factor', () => {
      expect(decide({}, session(), required)).toEqual(refusedWith('MFA_ENROLLMENT_REQUIRED'))
      expect(decide({}, session({ state: 'pending' }), required)).toEqual(refusedWith('MFA_ENROLLMENT_REQUIRED'))
    })

    it('does not count factors that were never verified', () => {
      const actor = session({ factors: [factor('TOTP', { status: 'PENDING' })] })
      expect(decide({}, actor, required)).toEqual(refusedWith('MFA_ENROLLMENT_REQUIRED'))
    })

    it('allows these accounts to use the fields for enrolment', () => {
      expect(decide({ access: 'PENDING', strongest: true }, session({ state: 'pending' }), required)).toEqual(allowed)
    })

    it('allows accounts with a factor', () => {
      expect(decide({}, withTotp, required)).toEqual(allowed)
    })
  })

  describe('the strongest assurance an account can give', () => {
    const strongest = { strongest: true }

    it('is one factor for an account without factors, so that the first can be enrolled', () => {
      expect(decide({ access: 'PENDING', strongest: true }, session({ state: 'pending' }))).toEqual(allowed)
    })

    it('is required of a pending session as soon as the account has a factor', () => {
      const asked = { access: 'PENDING', strongest: true } as const
      expect(decide(asked, pending)).toMatchObject({ code: 'MFA_REQUIRED', need: { challenge: [{ type: 'TOTP' }] } })
      expect(decide(asked, { ...pending, proofs: [proof('TOTP', 1)] })).toEqual(allowed)
      const mailbox = session({ state: 'pending', factors: [factor('EMAIL')] })
      expect(decide(asked, mailbox)).toMatchObject({ code: 'MFA_REQUIRED', need: { challenge: [{ type: 'EMAIL' }] } })
    })

    it('is that of the best active factor', () => {
      const factors = [factor('TOTP'), factor('WEBAUTHN')]
      const actor = session({ factors, proofs: [proof('TOTP', 1)] })
      expect(decide(strongest, actor)).toMatchObject({
        code: 'STEP_UP_REQUIRED',
        need: { assurance: 'PHISHING_RESISTANT', challenge: [{ type: 'WEBAUTHN' }] },
      })
      expect(decide(strongest, { ...actor, proofs: [proof('WEBAUTHN', 1)] })).toEqual(allowed)
    })

    it('is met by a recovery code after the loss of the better factor, while that proof is fresh', () => {
      const factors = [factor('WEBAUTHN'), factor('RECOVERY_CODE')]
      const asked = { strongest: true, withinSeconds: 300 }
      expect(decide(asked, session({ factors, proofs: [proof('RECOVERY_CODE', 300)] }))).toEqual(allowed)
      expect(decide(asked, session({ factors, proofs: [proof('RECOVERY_CODE', 301)] }))).toMatchObject({
        code: 'STEP_UP_REQUIRED',
        need: { assurance: 'PHISHING_RESISTANT', challenge: [{ type: 'WEBAUTHN' }] },
      })
      const explicit = { ...asked, assurance: 'PHISHING_RESISTANT' } as const
      expect(decide(explicit, session({ factors, proofs: [proof('RECOVERY_CODE', 1)] }))).toMatchObject({
        code: 'STEP_UP_REQUIRED',
      })
    })

    it('does not offer a pending session the factors that the risk of its sign-in excluded', () => {
      const factors = [factor('TOTP'), factor('SMS')]
      const actor = session({ state: 'pending', factors, admits: [factor('TOTP').id] })
      expect(decide({}, actor)).toMatchObject({ need: { challenge: [{ type: 'TOTP' }] } })
      expect(decide({}, { ...actor, admits: [] })).toMatchObject({ code: 'MFA_REQUIRED', need: { challenge: [] } })
      expect(decide({}, { ...actor, admits: null })).toMatchObject({
        need: { challenge: [{ type: 'TOTP' }, { type: 'SMS' }] },
      })
    })

    it('does not count factors that are disabled or were never verified', () => {
      const factors = [factor('TOTP'), factor('WEBAUTHN', { status: 'PENDING' })]
      expect(decide(strongest, session({ factors, proofs: [proof('TOTP', 1)] }))).toEqual(allowed)
    })

    it('cannot be met if every factor is disabled, which an attacker with the password can cause', () => {
      const actor = session({ factors: [factor('TOTP', { status: 'DISABLED' })] })
      expect(decide(strongest, actor)).toMatchObject({ code: 'STEP_UP_REQUIRED', need: { challenge: [] } })
    })

    it('is never less than the assurance in the same guard', () => {
      const asked = { strongest: true, assurance: 'MFA' } as const
      expect(decide(asked, session({ signedInAt: NOW }))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
      expect(decide(asked, proved('TOTP', 1))).toEqual(allowed)
      const factors = [factor('TOTP'), factor('WEBAUTHN')]
      expect(decide(asked, session({ factors, proofs: [proof('TOTP', 1)] }))).toMatchObject({
        need: { assurance: 'PHISHING_RESISTANT' },
      })
    })

    it('can require a recent proof', () => {
      const asked = { strongest: true, withinSeconds: 300 }
      expect(decide(asked, proved('TOTP', 301))).toMatchObject({ need: { reason: 'MFA_STALE', maxAge: 300 } })
      expect(decide(asked, session())).toMatchObject({ need: { reason: 'MFA_STALE', challenge: [] } })
      expect(decide(asked, session({ signedInAt: NOW }))).toEqual(allowed)
    })
  })

  describe('a proof for this one operation', () => {
    const asked = { assurance: 'MFA', withinSeconds: 0 } as const
    const holding = (operationHash: string, secondsAgo = 1, over: Partial<SessionActor> = {}) =>
      proved('TOTP', 1, { operationProof: { operationHash, proof: proof('TOTP', secondsAgo) }, ...over })

    it('is the only one that counts', () => {
      expect(decide(asked, proved('TOTP', 0))).toMatchObject({ need: { reason: 'MFA_STALE', maxAge: 0 } })
      expect(decide(asked, holding('hash'))).toEqual({ kind: 'allow', spendsProof: true })
    })

    it('does not count for another operation', () => {
      expect(decide(asked, holding('other'))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
    })

    it('does not count if it is old or weak, or if its factor was removed', () => {
      expect(decide(asked, holding('hash', 301))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
      expect(decide({ ...asked, assurance: 'PHISHING_RESISTANT' }, holding('hash'))).toMatchObject({
        code: 'STEP_UP_REQUIRED',
      })
      expect(decide(asked, holding('hash', 1, { factors: [] }))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
    })

    it('is not spent by operations that do not require it', () => {
      expect(decide(MFA, holding('hash'))).toEqual(allowed)
    })
  })
})
