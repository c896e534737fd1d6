import { MeDocument } from '../../schema/generated/graphql.js'
import { eventsOf, ROOMY } from '../support/answers.js'
import { CHROME, codeOf, dataOf, type Client } from '../support/client.js'
import { arrivalOf, deviceCookieOf, withCookie } from '../support/devices.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { DELAYS, losing } from '../support/lost-answers.js'
import { noticesTo } from '../support/notices.js'
import { stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { isMessage } from '../support/messages.js'

const DAY = 86_400
/** Limits under which every one of many parallel sign-ins is judged. */
const JUDGED = {
  ...ROOMY,
  STEPGATE_SIGN_IN_LIMIT_DEVICE: '1000/900',
  STEPGATE_SIGN_IN_LIMIT_ADDRESS_AND_NAME: '1000/900',
  STEPGATE_SIGN_IN_LIMIT_NAME: '1000/900',
}
const ALARM = 'device.clone_detected'

describe.each(STORES)('R146 a device whose new secret was lost, on the %s store', (store) => {
  let gateway: TestGateway
  let person: PersonWithFactor

  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...JUDGED, STEPGATE_MAX_SESSIONS: '30' } })
  })
  afterAll(() => gateway.close())
  beforeEach(async () => {
    person = await withTotp(gateway)
    await stepUp(gateway, person.client, person.authenticator, { rememberDevice: true })
  })

  const arrives = (client: Client) => arrivalOf(client, person.email)
  const tokenOf = (client: Client) => deviceCookieOf(client)[1]
  const signInAndLose = () => losing(person.client, arrives)

  async function expectNoAlarm(): Promise<void> {
    expect(await eventsOf(gateway, person.email, ALARM)).toEqual([])
    const mails = await noticesTo(gateway, person.email)
    expect(mails.filter(isMessage('device-copied'))).toEqual([])
  }

  it.each(DELAYS)('is remembered when it comes back after %d seconds, three times in a row', async (seconds) => {
    for (let nth = 0; nth < 3; nth += 1) {
      const before = tokenOf(person.client)
      expect(await signInAndLose()).toBe('SignedIn')
      gateway.clock.advance(seconds)
      expect(await arrives(person.client)).toBe('SignedIn')
      expect(tokenOf(person.client)).not.toBe(before)
      expect(codeOf(await person.client.send(MeDocument))).toBeNull()
    }
    await expectNoAlarm()
  })

  it.each([601, DAY])('is challenged once after %d seconds, not blocked, and no copy is reported', async (seconds) => {
    await signInAndLose()
    gateway.clock.advance(seconds)
    expect(await arrives(person.client)).toBe('MfaRequired')
    await stepUp(gateway, person.client, person.authenticator, { rememberDevice: true })
    expect(await arrives(person.client)).toBe('SignedIn')
    await expectNoAlarm()
  })

  it('keeps its old secret when the answer that remembered it again is lost', async () => {
    await losing(person.client, (copy) => stepUp(gateway, copy, person.authenticator, { rememberDevice: true }))
    gateway.clock.advance(300)
    expect(await arrives(person.client)).toBe('SignedIn')
    await expectNoAlarm()
  })

  it('gets the same new secret in twenty tabs that sign in at once', async () => {
    const cookie = deviceCookieOf(person.client)
    const tabs = Array.from({ length: 20 }, () => withCookie(gateway, cookie))
    expect(new Set(await Promise.all(tabs.map(arrives)))).toEqual(new Set(['SignedIn']))
    expect(new Set(tabs.map(tokenOf)).size).toBe(1)
    // One tab uses its answer while another one's request is on its way.
    dataOf(await tabs[0]!.send(MeDocument))
    expect(await arrives(withCookie(gateway, cookie))).toBe('SignedIn')
    await expectNoAlarm()
  })

  it('is told from a copy even after the session that proved its arrival has ended', async () => {
    const former = deviceCookieOf(person.client)
    expect(await arrives(person.client)).toBe('SignedIn')
    dataOf(await person.client.send(MeDocument))
    gateway.clock.advance(2 * DAY)
    // Another browser signs in and removes what has expired.
    await arrives(gateway.client({ userAgent: CHROME }))
    expect(await arrives(withCookie(gateway, former))).toBe('MfaRequired')
    expect(await eventsOf(gateway, person.email, ALARM)).toHaveLength(1)
  })
})
