import {
  ChallengeFactorDocument,
  EnrollFactorDocument,
  MeDocument,
  SignInDocument,
} from '../../schema/generated/graphql.js'
import { bearer } from '../support/answers.js'
import { refresh } from '../support/app.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { PASSWORD, withTotp, type PersonWithFactor } from '../support/person.js'
import { ROOT_FIELDS } from '../support/root-fields.js'

/** Fields that must stay closed before the sign-in is finished. */
const PROTECTED = ROOT_FIELDS.filter(({ access }) => access !== 'PUBLIC' && access !== 'PENDING')

describe.each(STORES)("R063, R064 the credentials of a sign-in's first step open nothing, on the %s store", (store) => {
  let gateway: TestGateway
  let person: PersonWithFactor

  beforeAll(async () => {
    gateway = await startGateway({ store })
    person = await withTotp(gateway)
  })
  afterAll(() => gateway.close())

  async function firstStep(transport: 'COOKIE' | 'BEARER') {
    const client = gateway.client()
    const answer = await client.send(SignInDocument, {
      input: { email: person.email, password: PASSWORD, transport },
    })
    const result = dataOf(answer).signIn
    if (result.__typename !== 'MfaRequired') throw new Error('no second factor was asked for')
    const cookies = answer.headers.getSetCookie().map((line) => line.slice(line.indexOf('=') + 1, line.indexOf(';')))
    return { client, cookies, mfaToken: result.stepUp.mfaToken, pendingToken: result.pendingToken ?? null }
  }

  async function expectNothingOpen(client: Client): Promise<void> {
    expect(PROTECTED.length).toBeGreaterThan(20)
    for (const field of PROTECTED) {
      const refused = await client.send(field.document, field.sample())
      expect([field.name, refused.status, refused.data]).toEqual([field.name, 401, null])
      expect(['MFA_REQUIRED', 'UNAUTHENTICATED']).toContain(codeOf(refused))
    }
  }

  it('gives a browser one cookie and a step-up token, and an app two tokens', async () => {
    const [browser, app] = [await firstStep('COOKIE'), await firstStep('BEARER')]
    expect([browser.cookies.length, browser.pendingToken]).toEqual([1, null])
    expect([app.cookies.length, typeof app.pendingToken]).toEqual([0, 'string'])
  })

  it('refuses every protected field to the cookie itself, as MFA_REQUIRED', async () => {
    const { client } = await firstStep('COOKIE')
    await expectNothingOpen(client)
    expect(codeOf(await client.send(MeDocument))).toBe('MFA_REQUIRED')
  })

  it('refuses them to every token, presented in every way', async () => {
    const [browser, app] = [await firstStep('COOKIE'), await firstStep('BEARER')]
    const tokens = [...browser.cookies, browser.mfaToken, app.mfaToken, app.pendingToken ?? '']
    for (const token of tokens) {
      await expectNothingOpen(bearer(gateway, token))
      const withCookie = gateway.client()
      withCookie.cookies.set('stepgate-session', token)
      await expectNothingOpen(withCookie)
      const asDevice = gateway.client({ headers: { 'stepgate-device': token } })
      expect(codeOf(await asDevice.send(MeDocument))).toBe('UNAUTHENTICATED')
    }
  })

  it('refreshes none of them', async () => {
    const [browser, app] = [await firstStep('COOKIE'), await firstStep('BEARER')]
    for (const token of [...browser.cookies, browser.mfaToken, app.mfaToken, app.pendingToken ?? '']) {
      expect(codeOf(await refresh(gateway, token))).toBe('UNAUTHENTICATED')
    }
  })

  it('does not allow enrolling a new factor instead of proving the existing one', async () => {
    const { client } = await firstStep('COOKIE')
    const refused = await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } })
    expect(codeOf(refused)).toBe('MFA_REQUIRED')
  })

  it('does not accept a pending cookie as a pending token, or vice versa', async () => {
    const [browser, app] = [await firstStep('COOKIE'), await firstStep('BEARER')]
    const input = { factorId: person.authenticator.factorId, mfaToken: null }
    expect(codeOf(await bearer(gateway, browser.cookies[0]!).send(ChallengeFactorDocument, { input }))).toBe(
      'UNAUTHENTICATED',
    )
    const asCookie = gateway.client()
    asCookie.cookies.set('stepgate-session', app.pendingToken ?? '')
    expect(codeOf(await asCookie.send(ChallengeFactorDocument, { input }))).toBe('UNAUTHENTICATED')
  })

  it('does not accept the step-up token of one sign-in in another', async () => {
    const [one, other] = [await firstStep('COOKIE'), await firstStep('COOKIE')]
    const input = { factorId: person.authenticator.factorId, mfaToken: one.mfaToken }
    expect(codeOf(await other.client.send(ChallengeFactorDocument, { input }))).toBe('MFA_TOKEN_NOT_FOUND')
  })
})
