import { assurancesBy } from '../../src/kernel/assurance.js'
import { allowed, decide, MFA, proved, refusedWith } from './deciding.js'
import { factor, proof, session, SETTINGS } from './support.js'

const STRONGEST = { strongest: true, withinSeconds: 300 } as const
const MAIL_IS_MFA = { ...SETTINGS, assurances: assurancesBy({ emailCodeIsMfa: true }) }
const REQUIRED = { ...SETTINGS, mfaPolicy: 'REQUIRED' as const }
const dead = factor('TOTP', { status: 'DISABLED' })
const mailbox = [factor('EMAIL'), factor('RECOVERY_CODE')]
const byMail = [proof('EMAIL', 1)]

describe('R044 an account whose only factor is a mailbox', () => {
  it('cannot open a field that requires MFA, unless the installation allows it', () => {
    const actor = proved('EMAIL', 1)
    expect(decide(MFA, actor)).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      need: { reason: 'MFA_MISSING', challenge: [] },
    })
    expect(decide(MFA, actor, { settings: MAIL_IS_MFA })).toEqual(allowed)
  })

  it('needs a mailed code to manage its factors, even if it has recovery codes; the password is not enough', () => {
    expect(decide(STRONGEST, session({ factors: mailbox, proofs: byMail }))).toEqual(allowed)
    expect(decide(STRONGEST, session({ factors: mailbox }))).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      need: { assurance: 'ONE_FACTOR', challenge: [{ type: 'EMAIL' }, { type: 'RECOVERY_CODE' }] },
    })
    expect(decide(STRONGEST, session({ factors: mailbox, proofs: [proof('EMAIL', 301)] }))).toMatchObject({
      need: { reason: 'MFA_STALE' },
    })
  })

  it('may enrol its first better factor at medium risk', () => {
    const risk = { level: 'MEDIUM', verdict: 'CHALLENGE', provedHere: false } as never
    expect(decide(STRONGEST, session({ factors: mailbox, proofs: byMail }), { risk })).toEqual(allowed)
    expect(decide(STRONGEST, session({ factors: mailbox }), { risk })).toEqual(refusedWith('STEP_UP_REQUIRED'))
  })

  it('does not satisfy a policy that requires a second factor, and must verify its mailbox first', () => {
    const over = { settings: REQUIRED }
    expect(decide({}, session({ factors: mailbox, proofs: byMail }), over)).toEqual(
      refusedWith('MFA_ENROLLMENT_REQUIRED'),
    )
    expect(decide({}, session({ state: 'pending', factors: mailbox }), over)).toMatchObject({
      code: 'MFA_REQUIRED',
      need: { assurance: 'ONE_FACTOR' },
    })
    const settings = { ...MAIL_IS_MFA, mfaPolicy: 'REQUIRED' as const }
    expect(decide({}, session({ factors: mailbox, proofs: byMail }), { settings })).toEqual(allowed)
  })
})

describe('R044 an account that lost a better factor', () => {
  it('cannot be managed with its mailbox', () => {
    const actor = session({ factors: [...mailbox, dead], proofs: byMail })
    expect(decide(STRONGEST, actor)).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      need: { assurance: 'MFA', challenge: [{ type: 'RECOVERY_CODE' }] },
    })
  })

  it('cannot finish a sign-in with its mailbox', () => {
    const actor = session({ state: 'pending', factors: [...mailbox, dead] })
    expect(decide({}, actor)).toMatchObject({
      code: 'MFA_REQUIRED',
      need: { assurance: 'MFA', challenge: [{ type: 'RECOVERY_CODE' }] },
    })
  })
})
