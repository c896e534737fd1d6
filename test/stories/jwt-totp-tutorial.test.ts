import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose'
import {
  ChallengeFactorDocument,
  EnrollFactorDocument,
  MeDocument,
  MyFactorsDocument,
  MyProfileDocument,
  RegenerateRecoveryCodesDocument,
  RemoveFactorDocument,
  SignInDocument,
  SignUpDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { bearer, challenged, guess, recoveryOption, ROOMY, sendCode, wrongCode } from '../support/answers.js'
import { refresh } from '../support/app.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { answer, authenticatorOf, passedOf, type Authenticator } from '../support/person.js'

const EMAIL = 'developer@example.com'
const PASSWORD = 'a passphrase for the tutorial'

/* A login with JWTs and an authenticator app, step by step: a temporary token, then the full one. */
describe.each(STORES)('JWTs and an authenticator app, on the %s store', (store) => {
  let gateway: TestGateway
  let authenticator: Authenticator
  let backupCodes: readonly string[]

  beforeAll(async () => {
    // The tutorial prompts at every login; by default the gateway prompts when something is unusual.
    gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_RISK_MODE: 'REPORT_ONLY' } })
  })
  afterAll(() => gateway.close())

  const login = async () => {
    const input = { email: EMAIL, password: PASSWORD, transport: 'BEARER' } as const
    return dataOf(await gateway.client().send(SignInDocument, { input })).signIn
  }
  /** The first step: a temporary token, and the factors for the second. */
  async function temporary() {
    const result = await login()
    if (result.__typename !== 'MfaRequired') throw new Error(`no second factor was asked for: ${result.__typename}`)
    const { stepUp, pendingToken } = result
    return { client: bearer(gateway, pendingToken ?? ''), stepUp, token: pendingToken ?? '' }
  }
  const ask = (client: Client, mfaToken: string) => challenged(client, authenticator.factorId, mfaToken)
  async function verified(token: string) {
    const published = await fetch(`${gateway.url}/.well-known/jwks.json`)
    const keys = createLocalJWKSet((await published.json()) as JSONWebKeySet)
    return (await jwtVerify(token, keys, { algorithms: ['EdDSA'], currentDate: gateway.clock.now() })).payload
  }

  describe('1. register and log in', () => {
    it('creates an account with a password that is long enough and not common', async () => {
      const browser = gateway.client()
      const register = (password: string) => browser.send(SignUpDocument, { input: { email: EMAIL, password } })
      for (const poor of ['short', 'dragondragondragon']) expect(codeOf(await register(poor))).toBe('BAD_USER_INPUT')
      dataOf(await register(PASSWORD))
      const token = await gateway.linkTokenFor(EMAIL)
      dataOf(await browser.send(VerifyEmailDocument, { input: { token } }))
    })

    it('gives a full token at once while there is no second factor', async () => {
      const result = await login()
      if (result.__typename !== 'SignedIn' || !result.tokens) throw new Error('no tokens')
      expect(await verified(result.tokens.accessToken)).toMatchObject({ acr: 'urn:stepgate:acr:1fa', amr: ['pwd'] })
    })
  })

  describe('2. enrol the authenticator app', () => {
    it('shows a QR code and the secret, and is not enrolled until a code proves it', async () => {
      const result = await login()
      if (result.__typename !== 'SignedIn') throw new Error('no session')
      const app = bearer(gateway, result.tokens?.accessToken ?? '')
      const { enrollFactor } = dataOf(
        await app.send(EnrollFactorDocument, { input: { type: 'TOTP' }, withQrCode: true }),
      )
      const { totp, challenge, factor } = enrollFactor
      const uri = new URL(totp?.otpauthUri ?? '')
      expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
        'otpauth:',
        'totp',
        `/Stepgate:${EMAIL}`,
      ])
      expect(uri.searchParams.get('issuer')).toBe('Stepgate')
      expect(uri.searchParams.get('secret')).toBe(totp?.secret)
      expect(totp?.qrCode?.pngDataUrl).toMatch(/^data:image\/png;base64,/)
      expect(totp?.qrCode?.svg).toContain('<svg')
      expect((await login()).__typename).toBe('SignedIn')

      authenticator = authenticatorOf(gateway, factor.id, totp?.secret ?? '')
      const passed = passedOf(await answer(app, challenge?.id ?? '', authenticator.code()))
      backupCodes = passed.recoveryCodes ?? []
      gateway.clock.advance(30)
    })

    it('gives ten backup codes, once', async () => {
      expect(backupCodes).toHaveLength(10)
      expect(new Set(backupCodes).size).toBe(10)
      expect((await login()).__typename).toBe('MfaRequired')
    })
  })

  describe('3. the temporary token', () => {
    it('is not a JWT, opens nothing, and refreshes nothing', async () => {
      const { client, token } = await temporary()
      expect(() => decodeProtectedHeader(token)).toThrow()
      for (const document of [MeDocument, MyProfileDocument, MyFactorsDocument, RegenerateRecoveryCodesDocument]) {
        expect(codeOf(await client.send(document.toString()))).toBe('MFA_REQUIRED')
      }
      expect(codeOf(await client.send(RemoveFactorDocument, { factorId: authenticator.factorId }))).toBe('MFA_REQUIRED')
      expect(codeOf(await refresh(gateway, token))).toBe('UNAUTHENTICATED')
    })

    it('expires after ten minutes', async () => {
      const { client, stepUp } = await temporary()
      gateway.clock.advance(601)
      expect(codeOf(await client.send(MeDocument))).toBe('UNAUTHENTICATED')
      await expect(challenged(client, authenticator.factorId, stepUp.mfaToken)).rejects.toThrow('UNAUTHENTICATED')
    })
  })

  describe('4. the full token', () => {
    it("is issued for the app's code, says so, and lives for minutes", async () => {
      const { client, stepUp } = await temporary()
      const { id } = await ask(client, stepUp.mfaToken)
      const { tokens } = passedOf(await answer(client, id, authenticator.code()))
      const claims = await verified(tokens?.accessToken ?? '')
      expect(claims).toMatchObject({ acr: 'urn:stepgate:acr:mfa', amr: ['pwd', 'otp', 'mfa'] })
      expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBeLessThanOrEqual(300)
      expect(dataOf(await bearer(gateway, tokens?.accessToken ?? '').send(MeDocument)).me.email).toBe(EMAIL)
      expect(codeOf(await client.send(MeDocument))).toBe('UNAUTHENTICATED')
    })

    it('is not issued for the same code again', async () => {
      const { client, stepUp } = await temporary()
      const { id } = await ask(client, stepUp.mfaToken)
      expect(await guess(client, id, authenticator.code())).toBe('CODE_INVALID')
      gateway.clock.advance(30)
      expect(await guess(client, id, authenticator.code())).toBe('PASSED')
      gateway.clock.advance(30)
    })

    it('is new with every refresh, and so is the refresh token', async () => {
      const { client, stepUp } = await temporary()
      const { id } = await ask(client, stepUp.mfaToken)
      const { tokens } = passedOf(await answer(client, id, authenticator.code()))
      gateway.clock.advance(60)
      const first = dataOf(await refresh(gateway, tokens?.refreshToken ?? '')).refreshSession
      expect(first.refreshToken).not.toBe(tokens?.refreshToken)
      expect(await verified(first.accessToken)).toMatchObject({ acr: 'urn:stepgate:acr:mfa' })
    })
  })

  describe('5. guessing', () => {
    it('ends the login after five wrong codes', async () => {
      const { client, stepUp } = await temporary()
      const { id } = await ask(client, stepUp.mfaToken)
      const wrong = wrongCode(authenticator, gateway)
      for (const left of [4, 3, 2, 1, 0]) {
        expect(dataOf(await sendCode(client, id, wrong)).verifyChallenge).toMatchObject({ attemptsLeft: left })
      }
      expect(await guess(client, id, authenticator.code())).toBe('UNAUTHENTICATED')
    })

    it('is locked for a quarter of an hour after ten, and says for how long', async () => {
      const { client, stepUp } = await temporary()
      const { id } = await ask(client, stepUp.mfaToken)
      const wrong = wrongCode(authenticator, gateway)
      for (let round = 0; round < 5; round += 1) await sendCode(client, id, wrong)
      const again = await temporary()
      const input = { factorId: authenticator.factorId, mfaToken: again.stepUp.mfaToken }
      const refused = await again.client.send(ChallengeFactorDocument, { input })
      expect(codeOf(refused)).toBe('TOO_MANY_ATTEMPTS')
      expect(refused.errors[0]?.extensions['retryAfterSeconds']).toBeGreaterThan(800)
      gateway.clock.advance(901)
    })
  })

  describe('6. backup codes', () => {
    it('replace a lost app, each once', async () => {
      for (const [code, verdict] of [
        [backupCodes[0]!, 'PASSED'],
        [backupCodes[0]!, 'CODE_INVALID'],
        [backupCodes[1]!.toLowerCase(), 'PASSED'],
      ] as const) {
        const { client, stepUp } = await temporary()
        const { id } = await challenged(client, recoveryOption(stepUp), stepUp.mfaToken)
        expect(await guess(client, id, code)).toBe(verdict)
      }
    })

    it('are invalid once new ones are made', async () => {
      const { client, stepUp } = await temporary()
      const { id } = await ask(client, stepUp.mfaToken)
      const { tokens } = passedOf(await answer(client, id, authenticator.code()))
      gateway.clock.advance(30)
      const app = bearer(gateway, tokens?.accessToken ?? '')
      const { recoveryCodes } = dataOf(await app.send(RegenerateRecoveryCodesDocument)).regenerateRecoveryCodes
      const again = await temporary()
      const challenge = await challenged(again.client, recoveryOption(again.stepUp), again.stepUp.mfaToken)
      expect(await guess(again.client, challenge.id, backupCodes[2]!)).toBe('CODE_INVALID')
      expect(await guess(again.client, challenge.id, recoveryCodes[0]!)).toBe('PASSED')
    })
  })
})
