import {
  MeDocument,
  MyDevicesDocument,
  MySessionsDocument,
  SignInDocument,
  type FingerprintAttributeInput,
} from '../../schema/generated/graphql.js'
import type { Session } from '../../src/sessions/index.js'
import type { Value } from '../../src/store/collection.js'
import { openPeople, PEOPLE, type PersonDocument } from '../../src/store/person-document.js'
import { eventsOf, ROOMY, storedPerson } from '../support/answers.js'
import { CHROME, codeOf, dataOf, type Answer, type Client } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { PASSWORD, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { storedAccount, valueAt } from '../support/stored.js'

const ATTRIBUTES: readonly FingerprintAttributeInput[] = [{ name: 'timeZone', value: 'Antarctica/Troll' }]
const LONG_HASH = `k.${Buffer.alloc(32, 7).toString('base64url')}`

describe.each(STORES)('R189 entries in the form of an older version, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  const codeOfMe = async (client: Client) => codeOf(await client.send(MeDocument))
  const reasonOf = (answer: Answer<unknown>) => answer.errors[0]?.extensions['reason'] ?? null
  const signInAgain = (client: Client, email: string) =>
    client.send(SignInDocument, { input: { email, password: PASSWORD, fingerprint: [...ATTRIBUTES] } })

  /** Writes every entry as the version before did: each field by itself, nulls and long hashes included. */
  async function makeOld({ email }: Pick<PersonWithFactor, 'email'>): Promise<PersonDocument> {
    const person = await openPeople(gateway.store).findOne({ emailKey: email })
    if (!person) throw new Error('there is no such person')
    const map = (entries: object, change: (entry: object) => object) =>
      Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, change(entry as object)]))
    const fingerprint = { timeZone: LONG_HASH }
    const old = {
      sessions: map(person.sessions, (session) => ({ ...session, fingerprint })),
      devices: map(person.devices, (device) => ({ ...device, fingerprint, userAgent: CHROME })),
      factors: person.factors,
    }
    await gateway.store
      .collection(PEOPLE)
      .updateOne({ emailKey: email }, { $set: old as unknown as Record<string, Value> })
    return person
  }

  async function remembered() {
    const person = await withTotp(gateway)
    const client = gateway.client({ userAgent: CHROME })
    dataOf(await signInAgain(client, person.email))
    await stepUp(gateway, client, person.authenticator, { rememberDevice: true })
    expect(await codeOfMe(client)).toBeNull()
    return { ...person, client }
  }

  it('are read as they were', async () => {
    const person = await remembered()
    const before = await makeOld(person)
    const { sessions, devices, factors } = await storedPerson(gateway, person.email)
    const ofSessions = (all: PersonDocument['sessions']) =>
      Object.values<Session>(all).map(({ fingerprint, lastSeenAt, ...session }) => session)
    expect(ofSessions(sessions)).toEqual(ofSessions(before.sessions))
    expect(factors).toEqual(before.factors)
    for (const [id, device] of Object.entries(before.devices))
      expect(devices[id as keyof typeof devices]).toEqual({
        ...device,
        fingerprint: { timeZone: 'BwcH' },
        userAgent: CHROME,
      })
  })

  it('work like those of today: sessions, lists and step-up', async () => {
    const person = await remembered()
    await makeOld(person)
    expect(await codeOfMe(person.client)).toBeNull()
    const { mySessions } = dataOf(await person.client.send(MySessionsDocument))
    expect(mySessions.map(({ userAgent }) => userAgent)).toContain(CHROME)
    expect(dataOf(await person.client.send(MyDevicesDocument)).myDevices).toHaveLength(2)
    await stepUp(gateway, person.client, person.authenticator)
    expect(await codeOfMe(person.client)).toBeNull()
  })

  it('finish a sign-in that waits', async () => {
    const person = await withTotp(gateway)
    const client = gateway.client({ userAgent: CHROME })
    dataOf(await signInAgain(client, person.email))
    await makeOld(person)
    await stepUp(gateway, client, person.authenticator)
    expect(await codeOfMe(client)).toBeNull()
  })

  it('spare the prompt on a remembered device, which is compact after that', async () => {
    const person = await remembered()
    await makeOld(person)
    const { signIn } = dataOf(await signInAgain(person.client, person.email))
    expect(signIn.__typename).toBe('SignedIn')
    const devices: readonly object[] = Object.values(
      valueAt(await storedAccount(gateway, person.email), 'devices') as object,
    )
    const names = devices.map((device) => Object.keys(device).toSorted())
    expect(names.filter((each) => each.includes('packed'))).toEqual([['packed', 'rememberedUntil', 'secretHash']])
  })

  it('tell a reused credential, and are retired at the next sign-in', async () => {
    const person = await withTotp(gateway)
    const old = person.client.copy()
    await stepUp(gateway, person.client, person.authenticator)
    expect(await codeOfMe(person.client)).toBeNull()
    await makeOld(person)
    gateway.clock.advance(6)
    expect(reasonOf(await old.send(MeDocument))).toBe('CREDENTIAL_REPLACED')
    dataOf(await signInAgain(gateway.client(), person.email))
    expect(
      Object.values((await storedPerson(gateway, person.email)).sessions).filter(({ isRetired }) => isRetired),
    ).toHaveLength(1)
    expect(reasonOf(await old.send(MeDocument))).toBe('CREDENTIAL_REPLACED')
    expect(await eventsOf(gateway, person.email, 'session.credential_reused')).toHaveLength(1)
  })

  it('whose text was altered open nothing: a session ends, and a device proves nothing', async () => {
    const person = await remembered()
    const { sessions, devices } = await storedPerson(gateway, person.email)
    const altered = [
      ...Object.keys(sessions).map((id) => [`sessions.${id}.packed`, 'AQAA'] as const),
      ...Object.keys(devices).map((id) => [`devices.${id}.packed`, 'AQAA'] as const),
    ]
    // With another tag, as after any write, so that the gateway does not answer from what it has read before.
    const $set = { ...Object.fromEntries(altered), etag: 'another' }
    await gateway.store.collection(PEOPLE).updateOne({ emailKey: person.email }, { $set })
    expect(await codeOfMe(person.client)).toBe('UNAUTHENTICATED')
    const { signIn } = dataOf(await signInAgain(person.client, person.email))
    expect(signIn.__typename).toBe('MfaRequired')
  })
})
