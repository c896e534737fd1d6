import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import {
  ChangePhoneDocument,
  EnrollFactorDocument,
  MeDocument,
  MyFactorsDocument,
  MyProfileDocument,
  SignInDocument,
  SignOutDocument,
} from '../../schema/generated/graphql.js'
import { ask, bearer, challenged, guess, ROOMY } from '../support/answers.js'
import { refresh } from '../support/app.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { enrollSms, newNumber, textsTo, type Telephone } from '../support/factors.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { answer, passedOf, PASSWORD, registered, signIn } from '../support/person.js'

/* Two-factor authentication as a claim of the session: set only by the second factor, checked on every request. */
describe.each(STORES)('the second factor is a claim of the session, on the %s store', (store) => {
  let gateway: TestGateway
  let email: string
  let telephone: Telephone
  let pending: Client
  let mfaToken: string
  let tokens: { readonly accessToken: string; readonly refreshToken: string }

  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_FACTORS: 'TOTP,SMS' } })
    email = await registered(gateway)
    telephone = (await enrollSms(gateway, (await signIn(gateway, email)).client)).telephone
  })
  afterAll(() => gateway.close())

  /** What any service that trusts the published keys reads in a token. */
  async function claimsOf(token: string) {
    const published = await fetch(`${gateway.url}/.well-known/jwks.json`)
    const keys = createLocalJWKSet((await published.json()) as JSONWebKeySet)
    return (await jwtVerify(token, keys, { algorithms: ['EdDSA'], currentDate: gateway.clock.now() })).payload
  }
  const startSession = async () => {
    const input = { email, password: PASSWORD, transport: 'BEARER' } as const
    const { signIn: result } = dataOf(await gateway.client().send(SignInDocument, { input }))
    if (result.__typename !== 'MfaRequired') throw new Error('no second factor was asked for')
    return result
  }
  const textsSent = async (number: string) => (await textsTo(gateway, number)).length

  describe('1. the first factor', () => {
    it('starts a session without the claim: no access token, and nothing protected opens', async () => {
      const started = await startSession()
      pending = bearer(gateway, started.pendingToken ?? '')
      mfaToken = started.stepUp.mfaToken
      expect(started.stepUp).toMatchObject({ assurance: 'MFA', acrValues: ['urn:stepgate:acr:mfa'] })
      await expect(claimsOf(started.pendingToken ?? '')).rejects.toThrow()
      for (const document of [MeDocument, MyProfileDocument, MyFactorsDocument]) {
        const refused = await pending.send(document.toString())
        expect([refused.status, refused.data, codeOf(refused)]).toEqual([401, null, 'MFA_REQUIRED'])
      }
    })

    it('shows only enough of the number to recognise it', async () => {
      const { stepUp } = await startSession()
      const [sms] = stepUp.challenge.filter(({ type }) => type === 'SMS')
      expect(JSON.stringify(stepUp)).not.toContain(telephone.number.slice(1, -2))
      expect(sms?.factorId).toBe(telephone.factorId)
    })
  })

  describe('2. the code', () => {
    it("goes to the account's number, and nowhere else", async () => {
      const number = newNumber()
      const before = await textsSent(telephone.number)
      expect(codeOf(await pending.send(EnrollFactorDocument, { input: { type: 'SMS', phoneNumber: number } }))).toBe(
        'MFA_REQUIRED',
      )
      const change = { factorId: telephone.factorId, newPhoneNumber: number }
      expect(codeOf(await pending.send(ChangePhoneDocument, { input: change }))).toBe('MFA_REQUIRED')
      const smuggled =
        'mutation ($id: ID!, $to: String!) { challengeFactor(input: { factorId: $id, phoneNumber: $to }) { id } }'
      const refused = await pending.send(smuggled, { id: telephone.factorId, to: number })
      expect(codeOf(refused)).toBe('GRAPHQL_VALIDATION_FAILED')
      expect([await textsSent(number), await textsSent(telephone.number)]).toEqual([0, before])
      dataOf(await ask(pending, telephone.factorId, mfaToken))
      expect([await textsSent(number), await textsSent(telephone.number)]).toEqual([0, before + 1])
    })

    it("is useless in another account's session", async () => {
      const other = await registered(gateway)
      const stranger = (await signIn(gateway, other)).client
      gateway.clock.advance(31)
      const { id } = await challenged(pending, telephone.factorId, mfaToken)
      expect(await guess(stranger, id, await telephone.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    })

    it('sets the claim, once', async () => {
      gateway.clock.advance(60)
      const { id } = await challenged(pending, telephone.factorId, mfaToken)
      const code = await telephone.code()
      const passed = passedOf(await answer(pending, id, code))
      tokens = passed.tokens!
      expect(await claimsOf(tokens.accessToken)).toMatchObject({
        acr: 'urn:stepgate:acr:mfa',
        amr: ['pwd', 'sms', 'mfa'],
        sid: passed.session.id,
      })
      expect(codeOf(await bearer(gateway, tokens.accessToken).send(MyProfileDocument))).toBeNull()
      expect(await guess(pending, id, code)).toBe('UNAUTHENTICATED')
    })
  })

  describe('3. the claim', () => {
    it('is kept by a refresh, with the time it was proved and not a newer one', async () => {
      const before = await claimsOf(tokens.accessToken)
      gateway.clock.advance(200)
      tokens = dataOf(await refresh(gateway, tokens.refreshToken)).refreshSession
      const after = await claimsOf(tokens.accessToken)
      expect([after['acr'], after['auth_time']]).toEqual([before['acr'], before['auth_time']])
      expect(codeOf(await bearer(gateway, tokens.accessToken).send(MyProfileDocument))).toBeNull()
    })

    it('is no longer fresh enough for personal data after five minutes, refreshed or not', async () => {
      gateway.clock.advance(101)
      tokens = dataOf(await refresh(gateway, tokens.refreshToken)).refreshSession
      const client = bearer(gateway, tokens.accessToken)
      const refused = await client.send(MyProfileDocument)
      expect([refused.status, codeOf(refused)]).toEqual([401, 'STEP_UP_REQUIRED'])
      expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({ reason: 'MFA_STALE', maxAge: 300 })
      expect(codeOf(await client.send(MeDocument))).toBeNull()
    })

    it('does not belong to another session, and ends with its own', async () => {
      const other = await startSession()
      expect(codeOf(await bearer(gateway, other.pendingToken ?? '').send(MeDocument))).toBe('MFA_REQUIRED')
      const client = bearer(gateway, tokens.accessToken)
      dataOf(await client.send(SignOutDocument))
      expect(codeOf(await client.send(MeDocument))).toBe('UNAUTHENTICATED')
      expect(codeOf(await refresh(gateway, tokens.refreshToken))).toBe('UNAUTHENTICATED')
    })
  })
})
