import { RefreshSessionDocument } from '../../schema/generated/graphql.js'
import { eventsOf, ROOMY } from '../support/answers.js'
import { signInApp } from '../support/app.js'
import { CHROME, codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { registered } from '../support/person.js'
import { geoOf } from '../risk/facts.js'

const NETHERLANDS = { country: 'NL', latitude: 52.1, longitude: 5.3, radiusKm: 100 }
const JAPAN = { country: 'JP', latitude: 35.7, longitude: 139.7, radiusKm: 100 }
const ABROAD = '9.9.9.9'

describe.each(STORES)('R086 the risk of a refresh, on the %s store', (store) => {
  let gateway: TestGateway
  beforeAll(async () => {
    const geo = geoOf({ '198.51.101.7': NETHERLANDS, [ABROAD]: JAPAN })
    gateway = await startGateway({ store, geo, env: { ...ROOMY, STEPGATE_TRUSTED_PROXIES: 'loopback' } })
  })
  afterAll(() => gateway.close())

  const home = { headers: { 'x-forwarded-for': '198.51.101.7' } }
  const refreshFrom = (refreshToken: string, options: Parameters<TestGateway['client']>[0]) =>
    gateway.client(options).send(RefreshSessionDocument, { input: { refreshToken } })

  it('is not recorded where the session was proved', async () => {
    const email = await registered(gateway)
    const { refreshToken } = await signInApp({ ...gateway, client: () => gateway.client(home) }, email)
    expect(codeOf(await refreshFrom(refreshToken, home))).toBeNull()
    expect((await eventsOf(gateway, email, 'risk.assessed')).filter(({ reason }) => reason === 'refresh')).toEqual([])
  })

  it('is recorded with its contributions when country and browser change at once, and the token is issued anyway', async () => {
    const email = await registered(gateway)
    const { refreshToken } = await signInApp({ ...gateway, client: () => gateway.client(home) }, email)
    const moved = { userAgent: CHROME, headers: { 'x-forwarded-for': ABROAD } }
    expect(dataOf(await refreshFrom(refreshToken, moved)).refreshSession.accessToken).toMatch(/^ey/)
    const [event] = (await eventsOf(gateway, email, 'risk.assessed')).filter(({ reason }) => reason === 'refresh')
    expect(event?.risk).toMatchObject({ level: 'HIGH', verdict: 'CHALLENGE' })
    expect(event?.risk?.contributions.map(({ code }) => code)).toContain('RULE_SESSION_MOVED')
  })
})
