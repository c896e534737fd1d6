import { MeDocument } from '../../schema/generated/graphql.js'
import type { DeviceId } from '../../src/kernel/ids.js'
import { eventsOf, ROOMY, storedPerson } from '../support/answers.js'
import { CHROME, codeOf, type Client } from '../support/client.js'
import { arrivalOf, deviceCookieOf, withCookie } from '../support/devices.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { interruptedStore } from '../support/interrupted-store.js'
import { noticesTo, noticeTo, notMeToken, reportNotMe } from '../support/notices.js'
import { registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { isMessage, subjectOf } from '../support/messages.js'

const COPIED = 'device-copied'
const ALARM = 'device.clone_detected'
const DAY = 86_400
/** Limits under which every one of many parallel sign-ins is judged. */
const JUDGED = {
  ...ROOMY,
  STEPGATE_SIGN_IN_LIMIT_DEVICE: '1000/900',
  STEPGATE_SIGN_IN_LIMIT_ADDRESS_AND_NAME: '1000/900',
  STEPGATE_SIGN_IN_LIMIT_NAME: '1000/900',
}

describe.each(STORES)('R088 a copy of a device token, on the %s store', (store) => {
  const network = interruptedStore()
  let gateway: TestGateway
  let person: PersonWithFactor
  /** The cookie of the remembered device as it was before the last sign-in. */
  let former: [string, string]

  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...JUDGED, STEPGATE_AUDIT_LINGER: '60000' }, wrapStore: network.wrap })
  })
  afterAll(() => gateway.close())
  beforeEach(async () => {
    person = await withTotp(gateway)
    await stepUp(gateway, person.client, person.authenticator, { rememberDevice: true })
    former = deviceCookieOf(person.client)
    expect(await arrivalOf(person.client, person.email)).toBe('SignedIn')
    // The answer arrived: from now on only a thief presents the former token.
    expect(codeOf(await person.client.send(MeDocument))).toBeNull()
  })

  const holding = (cookie: [string, string]): Client => withCookie(gateway, cookie)
  const copies = async () => (await noticesTo(gateway, person.email)).filter(isMessage(COPIED))
  const idOf = ([, token]: [string, string]) => token.split('.')[0] as DeviceId
  const storedDevice = async () => (await storedPerson(gateway, person.email)).devices[idOf(former)]

  it('is an alarm once its successor was used: it is recorded, and the device is no longer remembered', async () => {
    gateway.clock.advance(301)
    expect(await arrivalOf(holding(former), person.email)).toBe('MfaRequired')
    expect(await eventsOf(gateway, person.email, ALARM)).toMatchObject([
      {
        outcome: 'DENIED',
        targets: expect.arrayContaining([{ id: idOf(former), type: 'DEVICE' }]) as unknown,
        metadata: { wasRemembered: true },
      },
    ])
    expect(await storedDevice()).toMatchObject({ rememberedUntil: null })
  })

  it('ends the sessions of the device, and no others', async () => {
    const other = gateway.client({ userAgent: CHROME })
    await signIn(gateway, person.email, {}, other)
    await stepUp(gateway, other, person.authenticator)
    gateway.clock.advance(301)
    await arrivalOf(holding(former), person.email)
    expect(codeOf(await person.client.send(MeDocument))).toBe('UNAUTHENTICATED')
    expect(codeOf(await other.send(MeDocument))).toBeNull()
  })

  it('challenges both sides and blocks neither: the owner signs in and gets a token of a new device', async () => {
    gateway.clock.advance(301)
    for (const client of [holding(former), person.client, holding(former)]) {
      expect(await arrivalOf(client, person.email)).toBe('MfaRequired')
    }
    await stepUp(gateway, person.client, person.authenticator, { rememberDevice: true })
    expect(idOf(deviceCookieOf(person.client))).not.toBe(idOf(former))
    expect(await arrivalOf(person.client, person.email)).toBe('SignedIn')
  })

  it('is reported to its owner, whose link can end everything', async () => {
    gateway.clock.advance(301)
    await arrivalOf(holding(former), person.email)
    const mail = await noticeTo(gateway, person.email, COPIED)
    expect(mail.text).toContain('Device: Firefox on Linux')
    expect(await noticesTo(gateway, person.email)).not.toContainEqual(
      expect.objectContaining({ subject: expect.stringMatching(subjectOf('unusual-sign-in')) as unknown }),
    )
    expect((await reportNotMe(gateway, notMeToken(mail))).data?.reportNotMe.reported).toBe(true)
    expect(await storedDevice()).toBeUndefined()
    expect((await storedPerson(gateway, person.email)).sessions).toEqual({})
  })

  it('challenges the holder of the current token too, however often they signed in before', async () => {
    // A history with which anyone could sign in from here without any token.
    for (let day = 0; day < 12; day += 1) {
      gateway.clock.advance(DAY)
      expect(await arrivalOf(person.client, person.email)).toBe('SignedIn')
    }
    await arrivalOf(holding(former), person.email)
    expect(await eventsOf(gateway, person.email, ALARM)).toHaveLength(1)
    const { result } = await signIn(gateway, person.email, {}, person.client)
    if (result.__typename !== 'MfaRequired') throw new Error('there was no challenge')
    const { mfaToken } = result.stepUp
    await stepUp(gateway, person.client, person.authenticator, { mfaToken, rememberDevice: true })
    expect(idOf(deviceCookieOf(person.client))).not.toBe(idOf(former))
    expect(await arrivalOf(person.client, person.email)).toBe('SignedIn')
  })

  it('is challenged each time, without a second alarm', async () => {
    gateway.clock.advance(301)
    for (let n = 0; n < 3; n += 1) expect(await arrivalOf(holding(former), person.email)).toBe('MfaRequired')
    expect(await eventsOf(gateway, person.email, ALARM)).toHaveLength(1)
  })

  it('is recognised many sign-ins later', async () => {
    for (let n = 0; n < 20; n += 1) expect(await arrivalOf(person.client, person.email)).toBe('SignedIn')
    gateway.clock.advance(20 * DAY)
    expect(await arrivalOf(holding(former), person.email)).toBe('MfaRequired')
    expect(await eventsOf(gateway, person.email, ALARM)).toHaveLength(1)
  })

  it('raises one alarm and sends one notice when it is presented fifty times at once', async () => {
    gateway.clock.advance(301)
    const arrivals = await Promise.all(Array.from({ length: 50 }, () => arrivalOf(holding(former), person.email)))
    expect(new Set(arrivals)).toEqual(new Set(['MfaRequired']))
    expect(await eventsOf(gateway, person.email, ALARM)).toHaveLength(1)
    await noticeTo(gateway, person.email, COPIED)
    expect(await copies()).toHaveLength(1)
  })

  it.each([
    ['a made-up secret', 'A'.repeat(43)],
    ['no secret', ''],
  ])('with %s is foreign and not a copy: knowing the id of a device does not revoke its trust', async (_, secret) => {
    gateway.clock.advance(301)
    const [name] = former
    expect(await arrivalOf(holding([name, `${idOf(former)}.${secret}`]), person.email)).toBe('RISK_BLOCKED')
    expect(await eventsOf(gateway, person.email, ALARM)).toEqual([])
    expect((await storedDevice())?.copiedAt).toBeNull()
    expect(await arrivalOf(person.client, person.email)).toBe('SignedIn')
    expect(await copies()).toEqual([])
  })

  it('does nothing for a caller without the password', async () => {
    gateway.clock.advance(301)
    expect(await arrivalOf(holding(former), person.email, { password: 'a wrong rather long passphrase' })).toBe(
      'UNAUTHENTICATED',
    )
    expect(await eventsOf(gateway, person.email, ALARM)).toEqual([])
    expect(await arrivalOf(person.client, person.email)).toBe('SignedIn')
    expect(await copies()).toEqual([])
  })

  it('means nothing for another account, in its cookie or in the header', async () => {
    gateway.clock.advance(301)
    const other = await withTotp(gateway)
    await stepUp(gateway, other.client, other.authenticator, { rememberDevice: true })
    const [otherName] = deviceCookieOf(other.client)
    expect(await arrivalOf(holding([otherName, former[1]]), other.email)).toBe('MfaRequired')
    const headers = { 'stepgate-device': former[1] }
    expect(await arrivalOf(gateway.client(), other.email, { headers })).toBe('MfaRequired')
    for (const email of [person.email, other.email]) expect(await eventsOf(gateway, email, ALARM)).toEqual([])
    expect(await arrivalOf(person.client, person.email)).toBe('SignedIn')
  })

  it('raises the same alarm by header as by cookie', async () => {
    gateway.clock.advance(301)
    const headers = { 'stepgate-device': former[1] }
    expect(await arrivalOf(gateway.client(), person.email, { headers })).toBe('MfaRequired')
    expect(await eventsOf(gateway, person.email, ALARM)).toHaveLength(1)
  })

  it('is no alarm while tabs race: all of twenty sign in, and share one token', async () => {
    const before = deviceCookieOf(person.client)
    const tabs = Array.from({ length: 20 }, () => holding(before))
    const arrivals = await Promise.all(tabs.map((tab) => arrivalOf(tab, person.email)))
    expect(new Set(arrivals)).toEqual(new Set(['SignedIn']))
    expect(new Set(tabs.map((tab) => deviceCookieOf(tab)[1])).size).toBe(1)
    gateway.clock.advance(299)
    const late = holding(before)
    expect(await arrivalOf(late, person.email)).toBe('SignedIn')
    expect(deviceCookieOf(late)).toEqual(deviceCookieOf(tabs[0]!))
    gateway.clock.advance(DAY)
    expect(await arrivalOf(tabs[7]!, person.email)).toBe('SignedIn')
    expect(await eventsOf(gateway, person.email, ALARM)).toEqual([])
  })

  it('that is found during another sign-in causes a challenge there as well', async () => {
    gateway.clock.advance(301)
    network.before('accounts', 'changeOne', () => arrivalOf(holding(former), person.email))
    expect(await arrivalOf(person.client, person.email)).toBe('MfaRequired')
    expect(await storedDevice()).toMatchObject({ copiedAt: expect.any(Date) as unknown, rememberedUntil: null })
  })

  it('of an account without a second factor is reported and blocks no one: there is nothing to challenge', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email, { userAgent: CHROME })
    const first = deviceCookieOf(client)
    await signIn(gateway, email, {}, client)
    await client.send(MeDocument)
    gateway.clock.advance(301)
    const copy = withCookie(gateway, first, { userAgent: CHROME })
    expect(await arrivalOf(copy, email)).toBe('SignedIn')
    expect(idOf(deviceCookieOf(copy))).not.toBe(idOf(first))
    expect(await eventsOf(gateway, email, ALARM)).toMatchObject([{ metadata: { wasRemembered: false } }])
    await noticeTo(gateway, email, COPIED)
  })

  it('costs one command more than a sign-in, and one for its notice', async () => {
    gateway.clock.advance(301)
    const before = gateway.app.roundTrips()
    await arrivalOf(holding(former), person.email)
    expect(gateway.app.roundTrips() - before).toBeLessThanOrEqual(6)
  })
})
