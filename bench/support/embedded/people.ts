import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Challenge } from '../../../src/challenges/index.js'
import type { Device } from '../../../src/devices/index.js'
import type { Factor } from '../../../src/factors/index.js'
import type { FactorType } from '../../../src/kernel/factor-type.js'
import type { AccountId, ChallengeId, DeviceId, FactorId, SessionId } from '../../../src/kernel/ids.js'
import { newDocument, type PersonDocument } from '../../../src/store/person-document.js'

/** How much an account has: most are new, a few are full. */
const KINDS = [
  { share: 0.7, sessions: 1, devices: 1, factors: ['TOTP', 'RECOVERY_CODE'] },
  { share: 0.25, sessions: 5, devices: 4, factors: ['TOTP', 'SMS', 'WEBAUTHN', 'RECOVERY_CODE'] },
  {
    share: 0.05,
    sessions: 20,
    devices: 20,
    factors: [
      'TOTP',
      'TOTP',
      'SMS',
      'SMS',
      'EMAIL',
      'WEBAUTHN',
      'WEBAUTHN',
      'WEBAUTHN',
      'PUSH',
      'PUSH',
      'RECOVERY_CODE',
    ],
  },
] as const satisfies readonly { share: number; sessions: number; devices: number; factors: readonly FactorType[] }[]

const AGENT =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const text = (bytes: number): string => randomBytes(bytes).toString('base64url')
const hash = (): string => createHash('sha256').update(randomBytes(8)).digest('base64url')
const some = (count: number): number[] => Array.from({ length: count }, (_, n) => n)

/** The n-th of `count` accounts, in the shape that the gateway stores. */
export function person(n: number, count: number, now: Date): PersonDocument {
  const kind = KINDS.find((_, at) => n < count * KINDS.slice(0, at + 1).reduce((sum, { share }) => sum + share, 0))
  const { sessions, devices, factors } = kind ?? KINDS[0]
  const email = `person-${n}@example.org`
  const createdAt = new Date(now.getTime() - (count - n) * 60_000)
  const document = newDocument({
    id: randomUUID() as AccountId,
    ...{ email, emailKey: email, linkedTo: null, status: 'ACTIVE', createdAt },
    passwordHash: `$argon2id$v=19$m=19456,t=2,p=1$${text(16)}$${text(32)}`,
    passwordChangedAt: createdAt,
    ...{ emailChangedAt: null, lastSignInAt: now, language: null, languageIsChosen: false },
    sealedProfile: n % 2 === 0 ? null : `v1.${text(8)}.${text(220)}`,
    roles: {},
  })
  const known = some(devices).map(() => device(now))
  const kept = factors.map((type) => factor(type, now))
  return {
    ...document,
    activeFactorCount: kept.length - 1,
    recoverySets: 1,
    trustRevision: sessions,
    factors: byId(kept),
    devices: byId(known),
    riskProfile: text(900) as PersonDocument['riskProfile'],
    sessions: byId(some(sessions).map((at) => session(now, known[at % known.length] as Device, kept))),
  }
}

const byId = <T extends { readonly id: string }>(records: readonly T[]): Record<T['id'], T> =>
  Object.fromEntries(records.map((record) => [record.id, record])) as Record<T['id'], T>

function device(now: Date): Device {
  return {
    id: randomUUID() as DeviceId,
    name: 'Chrome on macOS',
    secretHash: hash(),
    keyId: text(6),
    rotatedAt: now,
    presentedAt: now,
    keyThumbprint: null,
    copiedAt: null,
    firstSeenAt: now,
    lastSeenAt: now,
    rememberedUntil: now,
    rememberedWith: 'TOTP',
    userAgent: AGENT,
    address: '203.0.113.9',
    fingerprint: { timeZone: text(6), languages: text(6), platform: text(6), screen: text(6) },
  }
}

function factor(type: FactorType, now: Date): Factor {
  const codes = Object.fromEntries(some(10).map((n) => [String(n), hash()]))
  return {
    id: randomUUID() as FactorId,
    type,
    name: type,
    status: 'ACTIVE',
    ...{ createdAt: now, activatedAt: now, lastUsedAt: now, expiresAt: null, hint: null, replaces: null },
    consecutiveFailures: 0,
    material:
      type === 'RECOVERY_CODE' ? { codes } : { sealedSecret: `v1.${text(8)}.${text(90)}`, lastTimeStep: 59_000_000 },
  }
}

function session(
  now: Date,
  { id: deviceId }: Device,
  factors: readonly Factor[],
): PersonDocument['sessions'][SessionId] {
  const id = randomUUID() as SessionId
  const [first] = factors
  const observation = {
    place: { kind: 'place', place: { country: 'DE', latitude: 52.5, longitude: 13.4, radiusKm: 50 } },
    network: { asn: 3320, prefix: 4_021_220_123_441, subnet: 120_339_441_233, host: 231_220_129_441 },
    agent: { system: 97_331_120_442, browser: 120_993_124_212, major: 140 },
    language: 12_391_129_331,
    timeZone: 91_202_339_120,
  }
  const record = {
    ...{ id, signInId: id, firstFactor: 'PASSWORD', firstMethods: null, authentication: null, organizationId: null },
    ...{ state: 'active', admits: null, choosing: null, grantRevision: null, transport: 'COOKIE', secretHash: hash() },
    ...{ refresh: null, presentedAt: now, signedInAt: now, lastSeenAt: now, endsAt: new Date(now.getTime() + 1e9) },
    proofs: first ? { [first.id]: { factorId: first.id, type: first.type, provedAt: now, methods: null } } : {},
    operationProof: null,
    stepUps: {},
    deviceId,
    provedFrom: { observation, provedAt: now },
    arrivedBy: { score: -3.2, isRuled: false, deviceToken: 'trusted', isOwnDevice: true, fingerprintBin: 2 },
    fingerprint: { timeZone: text(6), languages: text(6), platform: text(6), screen: text(6) },
    ...{ address: '203.0.113.9', userAgent: AGENT },
    challenges: first ? { [first.id]: challenge(first, now) } : {},
  }
  return record as unknown as PersonDocument['sessions'][SessionId]
}

function challenge({ id: factorId, type }: Factor, now: Date): Challenge {
  return {
    id: randomUUID() as ChallengeId,
    purpose: 'STEP_UP',
    factorId,
    factorType: type,
    ...{ createdAt: now, expiresAt: now, attemptsLeft: 3, stepUpKey: null, question: {}, messages: 0 },
    resendAvailableAt: null,
  }
}
