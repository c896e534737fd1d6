import { createHash } from 'node:crypto'
import {
  BeginPasskeySignInDocument,
  RefreshSessionDocument,
  RequestMagicLinkDocument,
  SignInDocument,
  SignInWithMagicLinkDocument,
  SignUpDocument,
} from '../../schema/generated/graphql.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { ORIGIN, passkeyOptions, triedPasskey, withPasskey, type PersonWithPasskey } from '../support/passkeys.js'
import { PASSWORD, registered, signIn } from '../support/person.js'
import { withPush } from '../support/push-device.js'

const PEOPLE = 60
const WRONG = 'not the right passphrase'

/** The limits are the defaults, and the clock stands still: all of it happens in one window. */
describe.each(STORES)('an office of 60 people behind one address, on the %s store', (store) => {
  let gateway: TestGateway
  const colleagues: string[] = []
  const codes: (string | null)[] = []
  const limited = () => codes.filter((code) => code === 'RATE_LIMITED').length
  const tryPassword = async (email: string, password: string, client = gateway.client()) => {
    const code = codeOf(await client.send(SignInDocument, { input: { email, password, transport: 'BEARER' } }))
    return code
  }

  beforeAll(async () => {
    const env = { STEPGATE_WEBAUTHN_ORIGINS: ORIGIN, STEPGATE_WEBAUTHN_RP_ID: 'localhost' }
    gateway = await startGateway({ store, env })
  }, 60_000)
  afterAll(() => gateway.close())

  it('signs up together, before anyone has read the mail, and with weak passwords at first', async () => {
    const known = gateway.client()
    for (let nth = 0; nth < PEOPLE; nth += 1) {
      const input = { email: `early${nth}@example.com`, password: 'a rather long passphrase' }
      codes.push(codeOf(await gateway.client().send(SignUpDocument, { input: { ...input, password: 'password' } })))
      codes.push(codeOf(await known.send(SignUpDocument, { input })))
    }
    for (let nth = 0; nth < PEOPLE; nth += 1) colleagues.push(await registered(gateway))
    expect(limited()).toBe(0)
  }, 120_000)

  it('mistypes passwords on new devices, twice each', async () => {
    for (const email of colleagues) {
      codes.push(await tryPassword(email, WRONG), await tryPassword(email, WRONG), await tryPassword(email, PASSWORD))
    }
    expect(limited()).toBe(0)
  }, 120_000)

  it('mistypes passwords on known devices, without spending what new devices have', async () => {
    for (const email of colleagues.slice(0, 20)) {
      const { client } = await signIn(gateway, email)
      for (let nth = 0; nth < 6; nth += 1) codes.push(await tryPassword(email, WRONG, client))
    }
    expect(await tryPassword(colleagues.at(-1) ?? '', PASSWORD)).toBeNull()
    expect(limited()).toBe(0)
  }, 120_000)

  it('requests sign-in links and follows them', async () => {
    const asked: { client: Client; email: string }[] = []
    for (const email of colleagues) {
      const client = gateway.client()
      asked.push({ client, email })
      codes.push(codeOf(await client.send(RequestMagicLinkDocument, { input: { email } })))
    }
    for (const { client, email } of asked) {
      const token = await gateway.linkTokenFor(email, 1)
      codes.push(codeOf(await client.send(SignInWithMagicLinkDocument, { input: { token } })))
    }
    for (const email of colleagues) {
      codes.push(codeOf(await gateway.client().send(RequestMagicLinkDocument, { input: { email } })))
    }
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toEqual([])
  }, 120_000)

  it('signs in with passkeys and refreshes apps', async () => {
    const holders: PersonWithPasskey[] = []
    for (let nth = 0; nth < 3; nth += 1) holders.push(await withPasskey(gateway))
    for (let nth = 0; nth < 65; nth += 1) {
      const client = gateway.client()
      codes.push(codeOf(await client.send(BeginPasskeySignInDocument)))
      const passkey = holders[nth % 3]?.passkey
      expect(passkey && (await triedPasskey(client, passkey.get(await passkeyOptions(client))))).toBe('SignedIn')
    }
    for (const email of colleagues) {
      const { client, result } = await signIn(gateway, email, { transport: 'BEARER' })
      let refreshToken = result.__typename === 'SignedIn' ? (result.tokens?.refreshToken ?? '') : ''
      for (let nth = 0; nth < 5; nth += 1) {
        const sent = await client.send(RefreshSessionDocument, { input: { refreshToken } })
        codes.push(codeOf(sent))
        refreshToken = dataOf(sent).refreshSession.refreshToken
      }
    }
    expect(limited()).toBe(0)
  }, 120_000)

  it('keeps push pages open that poll every few seconds', async () => {
    const devices = [await withPush(gateway), await withPush(gateway), await withPush(gateway)]
    for (let poll = 0; poll < 210; poll += 1) {
      for (const { device } of devices) codes.push(codeOf(await device.requests()))
    }
    expect(limited()).toBe(0)
  }, 120_000)

  it('bounds a colleague who guesses, and who signs in between guesses', async () => {
    const own = colleagues[0] ?? ''
    const victims = colleagues.slice(1, 40)
    let judged = 0
    for (const [nth, victim] of victims.entries()) {
      for (let guess = 0; guess < 11; guess += 1) {
        const code = await tryPassword(victim, `guess ${createHash('md5').update(String(guess)).digest('hex')}`)
        if (code === 'UNAUTHENTICATED') judged += 1
      }
      if (nth % 2 === 0) await tryPassword(own, PASSWORD)
    }
    // The default limit of an address.
    expect(judged).toBeLessThanOrEqual(100)
    const { client } = await signIn(gateway, own).catch(() => ({ client: null }))
    expect(client).toBeNull()
  }, 120_000)
})
