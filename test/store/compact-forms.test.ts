import fc from 'fast-check'
import type { ChallengedSession } from '../../src/challenges/index.js'
import type { Device } from '../../src/devices/index.js'
import type { Factor } from '../../src/factors/index.js'
import { newId, type DeviceId, type FactorId, type SessionId } from '../../src/kernel/ids.js'
import type { Observation } from '../../src/risk/index.js'
import { fullAgent, shortAgent } from '../../src/store/compact/agent-text.js'
import { compactDevice, readDevice } from '../../src/store/compact/compact-device.js'
import { compactFactor, readFactor } from '../../src/store/compact/compact-factor.js'
import { compactSession, readSession } from '../../src/store/compact/compact-session.js'

type Stored = Readonly<Record<string, unknown>>

const NOW = new Date('2100-03-01T09:00:00.123Z')
const LATER = new Date('2100-03-02T09:00:00Z')
const ID = newId<SessionId>()
const [APP, KEY] = [newId<FactorId>(), newId<FactorId>()]

const OBSERVATION: Observation = {
  ...{ country: 1, network: 2 ** 48 - 1, prefix: 3, subnet: 4, host: 5, networkClass: 'vpn' },
  place: { latitude: 52.5, longitude: -13.4, radiusKm: 50 },
  ...{ agent: { system: 6, browser: 7, major: 129 }, language: 8, timeZone: 0, device: 9 },
}

const SESSION: ChallengedSession = {
  ...{ id: ID, signInId: newId<SessionId>(), firstFactor: 'MAGIC_LINK', firstMethods: ['pwd'], authentication: null },
  ...{ organizationId: null, state: 'active', admits: null, choosing: null, grantRevision: 4, transport: 'BEARER' },
  ...{ secretHash: 'secret', refresh: { hash: 'h', rotatedAt: NOW, keyId: 'k', generation: 2 } },
  ...{ replaces: newId<SessionId>(), presentedAt: NOW, signedInAt: NOW, lastSeenAt: LATER, endsAt: LATER },
  proofs: {
    [APP]: { factorId: APP, type: 'TOTP', provedAt: NOW, methods: null },
    [KEY]: { factorId: KEY, type: 'WEBAUTHN', provedAt: LATER, methods: ['hwk', 'user'] },
  },
  operationProof: null,
  stepUps: {
    key: { operationHash: 'o', forOperationOnly: true, factorIds: [KEY], grantRevision: 4, expiresAt: LATER },
    other: { operationHash: null, forOperationOnly: false, factorIds: [], expiresAt: LATER },
  },
  ...{ challenges: {}, deviceId: newId<DeviceId>(), provedFrom: { observation: OBSERVATION, provedAt: LATER } },
  arrivedBy: { score: -6.3, isRuled: false, deviceToken: 'known', isOwnDevice: true, fingerprintBin: 3 },
  fingerprint: { timeZone: 'AAAA', 'a name of its own': '_-09' },
  ...{ address: '203.0.113.9', userAgent: 'curl/8.1' },
}

const DEVICE: Device = {
  ...{ id: newId<DeviceId>(), name: 'Chrome on Windows', secretHash: 'secret', keyId: 'k1', rotatedAt: NOW },
  ...{ handedTo: ID, keyThumbprint: null, copiedAt: null, firstSeenAt: NOW, lastSeenAt: LATER },
  ...{ rememberedUntil: LATER, rememberedWith: 'PUSH', address: '2001:db8::1', fingerprint: { screen: 'AAAA' } },
}

const FACTOR: Factor = {
  ...{ id: APP, type: 'TOTP', name: 'App', status: 'ACTIVE', createdAt: NOW, activatedAt: NOW, lastUsedAt: null },
  ...{ expiresAt: null, hint: null, replaces: null, consecutiveFailures: 0, material: { digits: 6 } },
}

const asStored = (value: unknown): Stored => value as Stored

