import { ROOMY } from '../support/answers.js'
import { SignInDocument } from '../../schema/generated/graphql.js'
import { codeOf } from '../support/client.js'
import { arrivalOf } from '../support/devices.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { PASSWORD, registered, signIn } from '../support/person.js'
import { eventsNamed } from '../support/services.js'

describe.each(STORES)('R131 a script that signs in with the right password, on the %s store', (store) => {
  let gateway: TestGateway
  beforeEach(async () => {
    const env = {
      ...ROOMY,
      STEPGATE_TRUSTED_PROXIES: 'loopback',
      STEPGATE_SIGN_IN_RATE: '10/900',
      STEPGATE_SIGN_IN_LIMIT_ADDRESS_AND_NAME: '1000/900',
    }
    gateway = await startGateway({ store, env })
  }, 120_000)
  afterEach(() => gateway.close())

  const from = (address: string) => gateway.client({ headers: { 'x-forwarded-for': address } })

  it('is refused with a time to come back, and admitted again then', async () => {
    gateway.clock.advance(100)
    const email = await registered(gateway)
    for (let nth = 0; nth < 10; nth += 1) expect(await arrivalOf(from('203.0.113.9'), email)).toBe('SignedIn')
    const refused = await from('203.0.113.9').send(SignInDocument, { input: { email, password: PASSWORD } })
    expect(refused.status).toBe(429)
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 800 })
    expect(refused.headers.get('retry-after')).toBe('800')
    const reached = await eventsNamed(gateway, 'limit.reached')
    const budgets = reached.map(({ targets }) => targets[0]?.id)
    expect(budgets.filter((name) => name !== 'noticePerAccount')).toEqual(['signInsPerAccountAndAddress'])
    expect(await arrivalOf(from('198.51.100.4'), email)).toBe('SignedIn')
    gateway.clock.advance(800)
    expect(await arrivalOf(from('203.0.113.9'), email)).toBe('SignedIn')
  }, 120_000)

  it('gets no more than its budget when forty come at once', async () => {
    const email = await registered(gateway)
    const arrived = await Promise.all(Array.from({ length: 40 }, () => arrivalOf(from('203.0.113.9'), email)))
    expect(arrived.filter((result) => result === 'RATE_LIMITED').length).toBeGreaterThanOrEqual(30)
    expect(arrived.filter((result) => result === 'SignedIn').length).toBeLessThanOrEqual(10)
  }, 120_000)

  it('does not block a known device behind the same address, which has a separate budget', async () => {
    const email = await registered(gateway)
    const desk = from('203.0.113.9')
    await signIn(gateway, email, {}, desk)
    for (let nth = 0; nth < 12; nth += 1) await arrivalOf(from('203.0.113.9'), email)
    const results: string[] = []
    for (let nth = 0; nth < 12; nth += 1) results.push(await arrivalOf(desk, email))
    expect(results.slice(0, 10)).toEqual(Array(10).fill('SignedIn'))
    expect(results.slice(10)).toEqual(['RATE_LIMITED', 'RATE_LIMITED'])
  }, 120_000)

  it('has a budget that strangers cannot use up, because they lack the password', async () => {
    const email = await registered(gateway)
    for (let nth = 0; nth < 20; nth += 1) {
      expect(
        codeOf(await from('203.0.113.9').send(SignInDocument, { input: { email, password: 'not this one' } })),
      ).toBe('UNAUTHENTICATED')
    }
    expect(await arrivalOf(from('203.0.113.9'), email)).toBe('SignedIn')
  }, 120_000)

  const together = store === 'mongodb' ? it : it.skip
  together(
    'is held to one budget by both of two processes, but for what is not written yet',
    async () => {
      const beside = await startGateway({ beside: gateway })
      const email = await registered(gateway)
      const urls = [gateway.url, beside.url]
      const results: string[] = []
      for (let nth = 0; nth < 24; nth += 1) {
        results.push(await arrivalOf(from('203.0.113.9').at(urls[nth % 2] ?? gateway.url), email))
      }
      expect(results.filter((result) => result === 'SignedIn').length).toBeLessThanOrEqual(11)
      await beside.close()
    },
    120_000,
  )
})
