import { SignInDocument, SignUpDocument } from '../../schema/generated/graphql.js'
import { addressKey } from '../../src/limits/index.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { keptDirectory } from '../support/kept-directory.js'
import { registered, signIn, stepUp, withTotp } from '../support/person.js'

const WRONG = 'not the right passphrase'

/** Tries a password as a caller behind these forwarded addresses. */
const tryAs = (gateway: TestGateway, forwardedFor: string | null, email: string, password = WRONG) =>
  gateway
    .client(forwardedFor === null ? {} : { headers: { 'x-forwarded-for': forwardedFor } })
    .send(SignInDocument, { input: { email, password, transport: 'COOKIE' } })

describe.each(STORES)('R061 limits on guessing passwords, on the %s store', (store) => {
  it('count a hundred forged X-Forwarded-For values as one caller', async () => {
    const gateway = await startGateway({ store, env: { STEPGATE_SIGN_IN_LIMIT_ADDRESS: '20/900' } })
    const codes: (string | null)[] = []
    for (let n = 0; n < 30; n += 1) codes.push(codeOf(await tryAs(gateway, `203.0.113.${n}`, `name${n}@example.com`)))
    expect(codes.slice(0, 20)).toEqual(Array(20).fill('UNAUTHENTICATED'))
    expect(codes.slice(20)).toEqual(Array(10).fill('RATE_LIMITED'))
    await gateway.close()
  })

  it('say when to come back, and keep their word', async () => {
    const gateway = await startGateway({ store })
    gateway.clock.advance(100)
    const email = await registered(gateway)
    for (let n = 0; n < 10; n += 1) await tryAs(gateway, null, email)
    const refused = await tryAs(gateway, null, email)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('800')
    expect(refused.headers.get('ratelimit-policy')).toBe('"signInPerAddressAndName";q=10;w=900')
    expect(refused.headers.get('ratelimit')).toBe('"signInPerAddressAndName";r=0;t=800')
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 800 })
    gateway.clock.advance(799)
    expect(codeOf(await tryAs(gateway, null, email))).toBe('RATE_LIMITED')
    gateway.clock.advance(1)
    expect((await signIn(gateway, email)).result.__typename).toBe('SignedIn')
    await gateway.close()
  })

  it('refuse the right password too while they apply, so that the caller does not learn it was right', async () => {
    const gateway = await startGateway({ store })
    const email = await registered(gateway)
    for (let n = 0; n < 10; n += 1) await tryAs(gateway, null, email)
    const [right, wrong] = [
      await tryAs(gateway, null, email, 'a rather long passphrase'),
      await tryAs(gateway, null, email),
    ]
    expect(codeOf(right)).toBe('RATE_LIMITED')
    expect(right.text).toBe(wrong.text)
    await gateway.close()
  })

  it('survive a restart', async () => {
    const kept = await keptDirectory(store)
    const before = await startGateway({ env: kept.env })
    const email = await registered(before)
    for (let n = 0; n < 10; n += 1) await tryAs(before, null, email)
    await before.close()
    const after = await startGateway({ env: kept.env, clock: before.clock })
    expect(codeOf(await tryAs(after, null, email))).toBe('RATE_LIMITED')
    await after.close()
    await kept.remove()
  })

  it('limit sign-ups from one address', async () => {
    const gateway = await startGateway({ store, env: { STEPGATE_PUBLIC_MUTATION_LIMIT_ADDRESS: '3/3600' } })
    const input = { email: 'many@example.com', password: 'seven grey herons' }
    for (let n = 0; n < 3; n += 1) dataOf(await gateway.client().send(SignUpDocument, { input }))
    const refused = await gateway.client().send(SignUpDocument, { input })
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('3600')
    await gateway.close()
  })
})

describe.each(STORES)('R018 strangers cannot lock a person out, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { STEPGATE_TRUSTED_PROXIES: '127.0.0.1' } })

  it('lets the person in from another address while a stranger guesses, and leaves the second factor alone', async () => {
    const person = await withTotp(gateway)
    for (let n = 0; n < 30; n += 1) await tryAs(gateway, '203.0.113.9', person.email)
    expect(codeOf(await tryAs(gateway, '203.0.113.9', person.email))).toBe('RATE_LIMITED')
    const home = gateway.client({ headers: { 'x-forwarded-for': '198.51.100.4' } })
    const { result } = await signIn(gateway, person.email, {}, home)
    expect(result.__typename).toBe('MfaRequired')
    expect((await stepUp(gateway, home, person.authenticator)).session.assurance).toBe('MFA')
  })

  it('lets a remembered device in while strangers everywhere use up the budget of the name', async () => {
    const person = await withTotp(gateway)
    await stepUp(gateway, person.client, person.authenticator, { rememberDevice: true })
    for (let n = 0; n < 100; n += 1) await tryAs(gateway, `203.0.113.${n}`, person.email)
    const elsewhere = await tryAs(gateway, '198.51.100.5', person.email, 'a rather long passphrase')
    expect(codeOf(elsewhere)).toBe('RATE_LIMITED')
    const { result } = await signIn(gateway, person.email, {}, person.client)
    expect(result.__typename).toBe('SignedIn')
  })

  it('uses only the hop that the trusted proxy saw, whatever the caller wrote before it', async () => {
    const email = await registered(gateway)
    for (let n = 0; n < 10; n += 1) await tryAs(gateway, `198.51.100.${n}, 203.0.113.77`, email)
    expect(codeOf(await tryAs(gateway, '10.0.0.1, 203.0.113.77', email))).toBe('RATE_LIMITED')
    expect(codeOf(await tryAs(gateway, '203.0.113.77, 203.0.113.78', email))).toBe('UNAUTHENTICATED')
  })
})

describe('R061 what counts as one address', () => {
  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['::ffff:192.0.2.1', '192.0.2.1', true],
    ['::ffff:c000:201', '192.0.2.1', true],
    ['2001:DB8:1:2::1', '2001:db8:1:2::2', true],
    ['2001:db8:1:2::1%eth0', '2001:db8:1:2::1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['', 'not an address', true],
    ['', '192.0.2.1', false],
  ])('count %s and %s as one: %s', (one, other, isOne) => {
    expect(addressKey(one) === addressKey(other)).toBe(isOne)
  })
})
