import {
  ForgetAllDevicesDocument,
  ForgetDeviceDocument,
  MembersDocument,
  MyDevicesDocument,
  ReadOrganizationDocument,
  SelectOrganizationDocument,
} from '../../schema/generated/graphql.js'
import { ROOMY } from '../support/answers.js'
import { CHROME, codeOf, dataOf, type Client } from '../support/client.js'
import { arrivalOf, deviceCookieOf, withCookie } from '../support/devices.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { bringIn, REQUIRED, setPolicy, tenant } from '../support/organizations.js'
import { signIn, stepUp, withTotp } from '../support/person.js'

const ALLOWED = { ...REQUIRED, allowRememberedDevices: true }

describe.each(STORES)('R149 trust is read when it is used, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  /** What the organization answers: its rule is the one the device spares. */
  const codeThere = async (client: Client) => codeOf(await client.send(ReadOrganizationDocument))

  /**
   * A member of an organization that requires MFA and allows remembered devices: the device spares one session, another
   * has proved MFA.
   */
  async function spared() {
    const acme = await tenant(gateway)
    const person = await withTotp(gateway)
    await bringIn(gateway, acme, person)
    dataOf(await setPolicy(gateway, acme, ALLOWED))
    const { client, authenticator, email } = person
    await stepUp(gateway, client, authenticator, { rememberDevice: true })
    const proved = gateway.client({ userAgent: CHROME })
    await signIn(gateway, email, {}, proved)
    await stepUp(gateway, proved, authenticator)
    const former = deviceCookieOf(client)
    expect(await arrivalOf(client, email)).toBe('SignedIn')
    expect(codeOf(await client.send(SelectOrganizationDocument, { input: { organizationId: acme.id } }))).toBeNull()
    expect(await codeThere(client)).toBeNull()
    return { acme, client, proved, authenticator, email, former }
  }

  it('a session that its device spared is challenged once the device is forgotten', async () => {
    const { client, proved } = await spared()
    const devices = dataOf(await proved.send(MyDevicesDocument)).myDevices
    const { id: deviceId } = devices.find(({ rememberedUntil }) => rememberedUntil !== null)!
    dataOf(await proved.send(ForgetDeviceDocument, { deviceId }))
    expect(await codeThere(client)).toBe('STEP_UP_REQUIRED')
    expect(await codeThere(proved)).toBeNull()
  })

  it('and once all devices are forgotten', async () => {
    const { client, proved, authenticator } = await spared()
    dataOf(await proved.send(ForgetAllDevicesDocument))
    expect(await codeThere(client)).toBe('STEP_UP_REQUIRED')
    await stepUp(gateway, client, authenticator)
    expect(await codeThere(client)).toBeNull()
  })

  it('and once the device is no longer remembered', async () => {
    const { client } = await spared()
    for (let day = 0; day < 31; day += 1) gateway.clock.advance(86_400)
    // The session has ended by then; a token cannot outlive the remembered device either.
    expect(await codeThere(client)).toBe('UNAUTHENTICATED')
  })

  it('and once the organization does not allow remembered devices', async () => {
    const { acme, client } = await spared()
    dataOf(await setPolicy(gateway, acme, { ...REQUIRED, allowRememberedDevices: false }))
    expect(await codeThere(client)).toBe('STEP_UP_REQUIRED')
  })

  it('ends with the clone alarm for the thief who is inside, and the owner signs in with a second factor', async () => {
    const { client: thief, email, authenticator, former, proved } = await spared()
    gateway.clock.advance(60)
    // The owner has the former secret, because the thief used the copy first.
    const owner = withCookie(gateway, former)
    expect(await arrivalOf(owner, email)).toBe('MfaRequired')
    expect(await codeThere(thief)).toBe('UNAUTHENTICATED')
    expect(codeOf(await thief.send(MembersDocument))).toBe('UNAUTHENTICATED')
    expect(await arrivalOf(thief, email)).toBe('MfaRequired')
    await stepUp(gateway, owner, authenticator, { rememberDevice: true })
    expect(await codeThere(owner)).toBeNull()
    expect(await arrivalOf(owner, email)).toBe('SignedIn')
    expect(await arrivalOf(thief, email)).toBe('MfaRequired')
    expect(await codeThere(proved)).toBeNull()
  })
})
