import { exportJWK, generateKeyPair } from 'jose'
import { request } from 'node:http'
import { MyDevicesDocument, RevokeOtherSessionsDocument } from '../../schema/generated/graphql.js'
import { canaries, dump } from '../support/canaries.js'
import { ask, eventsOf, ROOMY, storedPerson } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { arrivalOf, deviceCookieOf, endpointOf, softDeviceKey, withCookie } from '../support/devices.js'
import type { SoftDeviceKey } from '../support/devices.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { noticeTo } from '../support/notices.js'
import { answer, passedOf, registered, signIn, withTotp, type PersonWithFactor } from '../support/person.js'

const JUDGED = {
  ...ROOMY,
  STEPGATE_SIGN_IN_LIMIT_DEVICE: '1000/900',
  STEPGATE_SIGN_IN_LIMIT_ADDRESS_AND_NAME: '1000/900',
  STEPGATE_SIGN_IN_LIMIT_NAME: '1000/900',
}

/** A critical extension that we do not know. */
const UNKNOWN = 'https://example.com/extension'

describe.each(STORES)('R088 a device token bound to a key, on the %s store', (store) => {
  const found = canaries()
  let gateway: TestGateway
  let person: PersonWithFactor
  let key: SoftDeviceKey

  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...JUDGED, STEPGATE_AUDIT_LINGER: '60000' }, logger: found.logger })
  })
  afterAll(() => gateway.close())
  beforeEach(async () => {
    person = await withTotp(gateway)
    key = await softDeviceKey(gateway)
    await remember(person, key)
  })

  /** Proves the second factor with a proof of the key, and has the device remembered. */
  async function remember({ client, authenticator }: PersonWithFactor, by: SoftDeviceKey): Promise<void> {
    const { challengeFactor } = dataOf(await ask(client, authenticator.factorId))
    passedOf(await answer(proving(client, await by.header()), challengeFactor.id, authenticator.code(), true))
    gateway.clock.advance(30)
  }

  /** The same client, with these headers on every request. */
  const proving = (client: Client, headers: Readonly<Record<string, string>>): Client => ({
    ...client,
    send: (document, variables) => client.send(document, variables, headers),
  })

  /** A sign-in with a copy of the person's cookie, and this proof; null: without one. */
  async function arriveWith(proof: string | null, email = person.email): Promise<string> {
    const headers: Record<string, string> = proof === null ? {} : { 'stepgate-device-proof': proof }
    return arrivalOf(withCookie(gateway, deviceCookieOf(person.client)), email, { headers })
  }

  const boundOf = async (client: Client) =>
    dataOf(await client.send(MyDevicesDocument)).myDevices.find(({ current }) => current)?.bound

  const at = (seconds: number) => Math.floor(gateway.clock.now().getTime() / 1000) + seconds

  const faultsOf = async () =>
    (await eventsOf(gateway, person.email, 'session.created')).map(({ metadata }) => metadata['deviceFault'])

  it('works together with the key, sign-in after sign-in, and the claims say so', async () => {
    expect(await boundOf(person.client)).toBe(true)
    for (let n = 0; n < 3; n += 1) {
      gateway.clock.advance(3600)
      expect(await arrivalOf(person.client, person.email, { headers: await key.header() })).toBe('SignedIn')
    }
    expect(await boundOf(person.client)).toBe(true)
    const devices = Object.values((await storedPerson(gateway, person.email)).devices)
    expect(devices.map(({ keyThumbprint }) => keyThumbprint)).toContain(key.thumbprint)
  })

  it('without the key spares no prompt, raises no alarm, and leaves the owner trusted', async () => {
    expect(await arriveWith(null)).toBe('MfaRequired')
    expect((await faultsOf()).at(-1)).toBe('key-missing')
    expect(await eventsOf(gateway, person.email, 'device.clone_detected')).toEqual([])
    expect(await arriveWith(await key.proof())).toBe('SignedIn')
  })

  it('with the thief’s own key spares no prompt, and the device keeps its key', async () => {
    const own = await softDeviceKey(gateway)
    expect(await arriveWith(await own.proof())).toBe('MfaRequired')
    expect((await faultsOf()).at(-1)).toBe('key-differs')
    expect(await arriveWith(await key.proof())).toBe('SignedIn')
  })

  it('challenges an owner who lost the key, however ordinary the rest looks, and then accepts the new one', async () => {
    for (let day = 0; day < 12; day += 1) {
      gateway.clock.advance(86_400)
      expect(await arrivalOf(person.client, person.email, { headers: await key.header() })).toBe('SignedIn')
    }
    const own = await softDeviceKey(gateway)
    expect(await arriveWith(await own.proof())).toBe('MfaRequired')
    expect(await arriveWith(null)).toBe('MfaRequired')
    const { result } = await signIn(gateway, person.email, {}, person.client)
    if (result.__typename !== 'MfaRequired') throw new Error('there was no challenge')
    const { challengeFactor } = dataOf(await ask(person.client, person.authenticator.factorId, result.stepUp.mfaToken))
    const proved = proving(person.client, await own.header())
    passedOf(await answer(proved, challengeFactor.id, person.authenticator.code(), true))
    expect(await arriveWith(await own.proof())).toBe('SignedIn')
    expect(await arriveWith(await key.proof())).toBe('MfaRequired')
  })

  it('with a proof that claims the key without its signature is foreign: blocked, and not a copy', async () => {
    const own = await softDeviceKey(gateway)
    expect(await arriveWith(await key.proof({ signedBy: own.privateKey }))).toBe('RISK_BLOCKED')
    expect(await eventsOf(gateway, person.email, 'risk.blocked')).toMatchObject([{ risk: { level: 'CRITICAL' } }])
    expect(await eventsOf(gateway, person.email, 'device.clone_detected')).toEqual([])
    expect(await arriveWith(await key.proof())).toBe('SignedIn')
  })

  it('accepts a proof once', async () => {
    const proof = await key.proof()
    expect(await arriveWith(proof)).toBe('SignedIn')
    expect(await arriveWith(proof)).toBe('MfaRequired')
    expect((await faultsOf()).at(-1)).toBe('proof-replayed')
    const claims = { jti: 'always the same' }
    expect(await arriveWith(await key.proof({ claims }))).toBe('SignedIn')
    gateway.clock.advance(1)
    expect(await arriveWith(await key.proof({ claims }))).toBe('MfaRequired')
  })

  it('accepts a proof from the future once, too, until it is too old', async () => {
    const proof = await key.proof({ claims: { iat: at(60) } })
    expect(await arriveWith(proof)).toBe('SignedIn')
    gateway.clock.advance(120)
    expect(await arriveWith(proof)).toBe('MfaRequired')
    expect((await faultsOf()).at(-1)).toBe('proof-replayed')
    gateway.clock.advance(1)
    expect(await arriveWith(proof)).toBe('MfaRequired')
    expect((await faultsOf()).at(-1)).toBe('key-missing')
  })

  it('accepts a proof once out of twenty that come at the same time', async () => {
    const proof = await key.proof()
    const arrivals = await Promise.all(Array.from({ length: 20 }, () => arriveWith(proof)))
    expect(arrivals.filter((arrival) => arrival === 'SignedIn')).toHaveLength(1)
    expect(arrivals.filter((arrival) => arrival === 'MfaRequired')).toHaveLength(19)
  })

  it('lets tabs race, each with its own proof', async () => {
    const proofs = await Promise.all(Array.from({ length: 10 }, () => key.proof()))
    const arrivals = await Promise.all(proofs.map((proof) => arriveWith(proof)))
    expect(new Set(arrivals)).toEqual(new Set(['SignedIn']))
  })

  it('is bound by a sign-in as well, and starts over for a client that omits the proof', async () => {
    const email = await registered(gateway)
    const client = gateway.client()
    expect(await arrivalOf(client, email, { headers: await key.header() })).toBe('SignedIn')
    const bound = deviceCookieOf(client)
    expect(await boundOf(client)).toBe(true)
    expect(await arrivalOf(client, email)).toBe('SignedIn')
    expect(await boundOf(client)).toBe(false)
    expect(deviceCookieOf(client)[1].split('.')[0]).not.toBe(bound[1].split('.')[0])
  })

  it('needs no proof inside a session: its own credential is enough', async () => {
    expect(codeOf(await person.client.send(RevokeOtherSessionsDocument))).toBeNull()
  })

  it.each<[string, () => Readonly<Record<string, unknown>>, string]>([
    ['60 seconds old', () => ({ iat: at(-60) }), 'SignedIn'],
    ['61 seconds old', () => ({ iat: at(-61) }), 'MfaRequired'],
    ['60 seconds ahead', () => ({ iat: at(60) }), 'SignedIn'],
    ['61 seconds ahead', () => ({ iat: at(61) }), 'MfaRequired'],
    ['of no time', () => ({ iat: undefined }), 'MfaRequired'],
    ['of the end of time', () => ({ iat: Number.MAX_SAFE_INTEGER }), 'MfaRequired'],
    ['of a fraction of a second', () => ({ iat: at(0) + 0.5 }), 'MfaRequired'],
    ['over', () => ({ exp: at(-1) }), 'MfaRequired'],
    ['not begun', () => ({ nbf: at(100) }), 'MfaRequired'],
    ['for GET', () => ({ htm: 'GET' }), 'MfaRequired'],
    ['for post in small letters', () => ({ htm: 'post' }), 'MfaRequired'],
    ['for no method', () => ({ htm: undefined }), 'MfaRequired'],
    ['for another host', () => ({ htu: 'https://evil.example/graphql' }), 'MfaRequired'],
    [
      'for a host that begins like ours',
      () => ({ htu: `${new URL(endpointOf(gateway)).origin}.evil.example/graphql` }),
      'MfaRequired',
    ],
    ['for ours as somebody’s password', () => ({ htu: endpointOf(gateway).replace('//', '//evil@') }), 'MfaRequired'],
    ['for another path', () => ({ htu: endpointOf(gateway).replace('graphql', 'graphql/') }), 'MfaRequired'],
    ['for our endpoint with a query', () => ({ htu: `${endpointOf(gateway)}?a=b#c` }), 'SignedIn'],
    ['for no URL', () => ({ htu: 'graphql' }), 'MfaRequired'],
    ['for a list', () => ({ htu: [endpointOf(gateway)] }), 'MfaRequired'],
    ['without a name', () => ({ jti: undefined }), 'MfaRequired'],
    ['with an empty name', () => ({ jti: '' }), 'MfaRequired'],
    ['with a name of 100 characters', () => ({ jti: 'j'.repeat(100) }), 'SignedIn'],
    ['with a name of 101 characters', () => ({ jti: 'j'.repeat(101) }), 'MfaRequired'],
    ['with an object for a name', () => ({ jti: { $ne: null } }), 'MfaRequired'],
  ])('a proof that is %s', async (_, claims, expected) => {
    expect(await arriveWith(await key.proof({ claims: claims() }))).toBe(expected)
  })

  it.each<[string, () => Promise<string>]>([
    [
      'HS256 under the public key',
      () => key.proof({ header: { alg: 'HS256' }, signedBy: Buffer.from(JSON.stringify(key.jwk)) }),
    ],
    ['another type', () => key.proof({ header: { typ: 'at+jwt' } })],
    ['no type', () => key.proof({ header: { typ: undefined } })],
    ['no key', () => key.proof({ header: { jwk: undefined } })],
    [
      'a key by reference',
      () => key.proof({ header: { jwk: undefined, jku: 'http://127.0.0.1:9/', kid: '../../dev/null' } }),
    ],
    ['text for a key', () => key.proof({ header: { jwk: 'key' } })],
    ['the private part of the key', async () => key.proof({ header: { jwk: await exportJWK(key.privateKey) } })],
    ['a point off the curve', () => key.proof({ header: { jwk: { ...key.jwk, x: 'A'.repeat(43) } } })],
    ['an unknown critical extension', () => key.proof({ header: { crit: [UNKNOWN], [UNKNOWN]: 1 } })],
  ])('a proof with %s counts as none', async (_, forge) => {
    expect(await arriveWith(await forge())).toBe('MfaRequired')
    expect((await faultsOf()).at(-1)).toBe('key-missing')
  })

  it.each(['RS256', 'ES384', 'EdDSA'])('a proof by %s counts as none', async (alg) => {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
    const jwk = await exportJWK(publicKey)
    expect(await arriveWith(await key.proof({ header: { alg, jwk }, signedBy: privateKey }))).toBe('MfaRequired')
    expect((await faultsOf()).at(-1)).toBe('key-missing')
  })

  it('a proof without a signer counts as none, in every spelling', async () => {
    const [, payload = ''] = (await key.proof()).split('.')
    for (const alg of ['none', 'None', 'NONE', '', 'ES256']) {
      const header = Buffer.from(JSON.stringify({ alg, typ: 'dpop+jwt', jwk: key.jwk })).toString('base64url')
      // Claiming ES256 with no signature is a forgery of the key; the others are not proofs at all.
      const expected = alg === 'ES256' ? 'RISK_BLOCKED' : 'MfaRequired'
      expect([alg, await arriveWith(`${header}.${payload}.`)]).toEqual([alg, expected])
    }
  })

  it.each([
    ['nothing', ''],
    ['a word', 'proof'],
    ['dots', '..'],
    ['JSON', '{"alg":"ES256"}'],
    ['other base64', `${Buffer.from('{}').toString('base64')}==.e30=.AA==`],
    ['a header that is a list', `${Buffer.from('[]').toString('base64url')}.e30.AA`],
    ['a header that is null', `${Buffer.from('null').toString('base64url')}.e30.AA`],
  ])('a proof that is %s counts as none', async (_, proof) => {
    expect(await arriveWith(proof)).toBe('MfaRequired')
  })

  it('a proof of more than 2 kB is not read, and one of 64 kB is refused before anything is read', async () => {
    expect(await arriveWith(await key.proof({ claims: { padding: 'x'.repeat(2048) } }))).toBe('MfaRequired')
    expect(await statusOf('x'.repeat(65_536))).toBe(431)
    expect(await arriveWith(await key.proof())).toBe('SignedIn')
  })

  it('two proofs in one request count as none', async () => {
    const both = `${await key.proof()}, ${await key.proof()}`
    expect(await arriveWith(both)).toBe('MfaRequired')
  })

  it("a proof by the right key does not open another account's device with another key", async () => {
    const other = await withTotp(gateway)
    await remember(other, await softDeviceKey(gateway))
    const headers = await key.header()
    expect(await arrivalOf(withCookie(gateway, deviceCookieOf(other.client)), other.email, { headers })).toBe(
      'MfaRequired',
    )
    const [otherName] = deviceCookieOf(other.client)
    const moved = withCookie(gateway, [otherName, deviceCookieOf(person.client)[1]])
    expect(await arrivalOf(moved, other.email, { headers: await key.header() })).toBe('MfaRequired')
  })

  it('is not spent by a caller who does not know the token, or presents none', async () => {
    const proof = await key.proof()
    expect(await arrivalOf(gateway.client(), person.email, { headers: await key.header(proof) })).toBe('MfaRequired')
    expect(await arriveWith(proof)).toBe('SignedIn')
  })

  it('costs an unbound device nothing, and keeps a bound one within five commands', async () => {
    const commandsOf = async (work: () => Promise<unknown>) => {
      const before = gateway.app.roundTrips()
      await work()
      return gateway.app.roundTrips() - before
    }
    const others = [await withTotp(gateway), await withTotp(gateway)] as const
    // Mail about the enrolment may still be on its way, and would count.
    for (const { email } of others) await noticeTo(gateway, email, 'any')
    const warmUp = await withTotp(gateway)
    await arrivalOf(warmUp.client, warmUp.email)
    await noticeTo(gateway, warmUp.email, 'any')
    const without = await commandsOf(() => arrivalOf(others[0].client, others[0].email))
    const headers = await key.header()
    expect(await commandsOf(() => arrivalOf(others[1].client, others[1].email, { headers }))).toBe(without)
    const proof = await key.proof()
    const bound = await commandsOf(async () => expect(await arriveWith(proof)).toBe('SignedIn'))
    // One more than without its key, and one less for the session that the others still had.
    expect(bound).toBeLessThanOrEqual(5)
  })

  it('leaves no proof and no secret in the store or the log', async () => {
    const proof = await key.proof()
    expect(await arriveWith(proof)).toBe('SignedIn')
    const secret = deviceCookieOf(person.client)[1].split('.')[1] ?? ''
    const places = { store: await dump(gateway), log: found.logged.join('\n') }
    for (const text of Object.values(places)) {
      expect([text.includes(secret), text.includes(proof), text.includes(proof.split('.')[1] ?? '')]).toEqual([
        false,
        false,
        false,
      ])
    }
  })

  /** The status of a request with this proof, past the limits of `fetch`. */
  function statusOf(proof: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'stepgate-device-proof': proof }
      const sent = request(`${gateway.url}/graphql`, { method: 'POST', headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      sent.on('error', reject).end('{"query":"{ __typename }"}')
    })
  }
})
