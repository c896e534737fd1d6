import { decodeJwt } from 'jose'
import {
  ChallengeFactorDocument,
  MeDocument,
  MyProfileDocument,
  SignInDocument,
  SignOutDocument,
} from '../../schema/generated/graphql.js'
import { bearer } from '../support/answers.js'
import { refresh } from '../support/app.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { answer, passedOf, PASSWORD, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'

describe.each(STORES)('an app that stores tokens, on the %s store', (store) => {
  let gateway: TestGateway
  let person: PersonWithFactor
  let pendingToken: string
  let mfaToken: string
  let tokens: { readonly accessToken: string; readonly refreshToken: string }
  let app: Client

  beforeAll(async () => {
    gateway = await startGateway({ store })
    person = await withTotp(gateway)
  })
  afterAll(() => gateway.close())

  it('signs in with the password and gets a pending token, no cookie and no access token', async () => {
    const input = { email: person.email, password: PASSWORD, transport: 'BEARER' } as const
    const sent = await gateway.client().send(SignInDocument, { input })
    const { signIn } = dataOf(sent)
    if (signIn.__typename !== 'MfaRequired') throw new Error('no second factor was asked for')
    expect(sent.headers.getSetCookie()).toEqual([])
    pendingToken = signIn.pendingToken ?? ''
    mfaToken = signIn.stepUp.mfaToken
    expect(pendingToken).not.toContain('.')
    expect(codeOf(await bearer(gateway, pendingToken).send(MeDocument))).toBe('MFA_REQUIRED')
  })

  it('starts a challenge with it, is wrong once, is right, and gets access and refresh token', async () => {
    const pending = bearer(gateway, pendingToken)
    const input = { factorId: person.authenticator.factorId, mfaToken }
    const { challengeFactor } = dataOf(await pending.send(ChallengeFactorDocument, { input }))
    expect(challengeFactor).toMatchObject({ factorType: 'TOTP', purpose: 'SIGN_IN', attemptsLeft: 5 })
    const wrong = await answer(pending, challengeFactor.id, '000000')
    expect(wrong).toMatchObject({ __typename: 'ChallengeFailed', code: 'CODE_INVALID', attemptsLeft: 4 })
    const passed = passedOf(await answer(pending, challengeFactor.id, person.authenticator.code()))
    gateway.clock.advance(30)
    expect(passed).toMatchObject({ deviceRemembered: false, deviceToken: expect.any(String) })
    tokens = passed.tokens!
    app = bearer(gateway, tokens.accessToken)
    expect(decodeJwt(tokens.accessToken)).toMatchObject({ amr: ['pwd', 'otp', 'mfa'] })
  })

  it('reads what needs a second factor with the access token, and nothing more with the pending one', async () => {
    expect(dataOf(await app.send(MeDocument)).me.email).toBe(person.email)
    expect(codeOf(await app.send(MyProfileDocument))).toBeNull()
    expect(codeOf(await bearer(gateway, pendingToken).send(MeDocument))).toBe('UNAUTHENTICATED')
  })

  it('refreshes when the access token has expired', async () => {
    gateway.clock.advance(306)
    expect(codeOf(await app.send(MeDocument))).toBe('UNAUTHENTICATED')
    tokens = dataOf(await refresh(gateway, tokens.refreshToken)).refreshSession
    app = bearer(gateway, tokens.accessToken)
    expect(codeOf(await app.send(MeDocument))).toBeNull()
  })

  it('steps up for a sensitive field and continues with the tokens of the new session', async () => {
    expect(codeOf(await app.send(MyProfileDocument))).toBe('STEP_UP_REQUIRED')
    const passed = await stepUp(gateway, app, person.authenticator)
    tokens = passed.tokens!
    app = bearer(gateway, tokens.accessToken)
    expect(codeOf(await app.send(MyProfileDocument))).toBeNull()
  })

  it('signs out, and neither token works', async () => {
    dataOf(await app.send(SignOutDocument))
    expect(codeOf(await app.send(MeDocument))).toBe('UNAUTHENTICATED')
    expect(codeOf(await refresh(gateway, tokens.refreshToken))).toBe('UNAUTHENTICATED')
  })
})
