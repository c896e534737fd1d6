import {
  MeDocument,
  MySessionsDocument,
  ReadOrganizationDocument,
  RevokeOtherSessionsDocument,
  UpdateProfileDocument,
} from '../../schema/generated/graphql.js'
import type { GeoLookup, GeoPlace } from '../../src/networks/index.js'
import { challenged, eventsOf, guess, ROOMY } from '../support/answers.js'
import { CHROME, codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { bringIn, OPTIONAL, setPolicy, tenant } from '../support/organizations.js'
import { enrollTotp, registered, signIn, stepUp, type Authenticator } from '../support/person.js'

const NETHERLANDS: GeoPlace = { country: 'NL', latitude: 52.1, longitude: 5.3, radiusKm: 100 }
const JAPAN: GeoPlace = { country: 'JP', latitude: 35.7, longitude: 139.7, radiusKm: 100 }
const HOME = '198.51.101.7'
const PLACES: Readonly<Record<string, GeoPlace>> = { [HOME]: NETHERLANDS, '8.8.8.8': NETHERLANDS, '9.9.9.9': JAPAN }
const geo: GeoLookup = {
  locate: (address) => {
    const place = PLACES[address]
    return place ? { kind: 'place', place } : { kind: 'gap', gap: 'not-found' }
  },
  warmUp: async () => undefined,
}

const OTHER_BROWSER = { 'user-agent': CHROME }
const ABROAD = { 'x-forwarded-for': '9.9.9.9' }

describe.each(STORES)('R086 risk inside a session, on the %s store', (store) => {
  let gateway: TestGateway
  let email: string
  let client: Client
  let authenticator: Authenticator

  beforeAll(async () => {
    gateway = await startGateway({ store, geo, env: { ...ROOMY, STEPGATE_TRUSTED_PROXIES: 'loopback' } })
  })
  beforeEach(async () => {
    email = await registered(gateway)
    const arrived = await signIn(gateway, email, { headers: { 'x-forwarded-for': HOME } })
    client = arrived.client
    authenticator = (await enrollTotp(gateway, client)).authenticator
    // The proof is now 301 seconds old: `revokeOtherSessions` accepts an hour, a risk challenge does not.
    gateway.clock.advance(271)
  })
  afterAll(() => gateway.close())

  /** The session as a thief has it: the same cookies, other headers. */
  const elsewhere = (headers: Readonly<Record<string, string>>, session = client): Client => {
    const { cookies, ...copy } = session.copy()
    return { ...copy, cookies, send: (document, variables) => copy.send(document, variables, headers) }
  }

  it('challenges nothing where the session was proved, nor on another network of the same country', async () => {
    expect(codeOf(await client.send(RevokeOtherSessionsDocument))).toBeNull()
    expect(codeOf(await elsewhere({ 'x-forwarded-for': '8.8.8.8' }).send(RevokeOtherSessionsDocument))).toBeNull()
  })

  it("challenges on another network of the same country if the organization's policy says so, from the next operation on", async () => {
    const acme = await tenant(gateway)
    gateway.clock.advance(30)
    const home = elsewhere({ 'x-forwarded-for': HOME })
    await stepUp(gateway, home, authenticator)
    await bringIn(gateway, acme, { email, client: home })
    gateway.clock.advance(301)
    const moved = elsewhere({ 'x-forwarded-for': '8.8.8.8' }, home)
    expect(codeOf(await moved.send(ReadOrganizationDocument))).toBeNull()
    const riskThresholds = { low: -20, medium: 4, high: 8 }
    dataOf(await setPolicy(gateway, acme, { ...OPTIONAL, riskThresholds }))
    expect((await moved.send(ReadOrganizationDocument)).errors[0]?.extensions).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      stepUp: { reason: 'RISK_ELEVATED' },
    })
    expect(codeOf(await home.send(ReadOrganizationDocument))).toBeNull()
  })

  it.each([
    ['another browser', OTHER_BROWSER],
    ['another country', ABROAD],
    ['an address that nobody knows', { 'x-forwarded-for': '203.0.114.9' }],
    ['another browser in another country', { ...OTHER_BROWSER, ...ABROAD }],
  ])('demands a new proof from %s, although the guard would accept the old one', async (_, headers) => {
    const moved = elsewhere(headers)
    const refused = await moved.send(RevokeOtherSessionsDocument)
    expect([refused.status, codeOf(refused)]).toEqual([401, 'STEP_UP_REQUIRED'])
    expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({
      reason: 'RISK_ELEVATED',
      purpose: 'session.revoke',
      maxAge: 300,
      paths: ['revokeOtherSessions'],
    })
    expect(refused.text).not.toMatch(/score|nats|COUNTRY|AGENT/)
    expect(await eventsOf(gateway, email, 'step_up.required')).toMatchObject([
      { outcome: 'DENIED', reason: 'RISK_ELEVATED' },
    ])
    // Unguarded fields still answer, and where the session belongs nothing changed.
    expect(dataOf(await moved.send(MeDocument)).me.email).toBe(email)
    expect(codeOf(await client.send(RevokeOtherSessionsDocument))).toBeNull()
  })

  it.each([
    ['another browser', OTHER_BROWSER],
    ['another country', ABROAD],
    ['both', { ...OTHER_BROWSER, ...ABROAD }],
  ])('allows %s once the challenge is answered, and does not ask again', async (_, headers) => {
    const moved = elsewhere(headers)
    const { stepUp } = (await moved.send(RevokeOtherSessionsDocument)).errors[0]?.extensions as never as Extension
    const challenge = await challenged(moved, authenticator.factorId, stepUp.mfaToken)
    expect(await guess(moved, challenge.id, authenticator.code())).toBe('PASSED')
    expect(codeOf(await moved.send(RevokeOtherSessionsDocument))).toBeNull()
    expect(codeOf(await client.send(MeDocument))).toBe('UNAUTHENTICATED')
    // From now on this is the session's place, even when the proof is older than a risk challenge accepts.
    gateway.clock.advance(301)
    expect(codeOf(await moved.send(RevokeOtherSessionsDocument))).toBeNull()
  })

  it('demands more than a recovery code when browser and country are both new', async () => {
    const offeredFrom = async (headers: Readonly<Record<string, string>>) => {
      const refused = await elsewhere(headers).send(RevokeOtherSessionsDocument)
      return (refused.errors[0]?.extensions as never as Extension).stepUp.challenge.map(({ type }) => type)
    }
    expect(await offeredFrom(ABROAD)).toEqual(['TOTP', 'RECOVERY_CODE'])
    expect(await offeredFrom({ ...OTHER_BROWSER, ...ABROAD })).toEqual(['TOTP'])
  })

  it('does not accept a proof made elsewhere, however fresh: cookies stolen right after it change nothing', async () => {
    gateway.clock.advance(30)
    const challenge = await challenged(client, authenticator.factorId)
    expect(await guess(client, challenge.id, authenticator.code())).toBe('PASSED')
    const input = { taxId: '1' }
    const refused = await elsewhere({ ...OTHER_BROWSER, ...ABROAD }).send(UpdateProfileDocument, { input })
    expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({
      reason: 'RISK_ELEVATED',
      purpose: 'profile.update',
    })
    expect(codeOf(await client.send(UpdateProfileDocument, { input }))).toBeNull()
  })

  it('never replaces the guard: where the session was proved, an old proof is still too old', async () => {
    const refused = await client.send(UpdateProfileDocument, { input: { taxId: '1' } })
    expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({ reason: 'MFA_STALE' })
  })

  it('opens nothing after wrong answers, wherever they come from', async () => {
    const moved = elsewhere(ABROAD)
    const challenge = await challenged(moved, authenticator.factorId)
    expect(await guess(moved, challenge.id, '000000')).toBe('CODE_INVALID')
    expect(codeOf(await moved.send(RevokeOtherSessionsDocument))).toBe('STEP_UP_REQUIRED')
    expect(dataOf(await moved.send(MySessionsDocument)).mySessions).toMatchObject([{ address: HOME }])
  })
})

interface Extension {
  readonly stepUp: { readonly mfaToken: string; readonly challenge: readonly { readonly type: string }[] }
}
