import type { Actor, SessionActor } from '../../src/kernel/actor.js'
import { anonymous, allowed, decide, FRESH, MFA, proved, refusedWith, type Asked } from './deciding.js'
import { factor, NOW, proof, SERVICE, session, SETTINGS } from './support.js'

describe('deciding access', () => {
  const withTotp = session({ factors: [factor('TOTP')] })
  const pending = session({ state: 'pending', factors: [factor('TOTP')] })
  const admin = session({ roles: ['ADMIN'] })
  const required = { settings: { ...SETTINGS, mfaPolicy: 'REQUIRED' as const } }

  it.each<[string, Asked, Actor, unknown]>([
    ['lets everyone at public fields', { access: 'PUBLIC' }, anonymous, allowed],
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
    ['lets pending sessions at fields for them', { access: 'PENDING' }, pending, allowed],
    ['refuses pending sessions above that', {}, pending, refusedWith('MFA_REQUIRED')],
    ['tells pending sessions nothing about roles', { access: 'ADMIN' }, pending, refusedWith('MFA_REQUIRED')],
    ['lets active sessions in', {}, session(), allowed],
    ['lets operators in', { access: 'ADMIN' }, admin, allowed],
    ['refuses others at fields for operators', { access: 'ADMIN' }, session(), refusedWith('FORBIDDEN')],
    ['asks for the role before the step-up', { access: 'ADMIN', ...MFA }, withTotp, refusedWith('FORBIDDEN')],
    ['lets nobody be a member yet', { access: 'MEMBER' }, admin, refusedWith('FORBIDDEN')],
    ['lets nobody be an organization administrator yet', { access: 'ORG_ADMIN' }, admin, refusedWith('FORBIDDEN')],
    ['lets no session be a service', { access: 'SERVICE' }, admin, refusedWith('FORBIDDEN')],
    ['lets services at fields for them', { access: 'SERVICE' }, SERVICE, allowed],
    ['lets services at public fields', { access: 'PUBLIC' }, SERVICE, allowed],
    ['lets no service be a session', {}, SERVICE, refusedWith('FORBIDDEN')],
    ['not even a pending one', { access: 'PENDING' }, SERVICE, refusedWith('FORBIDDEN')],
    ['nor an operator', { access: 'ADMIN' }, SERVICE, refusedWith('FORBIDDEN')],
    ['asks no service for a proof', { access: 'SERVICE', ...MFA }, SERVICE, refusedWith('FORBIDDEN')],
    ['nor for freshness', { access: 'SERVICE', withinSeconds: 300 }, SERVICE, refusedWith('FORBIDDEN')],
    ['nor for its strongest', { access: 'SERVICE', strongest: true }, SERVICE, refusedWith('FORBIDDEN')],
    ['asks for a missing proof', MFA, withTotp, refusedWith('STEP_UP_REQUIRED')],
    ['takes a proof of any age where none is asked', MFA, proved('TOTP', 86_000), allowed],
    ['takes a proof exactly as old as it may be', FRESH, proved('TOTP', 300), allowed],
    ['refuses one a millisecond older', FRESH, proved('TOTP', 300.001), refusedWith('STEP_UP_REQUIRED')],
    ['counts a proof from the future as made now', FRESH, proved('TOTP', -3600), allowed],
    [
      'does not take a weaker proof',
      { assurance: 'PHISHING_RESISTANT' },
      proved('TOTP', 1),
      refusedWith('STEP_UP_REQUIRED'),
    ],
    ['does not count a mailbox as MFA', MFA, proved('EMAIL', 1), refusedWith('STEP_UP_REQUIRED')],
    [
      'does not take a factor that is not listed',
      { factors: ['WEBAUTHN'] },
      proved('TOTP', 1),
      refusedWith('STEP_UP_REQUIRED'),
    ],
    ['takes a factor that is', { factors: ['WEBAUTHN', 'TOTP'] }, proved('TOTP', 1), allowed],
    ['takes a recent sign-in for freshness of one factor', { withinSeconds: 7200 }, session(), allowed],
    ['refuses an old one', { withinSeconds: 7199 }, session(), refusedWith('STEP_UP_REQUIRED')],
    ['takes a proof for freshness of one factor', { withinSeconds: 60 }, proved('EMAIL', 30), allowed],
  ])('%s', (_, asked, actor, expected) => {
    expect(decide(asked, actor)).toEqual(expected)
  })

  it('measures freshness of each factor from its own proof', () => {
    const factors = [factor('TOTP'), factor('WEBAUTHN')]
    const actor = session({ factors, proofs: [proof('TOTP', 10), proof('WEBAUTHN', 400)] })
    expect(decide(FRESH, actor)).toEqual(allowed)
    expect(decide({ assurance: 'PHISHING_RESISTANT', withinSeconds: 300 }, actor)).toMatchObject({
      need: { reason: 'MFA_STALE', challenge: [{ type: 'WEBAUTHN' }] },
    })
  })

  it.each(['PENDING', 'DISABLED'] as const)('counts no proof of a factor that is %s', (status) => {
    const actor = proved('TOTP', 1, { factors: [factor('TOTP', { status })] })
    expect(decide(MFA, actor)).toMatchObject({ code: 'STEP_UP_REQUIRED', need: { challenge: [] } })
  })

  it('counts no proof of a factor that was removed', () => {
    expect(decide(MFA, proved('TOTP', 1, { factors: [factor('SMS')] }))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
  })

  it('takes a proof with an impossible date for stale', () => {
    const broken = { ...proof('TOTP', 0), provedAt: new Date(NaN) }
    expect(decide(FRESH, session({ factors: [factor('TOTP')], proofs: [broken] }))).toMatchObject({
      code: 'STEP_UP_REQUIRED',
    })
  })

  describe('where policy wants every account to have a factor', () => {
    it('refuses accounts that have none', () => {
      expect(decide({}, session(), required)).toEqual(refusedWith('MFA_ENROLLMENT_REQUIRED'))
      expect(decide({}, session({ state: 'pending' }), required)).toEqual(refusedWith('MFA_ENROLLMENT_REQUIRED'))
    })

    it('does not count factors that were never proved', () => {
      const actor = session({ factors: [factor('TOTP', { status: 'PENDING' })] })
      expect(decide({}, actor, required)).toEqual(refusedWith('MFA_ENROLLMENT_REQUIRED'))
    })

    it('lets them at what they need to enrol one', () => {
      expect(decide({ access: 'PENDING', strongest: true }, session({ state: 'pending' }), required)).toEqual(allowed)
    })

    it('lets accounts that have one in', () => {
      expect(decide({}, withTotp, required)).toEqual(allowed)
    })
  })

  describe('the strongest assurance an account can give', () => {
    const strongest = { strongest: true }

    it('is one factor for an account without factors, so that the first can be enrolled', () => {
      expect(decide({ access: 'PENDING', strongest: true }, session({ state: 'pending' }))).toEqual(allowed)
    })

    it('is asked of a pending session as soon as the account has a factor', () => {
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

    it('is a recovery code for somebody who lost the better factor, while that proof is fresh', () => {
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

    it('offers a pending session nothing that the risk of its sign-in excluded', () => {
      const factors = [factor('TOTP'), factor('SMS')]
      const actor = session({ state: 'pending', factors, admits: [factor('TOTP').id] })
      expect(decide({}, actor)).toMatchObject({ need: { challenge: [{ type: 'TOTP' }] } })
      expect(decide({}, { ...actor, admits: [] })).toMatchObject({ code: 'MFA_REQUIRED', need: { challenge: [] } })
      expect(decide({}, { ...actor, admits: null })).toMatchObject({
        need: { challenge: [{ type: 'TOTP' }, { type: 'SMS' }] },
      })
    })

    it('does not count factors that are disabled or were never proved', () => {
      const factors = [factor('TOTP'), factor('WEBAUTHN', { status: 'PENDING' })]
      expect(decide(strongest, session({ factors, proofs: [proof('TOTP', 1)] }))).toEqual(allowed)
    })

    it('is out of reach when every factor was disabled, which a thief of the password can bring about', () => {
      const actor = session({ factors: [factor('TOTP', { status: 'DISABLED' })] })
      expect(decide(strongest, actor)).toMatchObject({ code: 'STEP_UP_REQUIRED', need: { challenge: [] } })
    })

    it('is never less than the assurance beside it', () => {
      const asked = { strongest: true, assurance: 'MFA' } as const
      expect(decide(asked, session({ signedInAt: NOW }))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
      expect(decide(asked, proved('TOTP', 1))).toEqual(allowed)
      const factors = [factor('TOTP'), factor('WEBAUTHN')]
      expect(decide(asked, session({ factors, proofs: [proof('TOTP', 1)] }))).toMatchObject({
        need: { assurance: 'PHISHING_RESISTANT' },
      })
    })

    it('can be asked fresh', () => {
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

    it('does not count when it is old, weak or of a factor that is gone', () => {
      expect(decide(asked, holding('hash', 301))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
      expect(decide({ ...asked, assurance: 'PHISHING_RESISTANT' }, holding('hash'))).toMatchObject({
        code: 'STEP_UP_REQUIRED',
      })
      expect(decide(asked, holding('hash', 1, { factors: [] }))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
    })

    it('is not spent by operations that do not ask for it', () => {
      expect(decide(MFA, holding('hash'))).toEqual(allowed)
    })
  })
})
