import type { Value } from '../../../src/store/index.js'
import type { AccountId, ChallengeId, DeviceId, FactorId, OrganizationId, SessionId } from '../../../src/kernel/ids.js'

/** Far ahead of any real clock, because the stores' cleanup uses its own. */
export const NOW = new Date('2100-03-01T09:00:00.000Z')
export const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000)
export const BEFORE = at(-600)
export const LATER = at(600)

export const ACCOUNT = 'a1' as AccountId
/** Active, with an open challenge to `APP`, a step-up context and a proof for one operation. */
export const SESSION = 's1' as SessionId
/** Waits for its second factor. */
export const PENDING = 's2' as SessionId
export const APP = 'f1' as FactorId
export const PHONE = 'f2' as FactorId
export const CODES = 'r1' as FactorId
/** They wait for their first proof. */
export const NEW_APP = 'e1' as FactorId
export const NEW_PHONE = 'e2' as FactorId
export const DEVICE = 'd1' as DeviceId
export const CHALLENGE = 'c1' as ChallengeId
export const PROMPT = 'c2' as ChallengeId
export const ENROLLMENT = 'c3' as ChallengeId
export const ORGANIZATION = 'o1' as OrganizationId
/** The key of the open step-up context. */
export const STEP_UP = 'k1'

type Fields = Readonly<Record<string, Value>>

export function factor(id: FactorId, type: string, material: Fields, over: Fields = {}): Fields {
  return {
    ...{ id, type, name: type, status: 'ACTIVE', createdAt: BEFORE, activatedAt: BEFORE, lastUsedAt: null },
    ...{ expiresAt: null, hint: null, replaces: null, consecutiveFailures: 0, material },
    ...over,
  }
}

export function challenge(id: ChallengeId, factorId: FactorId, factorType: string, over: Fields = {}): Fields {
  return {
    ...{ id, factorId, factorType, purpose: 'STEP_UP', createdAt: BEFORE, expiresAt: LATER, attemptsLeft: 5 },
    ...{ stepUpKey: null, question: {}, messages: 0, resendAvailableAt: null },
    ...over,
  }
}

const operationProof = {
  operationHash: 'operation',
  proof: { factorId: APP, type: 'TOTP', provedAt: BEFORE, methods: null },
}

export function session(id: SessionId, over: Fields = {}): Fields {
  return {
    ...{ id, signInId: id, firstFactor: 'PASSWORD', firstMethods: null, authentication: null, organizationId: null },
    ...{ state: 'active', admits: null, choosing: null, transport: 'BEARER', secretHash: `secret of ${id}` },
    refresh: { hash: `refresh of ${id}`, rotatedAt: BEFORE, keyId: 'k', generation: 0 },
    ...{ signedInAt: BEFORE, lastSeenAt: BEFORE, endsAt: LATER, proofs: {}, operationProof: null, stepUps: {} },
    ...{ deviceId: null, provedFrom: null, arrivedBy: null, fingerprint: {}, address: '127.0.0.1', userAgent: '' },
    challenges: {},
    ...over,
  }
}

export function device(id: DeviceId, over: Fields = {}): Fields {
  return {
    ...{ id, name: 'Browser', secretHash: 'device secret', keyId: 'k', rotatedAt: BEFORE, keyThumbprint: null },
    ...{ copiedAt: null, firstSeenAt: BEFORE, lastSeenAt: BEFORE, rememberedUntil: LATER, userAgent: '', address: '' },
    fingerprint: {},
    ...over,
  }
}

/** The challenges of the signed-in session. */
export const ASKED = {
  app: challenge(CHALLENGE, APP, 'TOTP', { stepUpKey: STEP_UP }),
  phone: challenge(PROMPT, PHONE, 'PUSH', { question: { state: 'waiting' } }),
  newApp: challenge(ENROLLMENT, NEW_APP, 'TOTP', { purpose: 'ENROLLMENT' }),
}

export const SIGNED_IN = session(SESSION, {
  organizationId: ORGANIZATION,
  operationProof,
  proofs: { [PHONE]: { factorId: PHONE, type: 'PUSH', provedAt: BEFORE, methods: null } },
  stepUps: { [STEP_UP]: { operationHash: null, forOperationOnly: false, factorIds: [], expiresAt: LATER } },
  challenges: { [APP]: ASKED.app, [PHONE]: ASKED.phone, [NEW_APP]: ASKED.newApp },
})

/** A person with everything under way at once. */
export const PERSON = {
  ...{ _id: ACCOUNT, email: 'ada@example.com', emailKey: 'ada@example.com', linkedTo: null, status: 'ACTIVE' },
  ...{ createdAt: BEFORE, passwordHash: 'password', passwordChangedAt: BEFORE, emailChangedAt: null },
  ...{ lastSignInAt: null, language: null, sealedProfile: 'profile' },
  factors: {
    [APP]: factor(APP, 'TOTP', { lastTimeStep: 5 }),
    [PHONE]: factor(PHONE, 'PUSH', { publicKey: 'key', sealedSubscription: 'subscription' }),
    [CODES]: factor(CODES, 'RECOVERY_CODE', { codes: {} }),
  },
  enrollments: {
    TOTP: factor(NEW_APP, 'TOTP', { lastTimeStep: 0 }, { status: 'PENDING', activatedAt: null }),
    PUSH: factor(
      NEW_PHONE,
      'PUSH',
      { connectHash: 'connect', connectUntil: LATER.getTime(), publicKey: null },
      { status: 'PENDING', activatedAt: null },
    ),
  },
  ...{ activeFactorCount: 2, recoverySets: 1, claims: ['claim'] },
  sessions: {
    [SESSION]: SIGNED_IN,
    [PENDING]: session(PENDING, {
      state: 'pending',
      challenges: { [PHONE]: challenge(PROMPT, PHONE, 'PUSH', { question: { state: 'waiting' } }) },
    }),
  },
  ...{
    trustRevision: 7,
    grantRevision: 4,
    devices: { [DEVICE]: device(DEVICE) },
    riskProfile: null,
    profileRevision: 2,
  },
  stepUpBudget: { windowStartedAt: BEFORE, failures: 1, lockedUntil: null },
  ...{ reEnrollSince: null, suspicionAt: null },
  memberships: {
    [ORGANIZATION]: {
      ...{ organizationId: ORGANIZATION, role: 'MEMBER', joinedAt: BEFORE, mfaOptIn: false, breakGlass: false },
    },
  },
  ...{ organizationIds: [ORGANIZATION], membershipRevision: 3, riskLabels: {} },
}

/** The person with some changes, as read by the caller. */
export const personWith = (over: Fields): typeof PERSON => ({ ...PERSON, ...over })

/** What can happen to the factor that must be left. */
export const THE_ONE_LEFT = {
  'the remaining one was disabled, and another one activated': { $set: { [`factors.${PHONE}.status`]: 'DISABLED' } },
  'the remaining one was given an expiry': { $set: { [`factors.${PHONE}.expiresAt`]: LATER } },
}
