import { ChangePasswordDocument, SignInDocument } from '../../schema/generated/graphql.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, type Client } from '../support/client.js'
import { arrivalOf, deviceCookieOf, withCookie } from '../support/devices.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { registered, signIn, stepUp, withTotp } from '../support/person.js'
import { eventsNamed } from '../support/services.js'

const OVERALL = 30

describe.each(STORES)('R128 wrong passwords from ever new addresses, on the %s store', (store) => {
  let gateway: TestGateway
  beforeEach(async () => {
    const env = {
      ...ROOMY,
      STEPGATE_TRUSTED_PROXIES: 'loopback',
      STEPGATE_SIGN_IN_LIMIT_OVERALL: `${OVERALL}/900`,
      STEPGATE_SIGN_IN_LIMIT_SITE: '6/900',
      STEPGATE_SIGN_IN_LIMIT_NETWORK: '10/900',
      STEPGATE_SIGN_IN_LIMIT_NAME: '12/3600',
    }
    gateway = await startGateway({ store, env })
  }, 120_000)
  afterEach(() => gateway.close())

  const from = (address: string) => gateway.client({ headers: { 'x-forwarded-for': address } })
  const guess = async (address: string, email: string) =>
    codeOf(await from(address).send(SignInDocument, { input: { email, password: 'not the right one' } }))

  /** Wrong passwords for unknown names, from unrelated networks. */
  const attack = (count = OVERALL + 5) =>
    Promise.all(Array.from({ length: count }, (_, nth) => guess(`${nth + 20}.7.0.1`, `nobody${nth}@example.com`)))

  it('block neither a remembered device, nor a known one, nor a caller from another network', async () => {
    const remembered = await withTotp(gateway)
    await stepUp(gateway, remembered.client, remembered.authenticator, { rememberDevice: true })
    const email = await registered(gateway)
    const home = from('198.51.100.4')
    await signIn(gateway, email, {}, home)
    expect(new Set(await attack())).toEqual(new Set(['UNAUTHENTICATED']))

    expect(await arrivalOf(remembered.client, remembered.email)).toBe('SignedIn')
    expect(await arrivalOf(withCookie(gateway, deviceCookieOf(home)), email)).toBe('SignedIn')
    expect(await arrivalOf(from('198.51.100.9'), email)).toBe('SignedIn')
    expect(await arrivalOf(from('192.0.2.1'), remembered.email)).toBe('MfaRequired')
  }, 120_000)

  it('leave a caller without a known device two guesses, the same for unknown names', async () => {
    const email = await registered(gateway)
    await attack()
    const known = []
    const unknown = []
    for (let nth = 0; nth < 4; nth += 1) known.push(await guess('192.0.2.1', email))
    for (let nth = 0; nth < 4; nth += 1) unknown.push(await guess('198.51.99.1', 'nobody@example.com'))
    expect(known).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'RATE_LIMITED', 'RATE_LIMITED'])
    expect(unknown).toEqual(known)
    const client = from('192.0.2.1')
    const refused = await client.send(SignInDocument, { input: { email, password: 'not the right one' } })
    expect(refused.status).toBe(429)
    expect(refused.errors[0]?.extensions['retryAfterSeconds']).toBeGreaterThan(0)
  }, 120_000)

  it('are in the audit log once, and make an unknown device prove a second factor', async () => {
    const person = await withTotp(gateway)
    await attack()
    const reached = await eventsNamed(gateway, 'limit.reached')
    expect(reached.map(({ targets }) => targets[0]?.id)).toEqual(['signInOverall'])
    expect(reached[0]?.context?.ip).toMatch(/\.7\.0\.1$/)
    expect(await arrivalOf(from('198.51.100.4'), person.email)).toBe('MfaRequired')
    const [assessed] = (await eventsNamed(gateway, 'risk.assessed')).slice(-1)
    expect(JSON.stringify(assessed?.risk)).toContain('RULE_UNDER_ATTACK')
  }, 120_000)

  it('of one /48 of IPv6, a /56 or a /24 stop there, before they count overall', async () => {
    const spread = (address: (nth: number) => string) =>
      Promise.all(Array.from({ length: 40 }, (_, nth) => guess(address(nth), `nobody${nth}@example.com`)))
    const judged = (codes: readonly (string | null)[]) => codes.filter((code) => code === 'UNAUTHENTICATED').length
    expect(judged(await spread((nth) => `2001:db8:1:${nth.toString(16)}::1`))).toBe(6)
    expect(judged(await spread((nth) => `2001:db8:2:${(nth * 256).toString(16)}::1`))).toBe(10)
    expect(judged(await spread((nth) => `203.0.113.${nth}`))).toBe(10)
    expect(await eventsNamed(gateway, 'limit.reached')).toHaveLength(3)
  }, 120_000)

  it('behind the same address block neither a known device nor a session that changes its password', async () => {
    const person = await withTotp(gateway)
    const office = { headers: { 'x-forwarded-for': '198.51.100.4' } }
    const desk: Client = gateway.client({ ...office, cookies: person.client.cookies })
    for (let nth = 0; nth < 12; nth += 1) await guess('198.51.100.4', nth < 3 ? person.email : `n${nth}@example.com`)
    for (let nth = 0; nth < 12; nth += 1) await guess(`${nth + 60}.7.0.1`, person.email)
    expect(await guess('198.51.100.4', 'nobody@example.com')).toBe('RATE_LIMITED')
    const input = { currentPassword: 'a rather long passphrase', newPassword: 'seven grey herons', revokeOthers: false }
    expect(codeOf(await desk.send(ChangePasswordDocument, { input }))).toBeNull()
    const known = withCookie(gateway, deviceCookieOf(desk), office)
    expect(await arrivalOf(known, person.email, { password: 'seven grey herons' })).not.toBe('RATE_LIMITED')
  }, 120_000)

  it('by a stolen device token end after ten, wherever they come from', async () => {
    const email = await registered(gateway)
    const home = from('198.51.100.4')
    await signIn(gateway, email, {}, home)
    const thieves = Array.from({ length: 30 }, (_, nth) =>
      withCookie(gateway, deviceCookieOf(home), { headers: { 'x-forwarded-for': `${nth + 20}.8.0.1` } }),
    )
    const codes = await Promise.all(thieves.map((thief) => arrivalOf(thief, email, { password: 'not the right one' })))
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(10)
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(20)
  }, 120_000)
})
