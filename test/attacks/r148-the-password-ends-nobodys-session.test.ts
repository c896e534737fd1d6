import { MeDocument, MyDevicesDocument, MySessionsDocument } from '../../schema/generated/graphql.js'
import { ROOMY, storedPerson } from '../support/answers.js'
import { CHROME, codeOf, dataOf, type Client } from '../support/client.js'
import { arrivalOf } from '../support/devices.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { bringIn, REQUIRED, setPolicy, tenant } from '../support/organizations.js'
import { registered, signIn, stepUp, withTotp } from '../support/person.js'

const HOME = '198.51.100.4'
const AWAY = '203.0.113.9'
const ENV = {
  ...ROOMY,
  STEPGATE_SIGN_IN_LIMIT_ADDRESS_AND_NAME: '1000/900',
  STEPGATE_SIGN_IN_LIMIT_NAME: '1000/900',
  STEPGATE_TRUSTED_PROXIES: 'loopback',
  STEPGATE_MAX_SESSIONS: '4',
  STEPGATE_MAX_PENDING_SESSIONS: '3',
  STEPGATE_MAX_DEVICES: '3',
}

describe.each(STORES)('R148 the password alone ends no other session, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ENV })

  const from = (address: string) => gateway.client({ headers: { 'x-forwarded-for': address } })
  /** Another tab, signed out, of the browser the owner uses, at the owner’s address. */
  const deviceOf = (client: Client) => {
    const cookies = new Map([...client.cookies].filter(([name]) => name.includes('device')))
    return gateway.client({ headers: { 'x-forwarded-for': HOME }, cookies })
  }
  const waiting = async (email: string) =>
    Object.values((await storedPerson(gateway, email)).sessions).filter(
      ({ state, supersededAt }) => state === 'pending' && !supersededAt,
    ).length
  const codeOfMe = async (client: Client) => codeOf(await client.send(MeDocument))

  it('with sign-ins that stop at the second factor', async () => {
    const { client, email } = await withTotp(gateway)
    for (let nth = 0; nth < 25; nth += 1) {
      gateway.clock.advance(1)
      expect(await arrivalOf(from(AWAY), email)).toBe('MfaRequired')
    }
    expect(await codeOfMe(client)).toBeNull()
    // The owner's session, the one it replaced, and three that wait.
    expect(Object.keys((await storedPerson(gateway, email)).sessions)).toHaveLength(5)
  })

  it('with parallel sign-ins', async () => {
    const { client, email } = await withTotp(gateway)
    await Promise.all(Array.from({ length: 20 }, () => arrivalOf(from(AWAY), email)))
    expect(await codeOfMe(client)).toBeNull()
  })

  it('among pending ones, those from the same address are removed first: the owner’s continues', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const owner = from(HOME)
    expect(await arrivalOf(owner, email)).toBe('MfaRequired')
    for (let nth = 0; nth < 10; nth += 1) {
      gateway.clock.advance(1)
      await arrivalOf(from(AWAY), email)
    }
    await stepUp(gateway, owner, authenticator)
    expect(await codeOfMe(owner)).toBeNull()
  })

  it.each([
    ['that saw the second factor', true],
    ['that signed in before there was a second factor', false],
  ])('from the owner’s own address: what waits on a device of the account, %s, continues', async (_, isProved) => {
    const person = await withTotp(gateway)
    if (isProved) {
      // A known device is challenged where an organization's policy says so.
      const acme = await tenant(gateway)
      await bringIn(gateway, acme, person)
      await setPolicy(gateway, acme, REQUIRED)
      await signIn(gateway, person.email, {}, person.client)
      await stepUp(gateway, person.client, person.authenticator)
      expect(await codeOfMe(person.client)).toBeNull()
    }
    const owner = deviceOf(person.client)
    expect(await arrivalOf(owner, person.email)).toBe('MfaRequired')
    for (let nth = 0; nth < 10; nth += 1) {
      gateway.clock.advance(1)
      expect(await arrivalOf(from(HOME), person.email)).toBe('MfaRequired')
    }
    await stepUp(gateway, owner, person.authenticator)
    expect(await codeOfMe(owner)).toBeNull()
    expect(await waiting(person.email)).toBeLessThanOrEqual(3)
  })

  it('with a flood while the owner has the maximum number of waiting tabs: each of those continues', async () => {
    const person = await withTotp(gateway)
    const tabs = [1, 2, 3].map(() => deviceOf(person.client))
    for (const tab of tabs) await arrivalOf(tab, person.email)
    for (let nth = 0; nth < 8; nth += 1) await arrivalOf(from(HOME), person.email)
    expect(await waiting(person.email)).toBeLessThanOrEqual(4)
    for (const tab of tabs) expect(await codeOfMe(tab)).toBe('MFA_REQUIRED')
  })

  it('with a sign-in that needs no second factor: it only replaces its own kind', async () => {
    const email = await registered(gateway)
    const password = await Promise.all(
      Array.from({ length: 4 }, async () => (await signIn(gateway, email, {}, from(HOME))).client),
    )
    for (const each of password) expect(await codeOfMe(each)).toBeNull()
    gateway.clock.advance(1)
    const { client } = await signIn(gateway, email, {}, from(HOME))
    expect(await codeOfMe(client)).toBeNull()
    const codes = await Promise.all(password.map(codeOfMe))
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(1)
  })

  it('an active session gives way to one that is proved as well, the longest unused first', async () => {
    const { client: first, email, authenticator } = await withTotp(gateway)
    const clients = [first]
    for (let nth = 0; nth < 4; nth += 1) {
      const { client } = await signIn(gateway, email)
      await stepUp(gateway, client, authenticator)
      expect(await codeOfMe(client)).toBeNull()
      clients.push(client)
    }
    expect(await codeOfMe(first)).toBe('UNAUTHENTICATED')
    for (const each of clients.slice(1)) expect(await codeOfMe(each)).toBeNull()
    expect(dataOf(await clients[1]!.send(MySessionsDocument)).mySessions).toHaveLength(4)
  })

  it('a remembered device does not give way to a caller with only the password', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    await stepUp(gateway, client, authenticator, { rememberDevice: true })
    const remembered = dataOf(await client.send(MyDevicesDocument)).myDevices.find(({ current }) => current)!
    for (let nth = 0; nth < 5; nth += 1) {
      gateway.clock.advance(1)
      const { client: another } = await signIn(gateway, email, { userAgent: CHROME })
      await stepUp(gateway, another, authenticator)
    }
    const devices = dataOf(await client.send(MyDevicesDocument)).myDevices
    expect(devices.map(({ id }) => id)).toContain(remembered.id)
    expect(devices).toHaveLength(3)
  })
})