describe('a session in its compact form', () => {
  const readBack = (session: ChallengedSession) => readSession(session.id, asStored(compactSession(session)))

  it.each<[string, Partial<ChallengedSession>]>([
    ['as it is', {}],
    ['that waits for one of two factors', { state: 'pending', admits: [APP, KEY], proofs: {} }],
    ['that no factor may finish', { state: 'pending', admits: [] }],
    ['whose step-up admits what it admits', { admits: [KEY] }],
    ['of a cookie, that a sign-in began', { transport: 'COOKIE', refresh: null, signInId: SESSION.replaces! }],
    [
      'without a place or a browser version',
      {
        provedFrom: {
          observation: {
            ...OBSERVATION,
            prefix: 2 ** 48 - 1,
            place: null,
            agent: { system: 0, browser: 0, major: null },
          },
          provedAt: NOW,
        },
      },
    ],
    ['from an address that is no address', { address: 'unknown', userAgent: '\u0001\u0000 odd\n' }],
    ['from an address that is written oddly', { address: '010.1.1.1' }],
    [
      'that was proved before it began, by a clock that went back',
      { signedInAt: LATER, provedFrom: { observation: OBSERVATION, provedAt: NOW } },
    ],
    [
      'with a version that no browser has',
      {
        provedFrom: {
          observation: { ...OBSERVATION, agent: { system: 1, browser: 1, major: 2 ** 50 } },
          provedAt: NOW,
        },
      },
    ],
    [
      'that an older version began',
      { arrivedBy: { score: 1, isRuled: true, deviceToken: 'none', fingerprintBin: null } },
    ],
  ])('%s is read as it was', (_, over) => {
    const session = { ...SESSION, ...over }
    expect(readBack(session)).toEqual(session)
  })

  it('is read from its older form too, with short hashes of what its client reported', () => {
    const hash = `k1.${Buffer.alloc(32, 7).toString('base64url')}`
    const former = { ...SESSION, fingerprint: { timeZone: hash } }
    expect(readSession(ID, asStored(former))).toEqual({ ...SESSION, fingerprint: { timeZone: 'BwcH' } })
  })

  it('yields to what was stored by itself', () => {
    const stored = { ...asStored(compactSession(SESSION)), address: '198.51.100.7' }
    expect(readSession(ID, stored).address).toBe('198.51.100.7')
  })

  it.each(['', 'AA', 'AgAA', 'no text of ours', 'A'.repeat(400)])('is over when its text is %j', (packed) => {
    const session = readSession(ID, { ...asStored(compactSession(SESSION)), packed })
    expect(session.endsAt).toEqual(new Date(0))
  })

  it('is over when the end of its text is missing or something follows it', () => {
    const stored = asStored(compactSession(SESSION))
    const text = String(stored['packed'])
    for (const packed of [text.slice(0, -4), `${text}AAAA`])
      expect(readSession(ID, { ...stored, packed }).endsAt).toEqual(new Date(0))
  })

  it('proves nothing by a proof that cannot be read', () => {
    const stored = { ...asStored(compactSession(SESSION)), proofs: { [APP]: 'TOTP', [KEY]: 'MAGIC 1' } }
    expect(readSession(ID, stored).proofs).toEqual({})
  })

  it('of which little is left admits no factor and is not live', () => {
    const session = readSession(ID, { secretHash: 'secret', supersededAt: NOW, endsAt: LATER })
    expect(session).toMatchObject({
      isRetired: true,
      state: 'pending',
      admits: [],
      proofs: {},
      firstFactor: 'EXTERNAL_MESSAGE',
    })
    expect(session.lastSeenAt).toEqual(new Date(0))
  })
})

describe('a device in its compact form', () => {
  const readBack = (device: Device) => readDevice(device.id, asStored(compactDevice(device)))

  it.each<[string, Partial<Device>]>([
    ['as it is', {}],
    ['with a name of its owner’s choice', { name: 'Kitchen 🍳' }],
    ['of an unknown kind', { name: 'Unknown device' }],
    ['that was copied, and is bound to a key', { copiedAt: NOW, keyThumbprint: 'thumbprint', rememberedUntil: null }],
    ['that was seen before it was seen first', { lastSeenAt: NOW, firstSeenAt: LATER }],
  ])('%s is read as it was', (_, over) => {
    const device = { ...DEVICE, ...over }
    expect(readBack(device)).toEqual(device)
  })

  it('has the name its owner gave it later', () => {
    expect(readDevice(DEVICE.id, { ...asStored(compactDevice(DEVICE)), name: 'Mine' }).name).toBe('Mine')
  })

  it('has the same standing when only that is read', () => {
    const { rememberedUntil, packed } = asStored(compactDevice(DEVICE))
    const standing = { rememberedUntil: LATER, copiedAt: null, rememberedWith: 'PUSH' }
    expect(readDevice(DEVICE.id, { rememberedUntil, packed })).toEqual(standing)
    expect(readDevice(DEVICE.id, { rememberedUntil, rememberedWith: 'PUSH' })).toEqual(standing)
  })

  it('counts as copied when its text cannot be read', () => {
    const device = readDevice(DEVICE.id, { ...asStored(compactDevice(DEVICE)), packed: 'AA' })
    expect([device.copiedAt !== null, device.rememberedUntil]).toEqual([true, null])
  })
})

describe('a factor in its compact form', () => {
  it('is read as it was, under its id or under its type', () => {
    expect(readFactor(APP, asStored(compactFactor(FACTOR, APP)))).toEqual(FACTOR)
    expect(readFactor('TOTP', asStored(compactFactor(FACTOR, 'TOTP')))).toEqual(FACTOR)
  })

  it('without any material yet is no summary', () => {
    const waiting = { ...FACTOR, material: {} }
    expect(readFactor('WEBAUTHN', asStored(compactFactor(waiting, 'WEBAUTHN')))).toEqual(waiting)
  })

  it('is a summary when only that was read', () => {
    const { material, ...read } = asStored(compactFactor(FACTOR, APP))
    const { material: _, replaces, ...summary } = FACTOR
    expect(material).toEqual({ digits: 6 })
    expect(readFactor(APP, read)).toEqual(summary)
  })
})

describe('a user agent', () => {
  it('is read back unchanged, for any value', () => {
    const fragment = fc.constantFrom('Mozilla/5.0 (', '.0.0.0 Safari/537.36', '\u0001', '\u0000', '; rv:', ' Edg/', 'é')
    const agent = fc.array(fc.oneof(fragment, fc.string())).map((parts) => parts.join(''))
    fc.assert(fc.property(agent, (userAgent) => fullAgent(shortAgent(userAgent)) === userAgent))
  })

  it('of a usual browser takes a few characters', () => {
    const chrome =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36'
    expect(shortAgent(chrome).length).toBeLessThan(10)
  })
})
