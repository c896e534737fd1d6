import { decodeJwt } from 'jose'
import { MeDocument, MyProfileDocument, SignInDocument } from '../../schema/generated/graphql.js'
import { bearer, challenged, recoveryOption } from '../support/answers.js'
import { refresh, signInApp, signInAppWithFactor } from '../support/app.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { answer, PASSWORD, passedOf, registered, stepUp, withTotp } from '../support/person.js'

const ONE_FACTOR = 'urn:stepgate:acr:1fa'
const MFA = 'urn:stepgate:acr:mfa'
const seconds = (date: Date): number => Math.floor(date.getTime() / 1000)

describe.each(STORES)('R083 the claims of access tokens are true, on the %s store', (store) => {
  const gateway = gatewayForAll({ store })

  const claimsOf = ({ accessToken }: { readonly accessToken: string }) => decodeJwt(accessToken)

  it('password alone', async () => {
    const claims = claimsOf(await signInApp(gateway, await registered(gateway)))
    expect(claims).toMatchObject({ acr: ONE_FACTOR, amr: ['pwd'], auth_time: seconds(gateway.clock.now()) })
    expect(Object.keys(claims).sort()).toEqual([
      'acr',
      'amr',
      'aud',
      'auth_time',
      'client_id',
      'exp',
      'gen',
      'iat',
      'iss',
      'jti',
      'sid',
      'sub',
    ])
  })

  it('password and authenticator app', async () => {
    const person = await withTotp(gateway)
    const proved = seconds(gateway.clock.now())
    const claims = claimsOf(await signInAppWithFactor(gateway, person))
    expect(claims).toMatchObject({ acr: MFA, amr: ['pwd', 'otp', 'mfa'], auth_time: proved })
  })

  it('password and recovery code, which is not a hardware key', async () => {
    const person = await withTotp(gateway)
    const input = { email: person.email, password: PASSWORD, transport: 'BEARER' } as const
    const { signIn } = dataOf(await gateway.client().send(SignInDocument, { input }))
    if (signIn.__typename !== 'MfaRequired') throw new Error('no second factor was asked for')
    const app = bearer(gateway, signIn.pendingToken ?? '')
    const { id } = await challenged(app, recoveryOption(signIn.stepUp), signIn.stepUp.mfaToken)
    const { tokens } = passedOf(await answer(app, id, person.recoveryCodes[0]!))
    const { amr, acr } = claimsOf(tokens!)
    expect({ acr, amr }).toEqual({ acr: MFA, amr: ['pwd', 'otp', 'mfa'] })
  })

  it('password on a remembered device, which adds nothing (R067)', async () => {
    const person = await withTotp(gateway)
    const { deviceToken } = await remember(person)
    const input = { email: person.email, password: PASSWORD, transport: 'BEARER' } as const
    const app = gateway.client({ headers: { 'stepgate-device': deviceToken } })
    const { signIn } = dataOf(await app.send(SignInDocument, { input }))
    if (signIn.__typename !== 'SignedIn' || !signIn.tokens) throw new Error('the device was not remembered')
    expect(claimsOf(signIn.tokens)).toMatchObject({ acr: ONE_FACTOR, amr: ['pwd'] })
    expect(codeOf(await bearer(gateway, signIn.tokens.accessToken).send(MyProfileDocument))).toBe('STEP_UP_REQUIRED')
  })

  async function remember(person: Awaited<ReturnType<typeof withTotp>>) {
    const { accessToken } = await signInAppWithFactor(gateway, person)
    const passed = await stepUp(gateway, bearer(gateway, accessToken), person.authenticator, { rememberDevice: true })
    if (!passed.deviceToken || !passed.tokens) throw new Error('nothing was remembered')
    return { deviceToken: passed.deviceToken, tokens: passed.tokens }
  }

  it('changes with a step-up, for the new token only', async () => {
    const person = await withTotp(gateway)
    const { deviceToken, tokens } = await remember(person)
    expect(deviceToken).toMatch(/^[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/)
    const before = seconds(gateway.clock.now())
    gateway.clock.advance(60)
    const passed = await stepUp(gateway, bearer(gateway, tokens.accessToken), person.authenticator)
    expect(claimsOf(passed.tokens!)).toMatchObject({ acr: MFA, auth_time: before + 60 })
    // The former token works until the new one is used, because the answer may have been lost.
    expect(codeOf(await bearer(gateway, passed.tokens!.accessToken).send(MeDocument))).toBeNull()
    expect(codeOf(await bearer(gateway, tokens.accessToken).send(MeDocument))).toBe('UNAUTHENTICATED')
  })
})

describe.each(STORES)('R082 freshness is measured from the proof, on the %s store', (store) => {
  it('does not change with a refresh, nor do acr, amr and auth_time (R067)', async () => {
    const gateway = await startGateway({ store })
    const person = await withTotp(gateway)
    // The clock moved by 30 s after the code was proved.
    const first = await signInAppWithFactor(gateway, person)
    gateway.clock.advance(4 * 60 + 59 - 30)
    const second = dataOf(await refresh(gateway, first.refreshToken)).refreshSession
    const app = bearer(gateway, second.accessToken)
    expect(codeOf(await app.send(MyProfileDocument))).toBeNull()
    gateway.clock.advance(2)
    const refused = await app.send(MyProfileDocument)
    expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
    expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({ reason: 'MFA_STALE', maxAge: 300 })
    const [before, after] = [decodeJwt(first.accessToken), decodeJwt(second.accessToken)]
    for (const claim of ['acr', 'amr', 'auth_time', 'sid', 'sub']) expect(after[claim]).toEqual(before[claim])
    await gateway.close()
  })
})

describe.each(STORES)('R081 the answer that demands a step-up, on the %s store', (store) => {
  it('says in the header and in the extensions what is enough, and that works', async () => {
    const gateway = await startGateway({ store })
    const person = await withTotp(gateway)
    gateway.clock.advance(300)
    const refused = await person.client.send(MyProfileDocument)
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toMatch(
      /^Bearer error="insufficient_user_authentication", .*acr_values="urn:stepgate:acr:mfa", max_age=300$/,
    )
    const stepUpAsked = refused.errors[0]?.extensions['stepUp'] as {
      mfaToken: string
      challenge: { factorId: string }[]
    }
    expect(stepUpAsked).toMatchObject({ error: 'insufficient_user_authentication', acrValues: [MFA], maxAge: 300 })
    expect(stepUpAsked.challenge.map(({ factorId }) => factorId)).toContain(person.authenticator.factorId)
    await stepUp(gateway, person.client, person.authenticator, { mfaToken: stepUpAsked.mfaToken })
    expect(codeOf(await person.client.send(MyProfileDocument))).toBeNull()
    await gateway.close()
  })
})
