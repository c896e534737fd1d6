import { newKeyText, readConfig } from '../../src/config/index.js'
import { challenged as challengedBy } from '../support/answers.js'
import { dataOf, type Client } from '../support/client.js'
import { startGateway, type TestGateway } from '../support/gateway.js'
import {
  beginPasskey,
  enrollPasskey,
  ORIGIN,
  PASSKEY_ENV,
  passkeyOptions,
  sendPasskey,
  triedPasskey,
  withPasskey,
} from '../support/passkeys.js'
import { registered, signIn } from '../support/person.js'
import { softPasskey, type SaysOfNew } from '../support/soft-passkey.js'

const APP = 'android:apk-key-hash:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'
const RELATED = ['https://login.example.com', 'https://example.org']
const TRANSPORTS = '"transports":["internal"]'

/** What browsers, password managers and apps send beside what the standard shows. */
const NEW: [sent: string, change: (json: string) => string, says?: SaysOfNew][] = [
  ['no transports, as old browsers', (json) => json.replace(`,${TRANSPORTS}`, '')],
  ['null as transports', (json) => json.replace(TRANSPORTS, '"transports":null')],
  ['transports that are none', (json) => json.replace(TRANSPORTS, '"transports":[null,"usb",7,"NO SUCH"]')],
  ['text as transports', (json) => json.replace(TRANSPORTS, '"transports":"usb"')],
  ['no rawId', (json) => json.replace(/"rawId":"[^"]+",/, '')],
  ['null as extension results', (json) => json.replace('"clientExtensionResults":{}', '"clientExtensionResults":null')],
  ['no extension results', (json) => json.replace(',"clientExtensionResults":{}', '')],
  [
    'credProps of null',
    (json) => json.replace('"clientExtensionResults":{}', '"clientExtensionResults":{"credProps":null}'),
  ],
  ['null as attachment', (json) => json.replace('{"id"', '{"authenticatorAttachment":null,"id"')],
  ['an unknown attachment', (json) => json.replace('{"id"', '{"authenticatorAttachment":"implant","id"')],
  ['null as crossOrigin and topOrigin', (json) => json, { crossOrigin: null, topOrigin: null } as never],
  ['no user verification', (json) => json, { uv: false }],
  [
    'a statement in an unknown format',
    (json) => json,
    { attestation: () => ({ fmt: 'compound', attStmt: new Map([['a', 1]]) }) },
  ],
]

describe('a passkey as clients send it', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    const origins = [ORIGIN, APP, ...RELATED].join(',')
    gateway = await startGateway({ env: { ...PASSKEY_ENV, STEPGATE_WEBAUTHN_ORIGINS: origins } })
  })
  afterAll(() => gateway.close())

  const newcomer = async (): Promise<Client> => (await signIn(gateway, await registered(gateway))).client
  const verdictOf = async (sent: ReturnType<typeof sendPasskey>) => dataOf(await sent).verifyChallenge

  it.each(NEW.map(([sent, change, says = {}]) => ({ sent, change, says })))(
    'is enrolled with $sent',
    async ({ change, says }) => {
      const client = await newcomer()
      const { challengeId, options } = await beginPasskey(client)
      const passkey = softPasskey({ origin: ORIGIN })
      const verdict = await verdictOf(sendPasskey(client, challengeId, change(passkey.create(options, says))))
      expect(verdict.__typename).toBe('ChallengePassed')
    },
  )

  it('needs a statement in a known format where roots are configured: the others prove nothing', async () => {
    const { verifyRegistration } = await import('../../src/factors/webauthn/verify-registration.js')
    const rp = { rpId: 'localhost', name: 'x', origins: [ORIGIN], topOrigins: [], attestationRoots: ['a root'] }
    const passkey = softPasskey({ origin: ORIGIN })
    const says = { attestation: () => ({ fmt: 'compound', attStmt: new Map() }) }
    const options = { challenge: 'Y2hhbGxlbmdl', rp: { id: 'localhost' }, user: { id: 'dXNlcg' } }
    const sent = JSON.parse(passkey.create(options, says)) as never
    const expected = { challenge: options.challenge, now: new Date() }
    expect((await verifyRegistration(rp, sent, expected)).kind).toBe('refused')
    expect((await verifyRegistration({ ...rp, attestationRoots: null }, sent, expected)).kind).toBe('verified')
  })

  it('steps up with an empty user handle, as keys that store nothing, and does not sign in with it', async () => {
    const { client, passkey, factorId } = await withPasskey(gateway)
    const { id, webauthn } = await challengedBy(client, factorId)
    const emptied = passkey.get(webauthn?.requestOptions as object, { userHandle: '' })
    expect((await verdictOf(sendPasskey(client, id, emptied))).__typename).toBe('ChallengePassed')
    const stranger = gateway.client()
    const named = passkey.get(await passkeyOptions(stranger), { userHandle: '' })
    expect(await triedPasskey(stranger, named)).toBe('UNAUTHENTICATED')
  })

  it('spends no attempt when it is malformed', async () => {
    const { client, passkey, factorId } = await withPasskey(gateway)
    const { id, webauthn } = await challengedBy(client, factorId)
    const right = passkey.get(webauthn?.requestOptions as object)
    for (const text of ['', '{}', 'null', right.slice(1), right.replace('"public-key"', '"password"'), `${right}x`]) {
      const answer = await sendPasskey(client, id, text)
      const verdict = answer.errors.length > 0 ? null : dataOf(answer).verifyChallenge
      if (verdict) expect(verdict).toMatchObject({ attemptsLeft: 5 })
    }
    expect((await verdictOf(sendPasskey(client, id, right))).__typename).toBe('ChallengePassed')
  })

  it('signs in from an Android app that is listed, and from no other', async () => {
    const { passkey } = await withPasskey(gateway)
    const other = APP.replace('47D', '58E')
    for (const [origin, outcome] of [
      [APP, 'SignedIn'],
      [other, 'UNAUTHENTICATED'],
      [APP.toLowerCase(), 'UNAUTHENTICATED'],
    ] as const) {
      const client = gateway.client()
      expect(await triedPasskey(client, passkey.get(await passkeyOptions(client), { origin }))).toBe(outcome)
    }
  })

  it('that is backed up may count on each of its devices; one that cannot be must count upwards', async () => {
    for (const [backupEligible, outcome] of [
      [true, 'SignedIn'],
      [false, 'UNAUTHENTICATED'],
    ] as const) {
      const passkey = softPasskey({ origin: ORIGIN, backupEligible, hasCounter: false })
      await enrollPasskey(await newcomer(), passkey, { signCount: 7 })
      const tried = async (signCount: number) => {
        const client = gateway.client()
        return triedPasskey(client, passkey.get(await passkeyOptions(client), { signCount }))
      }
      expect([await tried(7), await tried(3), await tried(0)]).toEqual([outcome, outcome, outcome])
    }
  })

  it('may be used by related origins, which browsers find at the domain', async () => {
    const served = await fetch(`${gateway.url}/.well-known/webauthn`)
    expect(served.headers.get('content-type')).toContain('application/json')
    expect(await served.json()).toEqual({ origins: RELATED })
    const single = await startGateway({ env: PASSKEY_ENV })
    expect((await fetch(`${single.url}/.well-known/webauthn`)).status).toBe(404)
    await single.close()
  })

  it.each([
    'android:apk-key-hash:short',
    `${APP}=`,
    APP.replaceAll('-', '+'),
    'android:com.example',
    'https://app.example.com/in',
    'https://*.example.com',
  ])('cannot come from %s, which stops the start', (origin) => {
    expect(() => readConfig({ STEPGATE_KEYS: newKeyText(), STEPGATE_WEBAUTHN_ORIGINS: origin })).toThrow(
      'STEPGATE_WEBAUTHN_ORIGINS',
    )
  })
})
