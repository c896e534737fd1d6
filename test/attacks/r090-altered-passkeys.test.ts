import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { challenged, eventsOf, storedFactor, verdictOf } from '../support/answers.js'
import type { Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import {
  beginPasskey,
  ORIGIN,
  PASSKEY_ENV,
  passkeyOptions,
  sendPasskey,
  triedPasskey,
  withPasskey,
  type PersonWithPasskey,
} from '../support/passkeys.js'
import { registered, signIn } from '../support/person.js'
import { softPasskey, type SaysOfKnown, type SaysOfNew } from '../support/soft-passkey.js'

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

/** One mistake at a time in an otherwise right answer. */
const ALTERED: readonly (readonly [string, SaysOfKnown])[] = [
  ['R090 another type', { type: 'webauthn.create' }],
  ['R090 a type in other letters', { type: 'WebAuthn.get' }],
  ['R090 another challenge', { challenge: randomBytes(32).toString('base64url') }],
  ['R090 an empty challenge', { challenge: '' }],
  ['R090 another origin', { origin: 'https://localhost:4000' }],
  ['R090 an origin with a slash', { origin: `${ORIGIN}/` }],
  ['R090 a longer origin', { origin: `${ORIGIN}.evil.example` }],
  ['R090 another port', { origin: 'http://localhost:4001' }],
  ['R091 a frame', { crossOrigin: true }],
  ['R091 a frame on a named page', { crossOrigin: true, topOrigin: 'https://evil.example' }],
  ['R091 a page around it and no frame', { crossOrigin: false, topOrigin: ORIGIN }],
  ['R092 another relying party', { rpId: 'evil.example' }],
  ['R092 no user present', { up: false }],
  ['R093 a backup of an ineligible passkey', { be: false, bs: true }],
  ['R093 eligible for backup all at once', { be: true, bs: false }],
  ['R094 another credential', { id: randomBytes(32).toString('base64url') }],
  ['R094 another user handle', { userHandle: randomBytes(16).toString('base64url') }],
  ['R094 a user handle of one byte', { userHandle: 'AA' }],
  ['R095 a signature of another key', { signedBy: stranger }],
  ['R095 a signature with one bit changed', { signature: (right) => flipped(right) }],
  ['R095 a signature of one byte', { signature: () => Buffer.of(0) }],
  ['R099 bytes that follow', { trailing: randomBytes(4) }],
]

const ALTERED_NEW: readonly (readonly [string, SaysOfNew])[] = [
  ['R090 another type', { type: 'webauthn.get' }],
  ['R090 another challenge', { challenge: randomBytes(32).toString('base64url') }],
  ['R090 another origin', { origin: 'https://evil.example' }],
  ['R091 a frame', { crossOrigin: true }],
  ['R091 a frame on a named page', { crossOrigin: true, topOrigin: 'https://evil.example' }],
  ['R091 a page around it and no frame', { topOrigin: 'https://evil.example' }],
  ['R092 another relying party', { rpId: 'evil.example' }],
  ['R092 no user present', { up: false }],
  ['R093 a backup of an ineligible passkey', { be: false, bs: true }],
  ['R095 an algorithm that was not offered', { alg: -65_535 }],
  ['R095 an algorithm for another kind of key', { alg: -257 }],
  ['R097 a credential id of 1024 bytes', { credentialId: randomBytes(1024) }],
  ['R097 no credential id', { credentialId: Buffer.of() }],
  ['R099 bytes that follow', { trailing: randomBytes(4) }],
]

function flipped(signature: Buffer): Buffer {
  const copy = Buffer.from(signature)
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1
  return copy
}

describe.each(STORES)('an altered passkey answer, on the %s store', (store) => {
  let gateway: TestGateway
  let person: PersonWithPasskey
  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...PASSKEY_ENV, STEPGATE_STEP_UP_LIMIT: '100000/900' } })
    person = await withPasskey(gateway)
  })
  afterAll(() => gateway.close())

  const asked = async (client: Client, factorId: string) => {
    const { id, webauthn } = await challenged(client, factorId)
    return { id, options: webauthn?.requestOptions as object }
  }

  it.each(ALTERED)('does not step up: %s', async (_, says) => {
    const { client, passkey, factorId, email } = person
    const before = (await storedFactor(gateway, email, factorId)).material
    const { id, options } = await asked(client, factorId)
    expect(verdictOf(await sendPasskey(client, id, passkey.get(options, says)))).toBe('CODE_INVALID')
    expect((await storedFactor(gateway, email, factorId)).material).toEqual(before)
    const again = await asked(client, factorId)
    expect(verdictOf(await sendPasskey(client, again.id, passkey.get(again.options)))).toBe('PASSED')
  })

  it.each([
    ...ALTERED,
    ['R092 no user verified', { uv: false }],
    ['R094 no user handle', { userHandle: null }],
  ] as const)('does not sign in: %s', async (_, says) => {
    const client = gateway.client()
    const answer = person.passkey.get(await passkeyOptions(client), says)
    expect(await triedPasskey(client, answer)).toBe('UNAUTHENTICATED')
    expect(client.cookies.size).toBe(0)
  })

  it.each(ALTERED_NEW)('is not enrolled: %s', async (_, says) => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { options, challengeId, factorId } = await beginPasskey(client)
    const passkey = softPasskey({ origin: ORIGIN })
    expect(verdictOf(await sendPasskey(client, challengeId, passkey.create(options, says)))).toBe('CODE_INVALID')
    expect(await storedFactor(gateway, email, factorId)).toMatchObject({ status: 'PENDING', material: {} })
    expect(verdictOf(await sendPasskey(client, challengeId, passkey.create(options)))).toBe('PASSED')
  })

  it('R092 steps up without user verification, and the stored proof says so', async () => {
    const { client, passkey, factorId, email } = person
    const { id, options } = await asked(client, factorId)
    expect(verdictOf(await sendPasskey(client, id, passkey.get(options, { uv: false })))).toBe('PASSED')
    expect((await storedFactor(gateway, email, factorId)).material).toMatchObject({ userVerified: 0 })
  })

  it('R093 accepts a changed backup state, but never a changed backup eligibility', async () => {
    const { client, passkey, factorId, email } = await withPasskey(gateway, { backupEligible: true })
    const { id, options } = await asked(client, factorId)
    expect(verdictOf(await sendPasskey(client, id, passkey.get(options, { bs: false })))).toBe('PASSED')
    expect((await storedFactor(gateway, email, factorId)).material).toMatchObject({ backedUp: 0 })
    const again = await asked(client, factorId)
    const changed = passkey.get(again.options, { be: false, bs: false })
    expect(verdictOf(await sendPasskey(client, again.id, changed))).toBe('CODE_INVALID')
    const [failed] = await eventsOf(gateway, email, 'challenge.failed')
    expect(failed?.reason).toBe('backup-eligibility-changed')
  })

  it('R096 does not step up when the counter goes backwards, and the audit log says so', async () => {
    const { client, passkey, factorId, email } = await withPasskey(gateway)
    const { id, options } = await asked(client, factorId)
    expect(verdictOf(await sendPasskey(client, id, passkey.get(options, { signCount: 9 })))).toBe('PASSED')
    for (const signCount of [9, 8, 0]) {
      const again = await asked(client, factorId)
      const copied = passkey.get(again.options, { signCount })
      expect(verdictOf(await sendPasskey(client, again.id, copied))).toBe('CODE_INVALID')
    }
    expect(await eventsOf(gateway, email, 'passkey.counter_regressed')).toHaveLength(3)
    const [failed] = await eventsOf(gateway, email, 'challenge.failed')
    expect(failed?.reason).toBe('counter-regressed')
    expect((await storedFactor(gateway, email, factorId)).material).toMatchObject({ signCount: 9 })
  })

  it('R095 is accepted with the algorithms offered: ES256, EdDSA and RS256', async () => {
    for (const kind of ['ES256', 'EdDSA', 'RS256'] as const) {
      const { client, passkey, factorId } = await withPasskey(gateway, { kind })
      const { id, options } = await asked(client, factorId)
      expect(verdictOf(await sendPasskey(client, id, passkey.get(options)))).toBe('PASSED')
    }
  })

  it('R099 is accepted with unknown extensions and members', async () => {
    const { client, passkey, factorId } = person
    const { id, options } = await asked(client, factorId)
    const answer = passkey.get(options, { extensions: new Map([['unheardOf', true]]) })
    const more = JSON.stringify({
      ...(JSON.parse(answer) as object),
      unheardOf: [{}],
      clientExtensionResults: { a: 1 },
    })
    expect(verdictOf(await sendPasskey(client, id, more))).toBe('PASSED')
  })

  it('R091 is accepted from inside a frame when the outer page is named', async () => {
    const top = 'https://portal.example'
    const framed = await startGateway({ store, env: { ...PASSKEY_ENV, STEPGATE_WEBAUTHN_TOP_ORIGINS: top } })
    try {
      const email = await registered(framed)
      const { client } = await signIn(framed, email)
      const { options, challengeId } = await beginPasskey(client)
      const passkey = softPasskey({ origin: ORIGIN })
      const inFrame = { crossOrigin: true, topOrigin: top }
      for (const says of [{ crossOrigin: true }, { ...inFrame, topOrigin: `${top}.evil` }, { topOrigin: top }]) {
        expect(verdictOf(await sendPasskey(client, challengeId, passkey.create(options, says)))).toBe('CODE_INVALID')
      }
      expect(verdictOf(await sendPasskey(client, challengeId, passkey.create(options, inFrame)))).toBe('PASSED')
      const stranger = framed.client()
      const elsewhere = { ...inFrame, topOrigin: 'https://evil.example' }
      expect(await triedPasskey(stranger, passkey.get(await passkeyOptions(stranger), elsewhere))).toBe(
        'UNAUTHENTICATED',
      )
      expect(await triedPasskey(stranger, passkey.get(await passkeyOptions(stranger), inFrame))).toBe('SignedIn')
    } finally {
      await framed.close()
    }
  })
})
