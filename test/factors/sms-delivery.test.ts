import { EnrollFactorDocument, SignInDocument } from '../../schema/generated/graphql.js'
import { readConfig } from '../../src/config/index.js'
import {
  ACCOUNT_SID,
  AUTH_TOKEN,
  refusedWith,
  startTwilioServer,
  taken,
  type TwilioServer,
} from '../delivery/twilio-server.js'
import { ask, bearer, challenged, guess, pendingSignIn, ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { newNumber, withSms } from '../support/factors.js'
import { startGateway, type TestGateway } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { answer, PASSWORD, passedOf, registered, signIn } from '../support/person.js'

const TWILIO = {
  STEPGATE_TWILIO_ACCOUNT_SID: ACCOUNT_SID,
  STEPGATE_TWILIO_AUTH_TOKEN: AUTH_TOKEN,
  STEPGATE_TWILIO_FROM: '+12025550100',
}

describe('text messages through Twilio', () => {
  let twilio: TwilioServer
  let gateway: TestGateway
  beforeAll(async () => {
    twilio = await startTwilioServer()
    gateway = await startGateway({ env: { ...ROOMY, ...TWILIO, STEPGATE_TWILIO_URL: twilio.url } })
  })
  beforeEach(() => twilio.answerWith(taken))
  afterAll(async () => {
    await gateway.close()
    await twilio.close()
  })

  const newestCode = (): string => /\b\d{6}\b/.exec(twilio.received.at(-1)?.form['Body'] ?? '')?.[0] ?? ''
  const enroll = (client: Client, phoneNumber: string) =>
    client.send(EnrollFactorDocument, { input: { type: 'SMS', phoneNumber } })
  const newClient = async () => (await signIn(gateway, await registered(gateway))).client

  /** An account with a proved number, and a sign-in that waits. */
  async function waiting() {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { factor, challenge } = dataOf(await enroll(client, newNumber())).enrollFactor
    expect(await guess(client, challenge?.id ?? '', newestCode())).toBe('PASSED')
    return { factorId: factor.id, ...(await pendingSignIn(gateway, email)) }
  }

  it('carry the code that signs the person in', async () => {
    const { client, factorId } = await waiting()
    const { id } = await challenged(client, factorId)
    expect(await guess(client, id, newestCode())).toBe('PASSED')
  })

  it('can be requested again at once when Twilio rejects one, and the newest code works', async () => {
    const { client, factorId } = await waiting()
    for (const [status, code] of [
      [429, 20429],
      [503, 20500],
    ] as const) {
      twilio.answerWith(refusedWith(status, code))
      const refused = await ask(client, factorId)
      expect([refused.status, codeOf(refused)]).toEqual([503, 'UNAVAILABLE'])
    }
    twilio.answerWith(taken)
    const { id } = await challenged(client, factorId)
    expect(await guess(client, id, newestCode())).toBe('PASSED')
  })

  it('name the input field at enrolment when a number cannot receive them', async () => {
    twilio.answerWith(refusedWith(400, 21614))
    const refused = await enroll(await newClient(), newNumber())
    expect([refused.status, refused.errors[0]?.extensions]).toMatchObject([
      400,
      { code: 'BAD_USER_INPUT', fields: ['phoneNumber'] },
    ])
  })

  it('ask for another factor at sign-in when the number can no longer receive them', async () => {
    const { client, factorId } = await waiting()
    twilio.answerWith(refusedWith(400, 21610))
    const refused = await ask(client, factorId)
    expect([refused.status, codeOf(refused)]).toEqual([503, 'UNAVAILABLE'])
    expect(refused.errors[0]?.extensions['messageId']).toBe('challenge.undeliverable')
  })

  it('are not in the outbox', async () => {
    const client = await newClient()
    const number = newNumber()
    expect(codeOf(await enroll(client, number))).toBeNull()
    expect(await gateway.mailTo(number)).toEqual([])
  })
})

describe('text messages of a development machine', () => {
  const gateway = gatewayForAll({ env: { ...ROOMY, STEPGATE_SERVICE_NAME: 'Acme & Söhne' } })

  it('name the service, say how long the code is valid, and let browsers fill it in on our own page only', async () => {
    const { telephone } = await withSms(gateway)
    const [message] = await gateway.mailTo(telephone.number)
    const code = await telephone.code()
    expect(message).toMatchObject({ channel: 'sms', subject: '' })
    expect(message?.text).toMatch(new RegExp(`^${code} is your Acme & Söhne verification code\\..*10 minutes`))
    expect(message?.text.split('\n').at(-1)).toBe(`@localhost #${code}`)
    expect(message?.text.length).toBeLessThanOrEqual(160)
  })

  it('are named in the token of a session they proved', async () => {
    const { email, telephone } = await withSms(gateway)
    const { signIn: waiting } = dataOf(
      await gateway.client().send(SignInDocument, { input: { email, password: PASSWORD, transport: 'BEARER' } }),
    )
    if (waiting.__typename !== 'MfaRequired') throw new Error('the sign-in does not wait')
    const client = bearer(gateway, waiting.pendingToken ?? '')
    const { id } = await challenged(client, telephone.factorId)
    const { tokens } = passedOf(await answer(client, id, await telephone.code()))
    const claims = JSON.parse(Buffer.from(tokens?.accessToken.split('.')[1] ?? '', 'base64url').toString()) as object
    expect(claims).toMatchObject({ acr: 'urn:stepgate:acr:mfa', amr: expect.arrayContaining(['pwd', 'sms', 'mfa']) })
  })

  it('are shown on the page and can be told from mail', async () => {
    const { telephone } = await withSms(gateway)
    const page = await (await fetch(`${gateway.url}/dev/outbox`, { headers: { accept: 'text/html' } })).text()
    expect(page).toContain(`Text message</h2><p>To ${telephone.number}`)
    expect(page).toContain(await telephone.code())
  })
})

describe('an installation without a provider for text messages', () => {
  it('does not offer them', () => {
    const env = { STEPGATE_SMTP_URL: 'smtp://127.0.0.1:9', STEPGATE_DEV_OUTBOX: 'off' }
    expect(readConfig(env).factors.enabled).not.toContain('SMS')
    expect(readConfig({ ...env, ...TWILIO }).factors.enabled).toContain('SMS')
    expect(readConfig({ ...env, STEPGATE_DEV_OUTBOX: 'on' }).factors.enabled).toContain('SMS')
  })

  it('does not start when they are among its factors', () => {
    const env = { STEPGATE_SMTP_URL: 'smtp://127.0.0.1:9', STEPGATE_DEV_OUTBOX: 'off', STEPGATE_FACTORS: 'TOTP,SMS' }
    expect(() => readConfig(env)).toThrow('STEPGATE_FACTORS')
    expect(() => readConfig({ ...env, ...TWILIO })).not.toThrow()
  })

  it.each([
    ['an invalid account id', { ...TWILIO, STEPGATE_TWILIO_ACCOUNT_SID: 'SK123' }, 'STEPGATE_TWILIO_ACCOUNT_SID'],
    ['half of the settings', { STEPGATE_TWILIO_FROM: '+12025550100' }, 'STEPGATE_TWILIO_ACCOUNT_SID'],
    ['a plain address elsewhere', { ...TWILIO, STEPGATE_TWILIO_URL: 'http://example.com' }, 'STEPGATE_TWILIO_URL'],
  ])('does not start when %s', (_, env, named) => {
    expect(() => readConfig(env)).toThrow(named)
  })
})
