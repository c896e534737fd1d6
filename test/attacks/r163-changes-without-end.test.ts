import {
  CreateOrganizationDocument,
  MyDevicesDocument,
  RenameDeviceDocument,
  RevokeOtherSessionsDocument,
  SignOutDocument,
} from '../../schema/generated/graphql.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForEach } from '../support/lent-gateway.js'
import { createOrganization } from '../support/organizations.js'
import { registered, signIn, stepUp, withTotp } from '../support/person.js'
import { eventsNamed, newOperator } from '../support/services.js'
import { storedIn } from '../support/stored.js'

const ENV = { ...ROOMY, STEPGATE_CHANGE_LIMIT_SIGN_IN: '12/900', STEPGATE_ORGANIZATION_LIMIT_ACCOUNT: '2/3600' }

describe.each(STORES)('R163 endless changes by a free account, on the %s store', (store) => {
  const gateway = gatewayForEach({ store, env: ENV })

  const deviceOf = async (client: Client): Promise<string> =>
    dataOf(await client.send(MyDevicesDocument)).myDevices[0]?.id ?? ''
  const rename = async (client: Client, deviceId: string, name = 'desk') =>
    codeOf(await client.send(RenameDeviceDocument, { input: { deviceId, name } }))
  const eventsInLog = async () => (await storedIn(gateway, 'auditEvents')).length

  it('stop at the budget of their sign-in, with a time to come back, and can continue then', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const deviceId = await deviceOf(client)
    for (let nth = 0; nth < 12; nth += 1) expect(await rename(client, deviceId, `desk ${nth}`)).toBeNull()
    const before = await eventsInLog()
    for (let nth = 0; nth < 30; nth += 1) expect(await rename(client, deviceId)).toBe('RATE_LIMITED')
    expect(await eventsInLog()).toBe(before)
    expect((await eventsNamed(gateway, 'limit.reached')).map(({ targets }) => targets[0]?.id)).toEqual([
      'changesPerSignIn',
    ])
    const refused = await client.send(RenameDeviceDocument, { input: { deviceId, name: 'desk' } })
    expect(refused.errors[0]?.extensions['retryAfterSeconds']).toBeGreaterThan(0)
    gateway.clock.advance(900)
    expect(await rename(client, deviceId)).toBeNull()
  })

  it('cannot be increased by many in one operation, or in parallel', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const deviceId = await deviceOf(client)
    const parts = Array.from({ length: 5 }, (_, nth) => `a${nth}: renameDevice(input: $input) { id }`).join(' ')
    const query = `mutation ($input: RenameDeviceInput!) { ${parts} }`
    const send = () => client.post(JSON.stringify({ query, variables: { input: { deviceId, name: 'desk' } } }))
    await Promise.all(Array.from({ length: 20 }, send))
    expect((await eventsNamed(gateway, 'device.renamed')).length).toBeLessThanOrEqual(12)
  })

  it('cannot be increased by a step-up, which makes another session of the same sign-in', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const deviceId = await deviceOf(client)
    // Two to enrol, and five in each round.
    for (let round = 0; round < 2; round += 1) {
      for (let nth = 0; nth < 4; nth += 1) expect(await rename(client, deviceId)).toBeNull()
      await stepUp(gateway, client, authenticator)
    }
    expect(await rename(client, deviceId)).toBe('RATE_LIMITED')
  })

  it('do not block signing out, reading, or ending that session elsewhere', async () => {
    const email = await registered(gateway)
    const { client: thief } = await signIn(gateway, email)
    const deviceId = await deviceOf(thief)
    for (let nth = 0; nth < 14; nth += 1) await rename(thief, deviceId)
    expect(await rename(thief, deviceId)).toBe('RATE_LIMITED')
    expect(await deviceOf(thief)).toBe(deviceId)
    const { client: owner } = await signIn(gateway, email)
    expect(codeOf(await owner.send(RevokeOtherSessionsDocument))).toBeNull()
    const { client: another } = await signIn(gateway, email)
    for (let nth = 0; nth < 14; nth += 1) await rename(another, await deviceOf(another))
    expect(codeOf(await another.send(SignOutDocument))).toBeNull()
  })

  it('are unlimited for operators', async () => {
    const { client } = await newOperator(gateway)
    const deviceId = await deviceOf(client)
    for (let nth = 0; nth < 20; nth += 1) expect(await rename(client, deviceId)).toBeNull()
  })

  it('create no more organizations than the account may, even if it leaves them', async () => {
    const { client } = await withTotp(gateway)
    await createOrganization(client, 'One')
    await createOrganization(client, 'Two')
    const refused = await client.send(CreateOrganizationDocument, { input: { name: 'Three' } })
    expect(codeOf(refused)).toBe('RATE_LIMITED')
    expect(await storedIn(gateway, 'organizations')).toHaveLength(2)
  })
})
