import { allowed, decide, FRESH, MFA, proved } from './deciding.js'
import { factor, proof, session, SETTINGS } from './support.js'

const pending = session({ state: 'pending', factors: [factor('TOTP')] })

describe('a refusal that a step-up can resolve', () => {
  it('offers the factors that would satisfy it, strongest first and recovery codes last', () => {
    const types = ['RECOVERY_CODE', 'EMAIL', 'SMS', 'TOTP', 'PUSH', 'WEBAUTHN'] as const
    const factors = [...types.map((type) => factor(type)), factor('TOTP', { status: 'DISABLED' })]
    expect(decide({ ...FRESH, purpose: 'email.change' }, session({ factors }))).toEqual({
      kind: 'refuse',
      code: 'STEP_UP_REQUIRED',
      need: {
        assurance: 'MFA',
        maxAge: 300,
        reason: 'MFA_MISSING',
        purpose: 'email.change',
        paths: ['field0'],
        challenge: ['WEBAUTHN', 'TOTP', 'PUSH', 'SMS', 'RECOVERY_CODE'].map((type) => ({
          factorId: type,
          type,
          name: `My ${type}`,
        })),
        enroll: [],
      },
    })
  })

  it('does not offer recovery codes that are used up', () => {
    const actor = session({ factors: [factor('RECOVERY_CODE', { codesLeft: 0 })] })
    expect(decide(MFA, actor)).toMatchObject({ need: { challenge: [] } })
  })

  it('names the factor types to enrol if no factor of the account would satisfy it', () => {
    const actor = session({ factors: [factor('SMS')] })
    const asked = { assurance: 'PHISHING_RESISTANT' } as const
    expect(decide(asked, actor)).toMatchObject({ need: { challenge: [], enroll: ['WEBAUTHN'] } })
    expect(decide(MFA, session())).toMatchObject({ need: { enroll: ['WEBAUTHN', 'TOTP', 'PUSH', 'SMS'] } })
    const settings = { ...SETTINGS, enabledFactors: ['TOTP' as const] }
    expect(decide(MFA, session(), { settings })).toMatchObject({ need: { enroll: ['TOTP'] } })
  })

  it('names only the fields whose guards are not met, and their purpose', () => {
    const asked = [
      { ...MFA, purpose: 'content' },
      { ...FRESH, purpose: 'not.content' },
    ]
    expect(decide(asked, proved('TOTP', 1000))).toMatchObject({
      need: { reason: 'MFA_STALE', paths: ['field1'], purpose: 'not.content', maxAge: 300 },
    })
  })

  it('names all fields if each guard is met on its own but no single proof meets all', () => {
    const asked = [{ assurance: 'PHISHING_RESISTANT' as const }, FRESH]
    const actor = session({
      factors: [factor('TOTP'), factor('WEBAUTHN')],
      proofs: [proof('TOTP', 1), proof('WEBAUTHN', 1000)],
    })
    expect(decide(asked, actor)).toMatchObject({
      need: { assurance: 'PHISHING_RESISTANT', maxAge: 300, paths: ['field0', 'field1'] },
    })
  })

  it('requires one proof after the other if no single factor meets all demands', () => {
    const asked = [{ factors: ['TOTP' as const] }, { factors: ['WEBAUTHN' as const] }]
    const factors = [factor('TOTP'), factor('WEBAUTHN')]
    expect(decide(asked, session({ factors }))).toMatchObject({ need: { challenge: [{ type: 'TOTP' }] } })
    const once = session({ factors, proofs: [proof('TOTP', 1)] })
    expect(decide(asked, once)).toMatchObject({ need: { challenge: [{ type: 'WEBAUTHN' }], paths: ['field1'] } })
    expect(decide(asked, { ...once, proofs: [proof('TOTP', 1), proof('WEBAUTHN', 1)] })).toEqual(allowed)
  })

  it('lets a pending session finish its sign-in and meet the guards with one proof', () => {
    const actor = session({ state: 'pending', factors: [factor('TOTP'), factor('WEBAUTHN'), factor('EMAIL')] })
    expect(decide({}, actor)).toMatchObject({
      need: { assurance: 'MFA', maxAge: null, challenge: [{ type: 'WEBAUTHN' }, { type: 'TOTP' }] },
    })
    expect(decide({ assurance: 'PHISHING_RESISTANT', withinSeconds: 60 }, actor)).toMatchObject({
      need: { assurance: 'PHISHING_RESISTANT', maxAge: 60, challenge: [{ type: 'WEBAUTHN' }] },
    })
  })

  it('lets a pending session finish with the account’s factors even if they are not enough for the operation', () => {
    const asked = { assurance: 'PHISHING_RESISTANT' } as const
    expect(decide(asked, pending)).toMatchObject({ need: { assurance: 'MFA', challenge: [{ type: 'TOTP' }] } })
    const mailbox = session({ state: 'pending', factors: [factor('EMAIL')] })
    expect(decide({}, mailbox)).toMatchObject({ need: { assurance: 'ONE_FACTOR', challenge: [{ type: 'EMAIL' }] } })
  })
})
