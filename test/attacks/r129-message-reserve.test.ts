import { EnrollFactorDocument } from '../../schema/generated/graphql.js'
import { ask, challenged, guess, pendingSignIn, ROOMY } from '../support/answers.js'
import { codeOf, type Client } from '../support/client.js'
import { deviceCookieOf, withCookie } from '../support/devices.js'
import { beginSms, textsTo, withSms } from '../support/factors.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { registered, signIn } from '../support/person.js'
import { withPush } from '../support/push-device.js'

describe.each(STORES)('R129 messages that strangers cause, on the %s store', (store) => {
  let gateway: TestGateway
  const start = async (more: Record<string, string>) => {
    gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_SMS_LIMIT_ACCOUNT: '1000/3600', ...more } })
  }
  afterEach(() => gateway.close())

  const enroll = (client: Client, phoneNumber: string) =>
    client.send(EnrollFactorDocument, { input: { type: 'SMS', phoneNumber } })
  const stranger = async () => (await signIn(gateway, await registered(gateway))).client
  const owned = async (client: Client, email: string, factorId: string) => {
    await signIn(gateway, email, {}, client)
    return challenged(client, factorId)
  }
  const refusedOf = (codes: readonly (string | null)[]) => codes.filter((code) => code === 'RATE_LIMITED').length

  it('leave a share of all messages to proved numbers, however many numbers are enrolled at once', async () => {
    await start({ STEPGATE_SMS_LIMIT_OVERALL: '20/3600' })
    const { email, telephone } = await withSms(gateway)
    const client = await stranger()
    const enrolled = Array.from({ length: 30 }, (_, nth) => enroll(client, `+1202${300 + nth}0142`))
    const codes = (await Promise.all(enrolled)).map(codeOf)
    expect(refusedOf(codes)).toBeGreaterThanOrEqual(30 - 12)
    const owner = await pendingSignIn(gateway, email)
    expect(codeOf(await ask(owner.client, telephone.factorId))).toBeNull()
    expect(await textsTo(gateway, telephone.number)).toHaveLength(2)
  }, 120_000)

  it('leave a share of a block of numbers to the proved ones in it', async () => {
    await start({ STEPGATE_SMS_LIMIT_PREFIX: '10/3600' })
    const { email, telephone } = await withSms(gateway, '+12025550123')
    const client = await stranger()
    for (let nth = 0; nth < 12; nth += 1) await enroll(client, `+1202555${String(1000 + nth)}`)
    expect(codeOf(await enroll(client, '+12025552000'))).toBe('RATE_LIMITED')
    const owner = await pendingSignIn(gateway, email)
    expect(codeOf(await ask(owner.client, telephone.factorId))).toBeNull()
  }, 120_000)

  it('from an attacker with the password leave the rest to known devices: of the account and of the number', async () => {
    await start({ STEPGATE_SMS_LIMIT_ACCOUNT: '10/3600', STEPGATE_SMS_LIMIT_NUMBER: '5/3600' })
    const { email, telephone, client } = await withSms(gateway)
    const codes: (string | null)[] = []
    for (let nth = 0; nth < 8; nth += 1) {
      const attacker = await pendingSignIn(gateway, email)
      codes.push(codeOf(await ask(attacker.client, telephone.factorId)))
    }
    expect(codes.slice(0, 3)).toEqual([null, null, null])
    expect(refusedOf(codes)).toBe(5)
    // The owner steps up in a live session.
    expect(codeOf(await ask(client, telephone.factorId))).toBeNull()
  }, 120_000)

  it('from an attacker with the password do not keep a known device from signing in', async () => {
    await start({ STEPGATE_SMS_LIMIT_NUMBER: '10/3600' })
    const { email, telephone, client } = await withSms(gateway)
    // A device last used before the first factor proves no more than the password, so the owner signs in once more.
    gateway.clock.advance(60)
    const { id } = await owned(client, email, telephone.factorId)
    expect(await guess(client, id, await telephone.code())).toBe('PASSED')
    const cookie = deviceCookieOf(client)
    gateway.clock.advance(60)
    for (let nth = 0; nth < 12; nth += 1) {
      const attacker = await pendingSignIn(gateway, email)
      await ask(attacker.client, telephone.factorId)
    }
    const elsewhere = { headers: { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Firefox/130.0' } }
    const home = withCookie(gateway, cookie, elsewhere)
    const { result } = await signIn(gateway, email, {}, home)
    expect(result.__typename).toBe('MfaRequired')
    expect(codeOf(await ask(home, telephone.factorId))).toBeNull()
  }, 120_000)

  it('can be given other shares by the operator', async () => {
    await start({ STEPGATE_SMS_LIMIT_OVERALL: '10/3600', STEPGATE_MESSAGE_ENROLLMENT_SHARE: '20' })
    const client = await stranger()
    const codes = []
    for (let nth = 0; nth < 4; nth += 1) codes.push(codeOf(await enroll(client, `+1202${300 + nth}0142`)))
    expect(codes).toEqual([null, null, 'RATE_LIMITED', 'RATE_LIMITED'])
  }, 120_000)

  it('of prompts on a phone pause the factor for the attacker before they do for a live session', async () => {
    await start({ STEPGATE_PUSH_LIMIT: '3/600' })
    const { email, client } = await withPush(gateway)
    const codes: (string | null)[] = []
    let factorId = ''
    for (let nth = 0; nth < 5; nth += 1) {
      const attacker = await pendingSignIn(gateway, email)
      factorId = attacker.stepUp.challenge.find(({ type }) => type === 'PUSH')?.factorId ?? ''
      codes.push(codeOf(await ask(attacker.client, factorId)))
    }
    expect(codes.at(-1)).not.toBeNull()
    expect(codeOf(await ask(client, factorId))).toBeNull()
  }, 120_000)

  it('of an open enrolment count there only: the number’s owner can enrol it too', async () => {
    await start({})
    const { telephone } = await beginSms(gateway, await stranger())
    expect(codeOf(await enroll(await stranger(), telephone.number))).toBeNull()
  }, 120_000)
})
