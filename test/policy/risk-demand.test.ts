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

  it('blocks whatever was proved', () => {
    expect(decide(MFA, proved('WEBAUTHN', 1), risk('CRITICAL', 'BLOCK'))).toEqual({
      kind: 'refuse',
      code: 'RISK_BLOCKED',
      need: null,
    })
  })

  it('never lowers what a field asks', () => {
    expect(decide(MFA, withTotp, risk('LOW', 'ALLOW'))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
  })

  it('asks guarded operations for a recent proof', () => {
    expect(decide(MFA, proved('TOTP', 300), risk('MEDIUM'))).toEqual(allowed)
    expect(decide(MFA, proved('TOTP', 301), risk('MEDIUM'))).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      need: { reason: 'RISK_ELEVATED', maxAge: 300, assurance: 'MFA' },
    })
    expect(decide({ access: 'ADMIN' }, admin, risk('MEDIUM'))).toMatchObject({ need: { reason: 'RISK_ELEVATED' } })
  })

  it('asks for a proof made from here, however fresh the one made elsewhere is', () => {
    expect(decide(MFA, proved('TOTP', 1), risk('MEDIUM', 'CHALLENGE', false))).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      need: { reason: 'RISK_ELEVATED', challenge: [{ type: 'TOTP' }] },
    })
    expect(decide(MFA, proved('TOTP', 1), risk('LOW', 'ALLOW', false))).toEqual(allowed)
  })

  it('asks plain operations for nothing', () => {
    expect(decide({}, session(), risk('HIGH'))).toEqual(allowed)
  })

  it('counts only what cannot be intercepted when it is high', () => {
    const factors = [factor('SMS'), factor('RECOVERY_CODE'), factor('TOTP')]
    const actor = session({ factors, proofs: [proof('SMS', 1), proof('RECOVERY_CODE', 1)] })
    expect(decide(MFA, actor, risk('MEDIUM'))).toEqual(allowed)
    expect(decide(MFA, actor, risk('HIGH'))).toMatchObject({ need: { challenge: [{ type: 'TOTP' }] } })
    expect(decide(MFA, { ...actor, proofs: [proof('TOTP', 1)] }, risk('HIGH'))).toEqual(allowed)
    expect(decide(MFA, { ...actor, proofs: [proof('TOTP', 1)] }, risk('CRITICAL'))).toMatchObject({
      need: { challenge: [], enroll: ['WEBAUTHN'] },
    })
  })

  it('is answered along with what a field asks', () => {
    const actor = session({ factors: [factor('SMS'), factor('TOTP')] })
    expect(decide(MFA, actor, risk('HIGH'))).toMatchObject({
      need: { reason: 'MFA_MISSING', maxAge: 300, challenge: [{ type: 'TOTP' }] },
    })
  })

  it('keeps an account without factors from enrolling one when it is high, but not when it is mild', () => {
    const enrol = { access: 'PENDING', strongest: true } as const
    expect(decide(enrol, session(), risk('MEDIUM'))).toEqual(allowed)
    expect(decide(enrol, session(), risk('HIGH'))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
    expect(decide([enrol, MFA], session(), risk('MEDIUM'))).toMatchObject({ code: 'STEP_UP_REQUIRED' })
  })
})
