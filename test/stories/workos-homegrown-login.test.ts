import {
  ChallengeFactorDocument,
  EnrollFactorDocument,
  MeDocument,
  MyFactorsDocument,
  RemoveFactorDocument,
  ReadSubjectDocument,
} from '../../schema/generated/graphql.js'
import { bearer, guess, wrongCode } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { enrollSms, newNumber } from '../support/factors.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { answer, passedOf, type Authenticator, type PersonWithFactor } from '../support/person.js'
import { checked, enrollApp, eventsNamed, newBackend, newOperator, type Backend } from '../support/services.js'

describe.each(STORES)("MFA for an application's own login, on the %s store", (store) => {
  let gateway: TestGateway
  let operator: PersonWithFactor
  let backend: Backend

  beforeAll(async () => {
    gateway = await startGateway({ store })
    operator = await newOperator(gateway)
    backend = await newBackend(gateway, operator)
  })
  afterAll(() => gateway.close())

  describe('with an authenticator app', () => {
    let authenticator: Authenticator

    it('signs in a person without factors, and the proof says that it was one factor', async () => {
      const begun = await backend.begin('ada', { nonce: 'n-1' })
      expect(begun).toMatchObject({ verdict: 'ALLOW', stepUp: null, pendingToken: null, reference: null })
      expect(await checked(gateway, begun.proof)).toMatchObject({
        sub: 'ada',
        nonce: 'n-1',
        acr: 'urn:stepgate:acr:1fa',
        amr: ['pwd'],
      })
      expect(dataOf(await backend.client.send(ReadSubjectDocument, { subject: 'ada' })).subject?.factors).toEqual([])
    })

    it('enrols the app from the settings page: scan the code, type what it shows', async () => {
      const begun = await backend.begin('ada', { intent: 'ENROLL', nonce: 'n-2' })
      expect(begun).toMatchObject({ verdict: 'ENROLL', stepUp: { challenge: [], mfaToken: expect.any(String) } })
      expect(begun.stepUp?.enroll).toContain('TOTP')
      const enrolled = await enrollApp(gateway, backend.actingFor(begun.pendingToken))
      authenticator = enrolled.authenticator
      expect(enrolled.passed.recoveryCodes).toHaveLength(10)
      expect(await checked(gateway, enrolled.passed.proof)).toMatchObject({
        sub: 'ada',
        nonce: 'n-2',
        acr: 'urn:stepgate:acr:mfa',
        amr: ['pwd', 'otp', 'mfa'],
      })
      const { subject } = dataOf(await backend.client.send(ReadSubjectDocument, { subject: 'ada' }))
      expect(subject?.factors.map(({ type, status }) => [type, status])).toEqual([
        ['TOTP', 'ACTIVE'],
        ['RECOVERY_CODE', 'ACTIVE'],
      ])
    })

    it('challenges it at the next login, is wrong once, right once, and does not accept the code a second time', async () => {
      const begun = await backend.begin('ada', { intent: 'STEP_UP', nonce: 'n-3' })
      expect(begun).toMatchObject({ verdict: 'CHALLENGE', proof: null, tokens: null })
      expect(begun.stepUp?.challenge[0]).toMatchObject({ factorId: authenticator.factorId, type: 'TOTP' })
      const acting = backend.actingFor(begun.pendingToken)
      const input = { factorId: authenticator.factorId, mfaToken: begun.stepUp?.mfaToken ?? '' }
      const { id } = dataOf(await acting.send(ChallengeFactorDocument, { input })).challengeFactor
      expect(await guess(acting, id, wrongCode(authenticator, gateway))).toBe('CODE_INVALID')
      const code = authenticator.code()
      const passed = passedOf(await answer(acting, id, code))
      expect(await checked(gateway, passed.proof)).toMatchObject({ nonce: 'n-3', acr: 'urn:stepgate:acr:mfa' })

      const again = await backend.begin('ada', { intent: 'STEP_UP' })
      const second = backend.actingFor(again.pendingToken)
      const challenge = dataOf(
        await second.send(ChallengeFactorDocument, { input: { factorId: authenticator.factorId } }),
      ).challengeFactor
      expect(await guess(second, challenge.id, code)).toBe('CODE_INVALID')
      gateway.clock.advance(30)
      expect(await guess(second, challenge.id, authenticator.code())).toBe('PASSED')
      gateway.clock.advance(30)
    })

    it('can be answered from the person’s own browser as well, with only the pending token', async () => {
      const begun = await backend.begin('ada', { intent: 'STEP_UP', nonce: 'n-4' })
      const page = bearer(gateway, begun.pendingToken ?? '')
      expect(codeOf(await page.send(MeDocument))).toBe('MFA_REQUIRED')
      const input = { factorId: authenticator.factorId, mfaToken: begun.stepUp?.mfaToken ?? '' }
      const { id } = dataOf(await page.send(ChallengeFactorDocument, { input })).challengeFactor
      const passed = passedOf(await answer(page, id, authenticator.code()))
      gateway.clock.advance(30)
      expect(await checked(gateway, passed.proof)).toMatchObject({ sub: 'ada', nonce: 'n-4' })
      const own = bearer(gateway, passed.tokens!.accessToken)
      expect(dataOf(await own.send(MyFactorsDocument)).myFactors.map(({ type }) => type)).toContain('TOTP')
    })

    it('accepts no answer after ten minutes, and the audit log says so', async () => {
      const begun = await backend.begin('ada', { intent: 'STEP_UP' })
      const acting = backend.actingFor(begun.pendingToken)
      const input = { factorId: authenticator.factorId }
      const { id } = dataOf(await acting.send(ChallengeFactorDocument, { input })).challengeFactor
      gateway.clock.advance(599)
      expect(await guess(acting, id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
      gateway.clock.advance(2)
      expect(codeOf(await acting.send(ChallengeFactorDocument, { input }))).toBe('UNAUTHENTICATED')
      const [expired] = await eventsNamed(gateway, 'challenge.expired')
      expect(expired).toMatchObject({ outcome: 'FAILURE', context: { ip: '198.51.100.7' } })
    })

    it('enrols another one after a proof, removes the old one, and challenges the new one', async () => {
      const begun = await backend.begin('ada', { intent: 'ENROLL' })
      expect(begun.verdict).toBe('CHALLENGE')
      const pending = backend.actingFor(begun.pendingToken)
      expect(codeOf(await pending.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))).toBe('MFA_REQUIRED')
      const challenge = dataOf(
        await pending.send(ChallengeFactorDocument, { input: { factorId: authenticator.factorId } }),
      ).challengeFactor
      const passed = passedOf(await answer(pending, challenge.id, authenticator.code()))
      gateway.clock.advance(30)
      const active = backend.actingFor(passed.tokens!.accessToken)
      const replaced = authenticator.factorId
      const next = await enrollApp(gateway, active)
      authenticator = next.authenticator
      const last = backend.actingFor(next.passed.tokens!.accessToken)
      expect(dataOf(await last.send(RemoveFactorDocument, { factorId: replaced })).removeFactor.removed).toBe(true)
      const again = await backend.begin('ada', { intent: 'STEP_UP' })
      expect(again.stepUp?.challenge.filter(({ type }) => type === 'TOTP')).toEqual([
        expect.objectContaining({ factorId: authenticator.factorId }),
      ])
    })
  })

  describe('with text messages', () => {
    it('enrols a number, sends a code to it at the next login, and accepts that once', async () => {
      const begun = await backend.begin('grace', { intent: 'ENROLL' })
      const number = newNumber()
      const { telephone, recoveryCodes } = await enrollSms(gateway, backend.actingFor(begun.pendingToken), number)
      expect(recoveryCodes).toHaveLength(10)
      gateway.clock.advance(60)
      const login = await backend.begin('grace', { intent: 'STEP_UP', nonce: 'n-sms' })
      const acting = backend.actingFor(login.pendingToken)
      const input = { factorId: telephone.factorId, mfaToken: login.stepUp?.mfaToken ?? '' }
      const { id } = dataOf(await acting.send(ChallengeFactorDocument, { input })).challengeFactor
      const code = await telephone.code()
      const passed = passedOf(await answer(acting, id, code))
      expect(await checked(gateway, passed.proof)).toMatchObject({
        sub: 'grace',
        nonce: 'n-sms',
        amr: ['pwd', 'sms', 'mfa'],
      })
      expect(await guess(backend.actingFor(passed.tokens!.accessToken), id, code)).toBe('CHALLENGE_NOT_AVAILABLE')
    })
  })

  it('leaves who did what in the audit log', async () => {
    const [created] = await eventsNamed(gateway, 'service_key.created')
    expect(created).toMatchObject({ actor: { type: 'ACCOUNT' }, targets: [{ id: backend.keyId, type: 'SERVICE_KEY' }] })
    const accounts = await eventsNamed(gateway, 'account.created')
    expect(accounts.filter(({ reason }) => reason === 'linked').map(({ actor }) => actor)).toEqual([
      { id: backend.keyId, type: 'SERVICE' },
      { id: backend.keyId, type: 'SERVICE' },
    ])
    const sessions = (await eventsNamed(gateway, 'session.created')).filter(({ reason }) =>
      reason?.startsWith('external'),
    )
    expect(sessions[0]).toMatchObject({
      reason: 'external-active',
      context: { ip: '198.51.100.7' },
      metadata: { tenant: 'shop', serviceKey: backend.keyId },
    })
  })
})
