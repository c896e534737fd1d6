import { constants, generateKeyPairSync, publicDecrypt } from 'node:crypto'
import type { PublicJwk } from '../../src/kernel/sound-key.js'
import { SignInWithExternalTokenDocument, MyDevicesDocument } from '../../schema/generated/graphql.js'
import { ask, eventsOf, verdictOf } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { degenerateKeys } from '../support/degenerate-keys.js'
import { softDeviceKey } from '../support/devices.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { AUDIENCE, nothing, signed, startIssuer, startTrusting, withRsa } from '../support/issuer.js'
import { beginPasskey, ORIGIN, PASSKEY_ENV, sendPasskey } from '../support/passkeys.js'
import { answer, passedOf, registered, signIn, withTotp } from '../support/person.js'
import { deviceWith, newKeyPair, withPush } from '../support/push-device.js'
import { newReceiver } from '../support/push-service.js'
import { softPasskey, type SaysOfNew } from '../support/soft-passkey.js'

const KEYS = degenerateKeys()
const bytes = (text: unknown): Uint8Array => new Uint8Array(Buffer.from(String(text), 'base64url'))

/** The COSE key equivalent to a JWK. */
function coseOf({ kty, x, y, n, e }: PublicJwk): Map<unknown, unknown> {
  if (kty === 'OKP') return new Map<unknown, unknown>([[1, 1], [3, -8], [-1, 6], [-2, bytes(x)]]) // prettier-ignore
  if (kty === 'RSA') return new Map<unknown, unknown>([[1, 3], [3, -257], [-1, bytes(n)], [-2, bytes(e)]]) // prettier-ignore
  return new Map<unknown, unknown>([[1, 2], [3, -7], [-1, 1], [-2, bytes(x)], [-3, bytes(y)]]) // prettier-ignore
}

const honest = (kind: 'ec' | 'ed25519' | 'rsa'): Map<unknown, unknown> => {
  const options = { ec: { namedCurve: 'P-256' }, ed25519: {}, rsa: { modulusLength: 2048 } }[kind]
  const { publicKey } = generateKeyPairSync(kind as 'ec', options as { namedCurve: string })
  return coseOf(publicKey.export({ format: 'jwk' }))
}
const changed = (key: Map<unknown, unknown>, label: number, value: unknown) => new Map(key).set(label, value)

const MISLABELLED: Readonly<Record<string, () => NonNullable<SaysOfNew['publicKey']>>> = {
  'a label that is not asked for': () => changed(honest('ec'), 4, [2]),
  'a key id beside the key': () => changed(honest('ed25519'), 2, new Uint8Array([1])),
  'a private part': () => changed(honest('ec'), -4, new Uint8Array(32)),
  'y as a sign': () => changed(honest('ec'), -3, true),
  'x as text': () => changed(honest('ec'), -2, 'x'.repeat(32)),
  'no y': () => {
    const key = honest('ec')
    key.delete(-3)
    return key
  },
  'EdDSA on P-256': () => changed(honest('ec'), 3, -8),
  'ES256 on P-384': () => changed(honest('ec'), -1, 2),
  'ES256 on secp256k1': () => changed(honest('ec'), -1, 8),
  'ES256 with an Ed25519 key': () => changed(honest('ed25519'), 3, -7),
  'EdDSA on X25519': () => changed(honest('ed25519'), -1, 4),
  'RS256 with a P-256 key': () => changed(honest('ec'), 3, -257),
  RS1: () => changed(honest('rsa'), 3, -65_535),
  PS256: () => changed(honest('rsa'), 3, -37),
  'ES256 by its new name': () => changed(honest('ec'), 3, -9),
  'an algorithm as text': () => changed(honest('ec'), 3, '-7'),
  'a label twice': () =>
    new Uint8Array(
      Buffer.concat([
        Buffer.from('a6010203262001215820', 'hex'),
        Buffer.from(honest('ec').get(-2) as Uint8Array),
        Buffer.from('225820', 'hex'),
        Buffer.from(honest('ec').get(-3) as Uint8Array),
        Buffer.from('0326', 'hex'),
      ]),
    ),
  'no map': () => new Uint8Array([0x80]),
  nothing: () => new Uint8Array(),
}

