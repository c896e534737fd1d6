import {
  ChangePasswordDocument,
  ForgetAllDevicesDocument,
  ForgetDeviceDocument,
  MyDevicesDocument,
  RemoveFactorDocument,
  RenameDeviceDocument,
} from '../../schema/generated/graphql.js'
import { eventsOf } from '../support/answers.js'
import { CHROME, codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, type TestGateway } from '../support/gateway.js'
import { enrollTotp, PASSWORD, registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { ROOT_FIELDS } from '../support/root-fields.js'
import { storedIn } from '../support/stored.js'

const DAY = 86_400
const HOME = '198.51.100.4'

describe('R088 tokens of remembered devices', () => {
  let gateway: TestGateway
  let person: PersonWithFactor

  beforeAll(async () => {
    gateway = await startGateway({
      env: { STEPGATE_TRUSTED_PROXIES: '127.0.0.1', STEPGATE_PUBLIC_MUTATION_LIMIT_ADDRESS: '1000/900' },
    })
  })
  beforeEach(async () => {
    person = await withTotp(gateway)
    await stepUp(gateway, person.client, person.authenticator, { rememberDevice: true })
  })
  afterAll(() => gateway.close())

  function deviceCookieOf(client: Client): [string, string] {
    const found = [...client.cookies].find(([name]) => name.startsWith('stepgate-device-'))
    if (!found) throw new Error('the client has no device cookie')
    return found
  }

  /** A client that has nothing but this device token. */
  function withToken(token: [string, string], options: Parameters<TestGateway['client']>[0] = {}): Client {
    const client = gateway.client(options)
    client.cookies.set(...token)
    return client
  }

  async function becomes(client: Client, email = person.email): Promise<string> {
    const { result } = await signIn(gateway, email, {}, client)
    return result.__typename
  }

  it('spare the prompt where they were issued, even days later', async () => {
    expect(await becomes(withToken(deviceCookieOf(person.client)))).toBe('SignedIn')
  })

  it('are 256 bits besides the id of the device, and stored only as SHA-256', async () => {
    const [, token] = deviceCookieOf(person.client)
    const secret = token.split('.')[1] ?? ''
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect(JSON.stringify(await storedIn(gateway, 'accounts'))).not.toContain(secret)
  })

  it('are challenged in another browser', async () => {
    expect(await becomes(withToken(deviceCookieOf(person.client), { userAgent: CHROME }))).toBe('MfaRequired')
  })

  it('are challenged from another network', async () => {
    const moved = withToken(deviceCookieOf(person.client), { headers: { 'x-forwarded-for': HOME } })
    expect(await becomes(moved)).toBe('MfaRequired')
  })

  it('mean nothing for another account, by cookie, by its cookie name, or by header', async () => {
    const [, token] = deviceCookieOf(person.client)
    const other = await withTotp(gateway)
    const [otherName] = deviceCookieOf(other.client)
    expect(await becomes(withToken(deviceCookieOf(person.client)), other.email)).toBe('MfaRequired')
    expect(await becomes(withToken([otherName, token]), other.email)).toBe('MfaRequired')
    expect(await becomes(gateway.client({ headers: { 'stepgate-device': token } }), other.email)).toBe('MfaRequired')
  })

  it('with a wrong secret are made up: blocked and recorded', async () => {
    const [name, token] = deviceCookieOf(person.client)
    for (const secret of ['A'.repeat(43), '', '.']) {
      const copy = withToken([name, `${token.split('.')[0] ?? ''}.${secret}`])
      await expect(signIn(gateway, person.email, {}, copy)).rejects.toThrow('RISK_BLOCKED')
    }
    expect(await eventsOf(gateway, person.email, 'risk.blocked')).toMatchObject([
      { outcome: 'DENIED', risk: { level: 'CRITICAL', verdict: 'BLOCK' } },
      {},
      {},
    ])
  })

  it.each([
    ['garbage', 'garbage'],
    ['an unknown id', `${'A'.repeat(22)}.${'A'.repeat(43)}`],
    ['a name of the prototype', `__proto__.${'A'.repeat(43)}`],
    ['nothing but a dot', '.'],
    ['500 characters', 'x'.repeat(500)],
  ])('that are %s count as none', async (_, token) => {
    const [name] = deviceCookieOf(person.client)
    expect(await becomes(withToken([name, token]))).toBe('MfaRequired')
  })

  it('rotate at sign-in; the previous one works for ten minutes, in case the answer was lost', async () => {
    const before = deviceCookieOf(person.client)
    await becomes(person.client)
    expect(deviceCookieOf(person.client)[1]).not.toBe(before[1])
    const copies = [withToken(before), withToken(before)] as const
    gateway.clock.advance(600)
    expect(await becomes(copies[0])).toBe('SignedIn')
    gateway.clock.advance(1)
    expect(await becomes(copies[1])).toBe('MfaRequired')
    expect(await becomes(copies[0])).toBe('SignedIn')
  })

  it('rotate at sign-in; once the new one is in use, the previous one is a copy', async () => {
    const before = deviceCookieOf(person.client)
    await becomes(person.client)
    expect(codeOf(await person.client.send(MyDevicesDocument))).toBeNull()
    gateway.clock.advance(6)
    expect(await becomes(withToken(before))).toBe('MfaRequired')
    // We cannot tell whose the other one is: see r088-clone-alarm.
    expect(await becomes(person.client)).toBe('MfaRequired')
  })

  it('expire after 30 days, used or not, where risk does not decide', async () => {
    const gateway = await startGateway({ env: { STEPGATE_RISK_MODE: 'REPORT_ONLY' } })
    const { email, client, authenticator } = await withTotp(gateway)
    await stepUp(gateway, client, authenticator, { rememberDevice: true })
    const arrives = async () => (await signIn(gateway, email, {}, client)).result.__typename
    for (let day = 2; day < 30; day += 2) {
      gateway.clock.advance(2 * DAY)
      expect([day, await arrives()]).toEqual([day, 'SignedIn'])
    }
    gateway.clock.advance(2 * DAY)
    expect(await arrives()).toBe('MfaRequired')
    await gateway.close()
  })

  it('end with a new password', async () => {
    const input = { currentPassword: PASSWORD, newPassword: 'a passphrase made anew', revokeOthers: false }
    dataOf(await person.client.send(ChangePasswordDocument, { input }))
    gateway.clock.advance(2 * DAY)
    const { result } = await signIn(gateway, person.email, { password: input.newPassword }, person.client)
    expect(result.__typename).toBe('MfaRequired')
  })

  it('end with the removal of a factor', async () => {
    const second = await enrollTotp(gateway, person.client)
    await stepUp(gateway, person.client, second.authenticator, { rememberDevice: true })
    dataOf(await person.client.send(RemoveFactorDocument, { factorId: person.authenticator.factorId }))
    expect(await becomes(person.client)).toBe('MfaRequired')
  })

  it('never replace a second factor: every field that requires one still does', async () => {
    expect(await becomes(person.client)).toBe('SignedIn')
    const guarded = ['changeEmail', 'changePassword', 'updateProfile', 'removeFactor', 'regenerateRecoveryCodes']
    for (const name of [...guarded, 'enrollFactor', 'revokeSession', 'revokeOtherSessions']) {
      const field = ROOT_FIELDS.find((each) => each.name === name)!
      expect([name, codeOf(await person.client.send(field.document, field.sample()))]).toEqual([
        name,
        'STEP_UP_REQUIRED',
      ])
    }
  })

  it('are not issued without a second factor, whatever the client requests', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const [device] = dataOf(await client.send(MyDevicesDocument)).myDevices
    expect(device).toMatchObject({ current: true, rememberedUntil: null })
  })

  it('are listed, renamed and forgotten by their owner', async () => {
    const [device] = dataOf(await person.client.send(MyDevicesDocument)).myDevices
    expect(device).toMatchObject({ name: 'Firefox on Linux', current: true })
    const input = { deviceId: device!.id, name: ' Kitchen laptop ' }
    expect(dataOf(await person.client.send(RenameDeviceDocument, { input })).renameDevice.name).toBe('Kitchen laptop')
    const token = deviceCookieOf(person.client)
    const { forgetDevice } = dataOf(await person.client.send(ForgetDeviceDocument, { deviceId: device!.id }))
    expect(forgetDevice.forgotten).toBe(1)
    expect([...person.client.cookies.keys()]).toEqual(['stepgate-session'])
    expect(await becomes(withToken(token))).toBe('MfaRequired')
    expect(await eventsOf(gateway, person.email, 'device.forgotten')).toHaveLength(1)
  })

  it('are all forgotten at once', async () => {
    const token = deviceCookieOf(person.client)
    expect(dataOf(await person.client.send(ForgetAllDevicesDocument)).forgetAllDevices.forgotten).toBe(1)
    expect(await becomes(withToken(token))).toBe('MfaRequired')
  })
})

describe("R088 the maximum number of an account's devices", () => {
  it('forgets the one not seen for longest when there are too many', async () => {
    const gateway = await startGateway({ env: { STEPGATE_MAX_DEVICES: '2' } })
    const email = await registered(gateway)
    const clients: Client[] = []
    for (let n = 0; n < 3; n += 1) {
      gateway.clock.advance(60)
      clients.push((await signIn(gateway, email)).client)
    }
    const seen = dataOf(await clients[2]!.send(MyDevicesDocument)).myDevices
    expect(seen).toHaveLength(2)
    expect(dataOf(await clients[0]!.send(MyDevicesDocument)).myDevices.filter(({ current }) => current)).toEqual([])
    await gateway.close()
  })
})
