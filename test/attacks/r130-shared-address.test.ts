import {
  BeginPasskeySignInDocument,
  PushRequestsDocument,
  RefreshSessionDocument,
  RequestMagicLinkDocument,
  RequestPasswordResetDocument,
  SignInWithPasskeyDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { deviceCookieOf, withCookie } from '../support/devices.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { askForLink, followLink, resetWith } from '../support/links.js'
import { PASSKEY_ENV, passkeyOptions, triedPasskey, withPasskey } from '../support/passkeys.js'
import { registered, signIn } from '../support/person.js'
import { enrollPush } from '../support/push-device.js'
import { eventsNamed } from '../support/services.js'

const LIMIT = 5

describe.each(STORES)('R130 a bad neighbour behind the same address, on the %s store', (store) => {
  let gateway: TestGateway
  beforeAll(async () => {
    const env = {
      ...ROOMY,
      ...PASSKEY_ENV,
      STEPGATE_MESSAGE_LIMIT_ADDRESS: `${LIMIT}/900`,
      STEPGATE_MESSAGE_LIMIT_DESTINATION_NETWORK: '1000/3600',
      STEPGATE_REFRESH_LIMIT_ADDRESS: `${LIMIT}/900`,
      STEPGATE_REFRESH_LIMIT_SESSION: `${LIMIT}/900`,
      STEPGATE_PASSKEY_LIMIT_ADDRESS: `${LIMIT}/900`,
      STEPGATE_PUSH_DEVICE_LIMIT_ADDRESS: `${LIMIT}/900`,
    }
    gateway = await startGateway({ store, env })
  }, 120_000)
  afterAll(() => gateway.close())
  // Every test has its own windows.
  beforeEach(() => gateway.clock.advance(3600))

  /** The neighbour repeats a bad call until it is refused; returns what each call got. */
  async function abuse(call: (client: Client) => Promise<{ errors: readonly { extensions: { code: string } }[] }>) {
    const codes: (string | null)[] = []
    const client = gateway.client()
    for (let nth = 0; nth < LIMIT + 3; nth += 1) codes.push((await call(client)).errors[0]?.extensions.code ?? null)
    expect(codes.slice(0, LIMIT)).not.toContain('RATE_LIMITED')
    expect(codes.slice(LIMIT)).toEqual(Array(3).fill('RATE_LIMITED'))
  }

  it('who requests mail does not stop the links and resets of a known device', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const known = withCookie(gateway, deviceCookieOf(client))
    let nth = 0
    await abuse((bad) => bad.send(RequestPasswordResetDocument, { input: { email: `r130-${(nth += 1)}@example.com` } }))
    const asStranger = await gateway.client().send(RequestMagicLinkDocument, { input: { email } })
    expect(codeOf(asStranger)).toBe('RATE_LIMITED')
    expect(codeOf(await known.send(RequestMagicLinkDocument, { input: { email } }))).toBeNull()
    expect(codeOf(await known.send(RequestPasswordResetDocument, { input: { email } }))).toBeNull()
    // Only for its own mailbox: for other addresses it counts as a stranger, and it cannot tell which have accounts.
    const other = await registered(gateway)
    expect(codeOf(await known.send(RequestPasswordResetDocument, { input: { email: other } }))).toBe('RATE_LIMITED')
    const nobody = { input: { email: 'nobody@example.com' } }
    expect(codeOf(await known.send(RequestPasswordResetDocument, nobody))).toBe('RATE_LIMITED')
  }, 120_000)

  it('who follows bad links does not stop a good one, and does not fill the audit log', async () => {
    const email = await registered(gateway)
    const client = gateway.client()
    const { token } = await askForLink(gateway, email, client)
    const env = { STEPGATE_PUBLIC_MUTATION_LIMIT_ADDRESS: `${LIMIT}/900` }
    const strict = await startGateway({ store, env })
    const mine = await registered(strict)
    const here = strict.client()
    const link = await askForLink(strict, mine, here)
    const bad = strict.client()
    const codes: (string | null)[] = []
    for (let nth = 0; nth < LIMIT; nth += 1) codes.push(codeOf(await followLink(bad, 'x'.repeat(43))))
    for (let nth = 0; nth < 3; nth += 1) codes.push(codeOf(await followLink(bad, 'x'.repeat(43))))
    codes.push(codeOf(await resetWith(bad, 'x'.repeat(43), 'seven grey herons')))
    codes.push(codeOf(await bad.send(VerifyEmailDocument, { input: { token: 'x'.repeat(43) } })))
    expect(codes).toEqual([...Array(LIMIT).fill('UNAUTHENTICATED'), ...Array(5).fill('RATE_LIMITED')])
    expect(await eventsNamed(strict, 'session.refused')).toHaveLength(LIMIT)
    expect(await eventsNamed(strict, 'limit.reached')).toHaveLength(1)
    expect(dataOf(await followLink(here, link.token)).signInWithMagicLink.__typename).toBe('SignedIn')
    await strict.close()
    expect(dataOf(await followLink(client, token)).signInWithMagicLink.__typename).toBe('SignedIn')
  }, 120_000)

  it('who sends bad refresh tokens does not stop good ones, which are counted by session', async () => {
    const email = await registered(gateway)
    const { result } = await signIn(gateway, email, { transport: 'BEARER' })
    let refreshToken = result.__typename === 'SignedIn' ? (result.tokens?.refreshToken ?? '') : ''
    await abuse((bad) => bad.send(RefreshSessionDocument, { input: { refreshToken: 'no.such.token' } }))
    const client = gateway.client()
    for (let nth = 0; nth < LIMIT; nth += 1) {
      const refreshed = await client.send(RefreshSessionDocument, { input: { refreshToken } })
      refreshToken = dataOf(refreshed).refreshSession.refreshToken
      expect(refreshed.headers.get('ratelimit')).toMatch(`"refreshPerSession";r=${LIMIT - 1 - nth};`)
    }
    const often = await client.send(RefreshSessionDocument, { input: { refreshToken } })
    expect([often.status, codeOf(often)]).toEqual([429, 'RATE_LIMITED'])
    expect(often.headers.get('ratelimit')).toMatch(/^"refreshPerSession";r=0;t=\d+$/)
    gateway.clock.advance(900)
    expect(codeOf(await client.send(RefreshSessionDocument, { input: { refreshToken } }))).toBeNull()
  }, 120_000)

  it('who presents bad passkeys, or begins many, does not stop a good one', async () => {
    const { passkey } = await withPasskey(gateway)
    await abuse((bad) => bad.send(SignInWithPasskeyDocument, { input: { webauthn: '{}', transport: 'COOKIE' } }))
    const begun = await Promise.all(Array.from({ length: 70 }, () => gateway.client().send(BeginPasskeySignInDocument)))
    expect(begun.map(codeOf)).toEqual(Array(70).fill(null))
    const client = gateway.client()
    expect(await triedPasskey(client, passkey.get(await passkeyOptions(client)))).toBe('SignedIn')
  }, 120_000)

  it('who makes calls that no device has signed does not stop an enrolled one', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const device = await enrollPush(gateway, client)
    await abuse((bad) =>
      bad.send(PushRequestsDocument, {
        input: { device: 'no.device', issuedAt: gateway.clock.now().toISOString(), signature: 'x'.repeat(86) },
      }),
    )
    expect(codeOf(await device.requests())).toBeNull()
  }, 120_000)
})