describe.each(STORES)('R141 degenerate keys, on the %s store', (store) => {
  let gateway: TestGateway
  let email: string
  let client: Client
  beforeAll(async () => {
    gateway = await startGateway({ store, env: PASSKEY_ENV })
  })
  afterAll(() => gateway.close())

  async function enrolled(publicKey: NonNullable<SaysOfNew['publicKey']>): Promise<string> {
    const { options, challengeId } = await beginPasskey(client)
    const created = softPasskey({ origin: ORIGIN }).create(options, { publicKey })
    return verdictOf(await sendPasskey(client, challengeId, created))
  }

  // Wrong answers lock an account, so each test has its own.
  beforeEach(async () => {
    email = await registered(gateway)
    client = (await signIn(gateway, email)).client
  })

  it.each(Object.keys(KEYS))('are refused when a passkey is enrolled: %s', async (name) => {
    expect(await enrolled(coseOf(KEYS[name] ?? {}))).toBe('CODE_INVALID')
    const [failed] = await eventsOf(gateway, email, 'challenge.failed')
    expect(failed?.outcome).toBe('FAILURE')
  })

  it.each(Object.keys(MISLABELLED))('are refused when they are mislabelled: %s', async (name) => {
    expect(await enrolled(MISLABELLED[name]?.() ?? new Map())).toBe('CODE_INVALID')
  })

  it.each(['ec', 'ed25519', 'rsa'] as const)('do not include an honest key (%s)', async (kind) => {
    expect(await enrolled(honest(kind))).toBe('PASSED')
  })

  it('never become the key of a device', async () => {
    const person = await withTotp(gateway)
    const key = await softDeviceKey(gateway)
    for (const [name, jwk] of Object.entries(KEYS).filter(([each]) => each.startsWith('P-256'))) {
      const { challengeFactor } = dataOf(await ask(person.client, person.authenticator.factorId))
      const proof = await key.proof({ header: { jwk } })
      const proving: Client = {
        ...person.client,
        send: (document, variables) => person.client.send(document, variables, { 'stepgate-device-proof': proof }),
      }
      passedOf(await answer(proving, challengeFactor.id, person.authenticator.code(), true))
      gateway.clock.advance(30)
      const bound = dataOf(await person.client.send(MyDevicesDocument)).myDevices.map((each) => each.bound)
      expect([name, bound]).toEqual([name, bound.map(() => false)])
    }
  })

  it('never become the key that messages to a browser are encrypted for', async () => {
    const { device } = await withPush(gateway)
    const { auth, p256dh } = newReceiver().keys
    const endpoint = 'https://fcm.googleapis.com/fcm/send/x'
    expect(codeOf(await device.subscribe({ endpoint, p256dh, auth }))).toBeNull()
    const off = Buffer.from(p256dh, 'base64url')
    off[64] = (off[64] ?? 0) ^ 1
    for (const bad of [off.toString('base64url'), Buffer.alloc(65, 4).toString('base64url'), `${p256dh}=`])
      expect(codeOf(await device.subscribe({ endpoint, p256dh: bad, auth }))).toBe('BAD_USER_INPUT')
  })

  it('never become the key of a device that answers prompts', async () => {
    const { publicKey } = newKeyPair()
    const off = Buffer.from(publicKey, 'base64url')
    off[90] = (off[90] ?? 0) ^ 1
    const { device } = await withPush(gateway)
    const forged = deviceWith(gateway, {
      device: device.device,
      audience: gateway.url,
      keys: { ...newKeyPair(), publicKey: off.toString('base64url') },
    })
    expect(codeOf(await forged.requests())).toBe('UNAUTHENTICATED')
  })
})

describe('R141 degenerate keys of a trusted issuer', () => {
  it('verify no token, while the honest keys beside them still do', async () => {
    const issuer = await startIssuer()
    const gateway = await startTrusting('embedded', [
      { issuer: issuer.url, audience: AUDIENCE, algorithms: ['RS256', 'ES256', 'EdDSA'] },
    ])
    try {
      const { n = '' } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
      const weak = { kty: 'RSA', n, e: 'AQ', kid: 'weak', alg: 'RS256', use: 'sig' }
      const neutral = { ...KEYS['Ed25519, the neutral element'], kid: 'neutral', alg: 'EdDSA', use: 'sig' }
      issuer.state.answer = (path) =>
        path === '/keys'
          ? { status: 200, body: JSON.stringify({ keys: [weak, neutral, ...issuer.keys().keys] }) }
          : null
      const seconds = Math.floor(gateway.clock.now().getTime() / 1000)
      const claims = (jti: string) => ({
        iss: issuer.url,
        aud: AUDIENCE,
        sub: jti,
        email: `${jti}@people.example`,
        iat: seconds,
        exp: seconds + 300,
        jti,
      })
      const send = (token: string) => gateway.client().send(SignInWithExternalTokenDocument, { input: { token } })

      // With the exponent 1 the padded digest is its own signature; with the neutral element (R, S) = (neutral, 0) is one.
      const forgedRsa = signed({ alg: 'RS256', kid: 'weak' }, claims('a'), (input) => paddedDigest(input))
      const forgedEd = signed({ alg: 'EdDSA', kid: 'neutral' }, claims('b'), () =>
        Buffer.concat([Buffer.from(`01${'00'.repeat(31)}`, 'hex'), Buffer.alloc(32)]),
      )
      expect(codeOf(await send(forgedRsa))).toBe('UNAUTHENTICATED')
      expect(codeOf(await send(forgedEd))).toBe('UNAUTHENTICATED')
      expect(codeOf(await send(signed({ alg: 'RS256', kid: 'weak' }, claims('c'), nothing)))).toBe('UNAUTHENTICATED')
      const good = signed({ alg: 'RS256', kid: 'rsa' }, claims('d'), withRsa(issuer.rsa.privateKey))
      expect(dataOf(await send(good)).signInWithExternalToken.__typename).toBe('SignedIn')
    } finally {
      await gateway.close()
      await issuer.close()
    }
  })
})

/** EMSA-PKCS1-v1_5 of 2048 bits (RFC 8017 section 9.2): made by a signature and its own public key. */
function paddedDigest(input: string): Buffer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const signature = withRsa(privateKey)(input)
  return publicDecrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, signature)
}
