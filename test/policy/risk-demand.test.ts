import type { RiskAssessment } from '../../src/policy/index.js'
import { allowed, decide, MFA, proved } from './deciding.js'
import { factor, proof, session } from './support.js'

const withTotp = session({ factors: [factor('TOTP')] })
const admin = session({ roles: ['ADMIN'] })

describe('risk', () => {
  const risk = (
    level: RiskAssessment['level'],
    verdict: RiskAssessment['verdict'] = 'CHALLENGE',
    provedHere = true,
  ) => ({
    risk: { id: 'risk', level, verdict, provedHere },
  })

  it('blocks a request whatever the session has proved', () => {
    expect(decide(MFA, proved('WEBAUTHN', 1), risk('CRITICAL', 'BLOCK'))).toEqual({
      kind: 'refuse',
      code: 'RISK_BLOCKED',
      need: null,
    })
  })

  it('never lowers what a field requires', () => {
    expect(decide(MFA, withTotp, risk('LOW', 'ALLOW'))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
  })

  it('requires a recent proof for guarded operations', () => {
    expect(decide(MFA, proved('TOTP', 300), risk('MEDIUM'))).toEqual(allowed)
    expect(decide(MFA, proved('TOTP', 301), risk('MEDIUM'))).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      need: { reason: 'RISK_ELEVATED', maxAge: 300, assurance: 'MFA' },
    })
    expect(decide({ access: 'ADMIN' }, admin, risk('MEDIUM'))).toMatchObject({ need: { reason: 'RISK_ELEVATED' } })
  })

  it('requires a proof from the same place, however recent a proof from elsewhere is', () => {
    expect(decide(MFA, proved('TOTP', 1), risk('MEDIUM', 'CHALLENGE', false))).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      need: { reason: 'RISK_ELEVATED', challenge: [{ type: 'TOTP' }] },
    })
    expect(decide(MFA, proved('TOTP', 1), risk('LOW', 'ALLOW', false))).toEqual(allowed)
  })

  it('requires nothing for plain operations', () => {
    expect(decide({}, session(), risk('HIGH'))).toEqual(allowed)
  })

  it('accepts only factors that cannot be intercepted when it is high', () => {
    const factors = [factor('SMS'), factor('RECOVERY_CODE'), factor('TOTP')]
    const actor = session({ factors, proofs: [proof('SMS', 1), proof('RECOVERY_CODE', 1)] })
    expect(decide(MFA, actor, risk('MEDIUM'))).toEqual(allowed)
    expect(decide(MFA, actor, risk('HIGH'))).toMatchObject({ need: { challenge: [{ type: 'TOTP' }] } })
    expect(decide(MFA, { ...actor, proofs: [proof('TOTP', 1)] }, risk('HIGH'))).toEqual(allowed)
    expect(decide(MFA, { ...actor, proofs: [proof('TOTP', 1)] }, risk('CRITICAL'))).toMatchObject({
      need: { challenge: [], enroll: ['WEBAUTHN'] },
    })
  })

  it('is met by the same proof as the guard of a field', () => {
    const actor = session({ factors: [factor('SMS'), factor('TOTP')] })
    expect(decide(MFA, actor, risk('HIGH'))).toMatchObject({
      need: { reason: 'MFA_MISSING', maxAge: 300, challenge: [{ type: 'TOTP' }] },
    })
  })

  it('prevents an account without factors from enrolling one when it is high, but not when it is medium', () => {
    const enrol = { access: 'PENDING', strongest: true } as const
    expect(decide(enrol, session(), risk('MEDIUM'))).toEqual(allowed)
    expect(decide(enrol, session(), risk('HIGH'))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
    expect(decide([enrol, MFA], session(), risk('MEDIUM'))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
  })
})
