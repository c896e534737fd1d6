import type { Challenge, ChallengeStore } from '../../../../src/challenges/index.js'
import {
  ACCOUNT,
  APP,
  ASKED,
  BEFORE,
  CHALLENGE,
  CODES,
  DEVICE,
  ENROLLMENT,
  LATER,
  NEW_APP,
  NOW,
  PENDING,
  PERSON,
  PHONE,
  SESSION,
  SIGNED_IN,
  STEP_UP,
  challenge,
  device,
  factor,
  personWith,
  session,
  THE_ONE_LEFT,
} from '../documents.js'
import { EVENTS } from '../events.js'
import type { Interleaving } from '../interleaving.js'

type Input<V extends 'open' | 'openEnrollment' | 'spendAttempt' | 'pass'> = Parameters<ChallengeStore[V]>[0]

const person = { collection: 'accounts', document: PERSON } as const
const yesOrNo = { ...person, done: true, refused: false } as const
const address = { accountId: ACCOUNT, sessionId: SESSION, factorId: APP } as const
const path = `sessions.${SESSION}`
const asked = `${path}.challenges.${APP}`
const asRead = SIGNED_IN
const budget = {
  guard: { windowStartedAt: BEFORE, lockedUntil: null, failures: { $lt: 9 } },
  change: { $inc: { failures: 1 } },
}

const GONE = {
  'the session ended': { $unset: { [path]: true } },
} as const
const FACTOR_CHANGED = {
  'the factor is gone': { $unset: { [`factors.${APP}`]: true } },
  'the factor was disabled': { $set: { [`factors.${APP}.status`]: 'DISABLED' } },
} as const
const BUDGET_MOVED = {
  'another window of the budget began': { $set: { 'stepUpBudget.windowStartedAt': NOW } },
} as const

/** A right answer to the challenge of the app. */
const passing = (over: object = {}): Input<'pass'> =>
  ({
    ...address,
    ...{ challengeId: CHALLENGE, stepUpKey: STEP_UP, at: NOW, activation: null, before: asRead, arrival: null },
    advance: { where: { lastTimeStep: 5 }, set: { lastTimeStep: 6 }, unset: [] },
    budget: { guard: { windowStartedAt: BEFORE }, change: { $inc: { failures: -1 }, $set: { lockedUntil: null } } },
    raised: session('s9' as typeof SESSION, {
      operationProof: SIGNED_IN['operationProof'] ?? null,
      proofs: SIGNED_IN['proofs'] ?? {},
    }),
    ...{
      restartedProfile: null,
      lost: null,
      trustRevision: 7,
      grantedOn: 4,
      reEnrollment: null,
      drop: [],
      retires: [],
      events: EVENTS,
    },
    supersedes: { sessionId: SESSION, at: NOW, before: null, unpresented: [], drop: [] },
    ...over,
  }) as unknown as Input<'pass'>

const passes = { verb: 'challenges.pass', ...person, done: 'passed', refused: 'changed' } as const

const PASS_RIVALS: Interleaving['rivals'] = {
  'the challenge was answered': { $unset: { [asked]: true } },
  'the challenge was replaced': { $set: { [`${asked}.id`]: 'c9' } },
  'the session is gone': { $unset: { [path]: true } },
  'another session replaced it': { $set: { [`${path}.supersededAt`]: BEFORE } },
  ...FACTOR_CHANGED,
  'trust was revoked': { $inc: { grantRevision: 1 } },
  'the code was used': { $set: { [`factors.${APP}.material.lastTimeStep`]: 6 } },
  ...BUDGET_MOVED,
  'the step-up was closed': { $unset: { [`${path}.stepUps.${STEP_UP}`]: true } },
  'the session switched its organization': { $set: { [`${path}.organizationId`]: null } },
  'the proof for one operation was spent': { $set: { [`${path}.operationProof`]: null } },
  'a proof was removed with its factor': { $unset: { [`${path}.proofs.${PHONE}`]: true } },
}

const enrolling = {
  ...{ factorId: NEW_APP, challengeId: ENROLLMENT, stepUpKey: null },
  advance: { where: { lastTimeStep: 0 }, set: { lastTimeStep: 6 }, unset: [] },
}
const activation = {
  factor: factor(NEW_APP, 'TOTP', { lastTimeStep: 0 }),
  ...{ recovery: null, replacesRecovery: [], removes: [], removesActive: 0, countBefore: 2, maxFactors: 3 },
  ...{ claim: null, keptClaims: [], keeps: [] },
}
const ENROLL_RIVALS: Interleaving['rivals'] = {
  'the challenge was answered': { $unset: { [`${path}.challenges.${NEW_APP}`]: true } },
  'the session is gone': { $unset: { [path]: true } },
  'another session replaced it': { $set: { [`${path}.supersededAt`]: BEFORE } },
  'another one is enrolled': { $set: { 'enrollments.TOTP.id': 'e9' } },
  'trust was revoked': { $inc: { grantRevision: 1 } },
  'the enrolment is over': { $set: { 'enrollments.TOTP.status': 'ACTIVE' } },
  'the code was used': { $set: { 'enrollments.TOTP.material.lastTimeStep': 6 } },
  ...BUDGET_MOVED,
  'the session switched its organization': { $set: { [`${path}.organizationId`]: null } },
  'the proof for one operation was spent': { $set: { [`${path}.operationProof`]: null } },
  'a proof was removed with its factor': { $unset: { [`${path}.proofs.${PHONE}`]: true } },
}

export const CHALLENGES: readonly Interleaving[] = [
  {
    verb: 'challenges.open',
    when: 'in place of another',
    ...yesOrNo,
    act: ({ challenges }) =>
      challenges.open({
        ...{ accountId: ACCOUNT, sessionId: SESSION, replaces: ASKED.app as unknown as Challenge },
        challenge: challenge('c9' as typeof CHALLENGE, APP, 'TOTP', { stepUpKey: STEP_UP }) as unknown as Challenge,
        advance: { where: { lastTimeStep: 5 }, set: { asks: 1 }, unset: [] },
        spends: null,
        events: EVENTS,
      }),
    rivals: {
      'the session is gone': { $unset: { [path]: true } },
      ...FACTOR_CHANGED,
      'another session challenged the factor': { $set: { [`factors.${APP}.material.lastTimeStep`]: 6 } },
      'the challenge was replaced': { $set: { [`${asked}.id`]: 'c8' } },
      'an attempt was spent': { $inc: { [`${asked}.attemptsLeft`]: -1 } },
      'the step-up was closed': { $unset: { [`${path}.stepUps.${STEP_UP}`]: true } },
    },
  },
  {
    verb: 'challenges.open',
    when: 'where there is none',
    ...yesOrNo,
    act: ({ challenges }) =>
      challenges.open({
        ...{ accountId: ACCOUNT, sessionId: PENDING, replaces: null, advance: null, spends: null },
        challenge: challenge('c9' as typeof CHALLENGE, APP, 'TOTP') as unknown as Challenge,
        events: EVENTS,
      }),
    rivals: {
      'the session is gone': { $unset: { [`sessions.${PENDING}`]: true } },
      ...FACTOR_CHANGED,
      'the same was asked': { $set: { [`sessions.${PENDING}.challenges.${APP}`]: challenge(CHALLENGE, APP, 'TOTP') } },
    },
  },
  {
    verb: 'challenges.open',
    when: 'with an attempt spent at once',
    ...yesOrNo,
    act: ({ challenges }) =>
      challenges.open({
        ...{ accountId: ACCOUNT, sessionId: PENDING, replaces: null, advance: null },
        challenge: challenge('c9' as typeof CHALLENGE, APP, 'TOTP') as unknown as Challenge,
        spends: { consecutiveFailures: 0, budget },
        events: EVENTS,
      }),
    rivals: {
      'the session is gone': { $unset: { [`sessions.${PENDING}`]: true } },
      ...FACTOR_CHANGED,
      'the same was asked': { $set: { [`sessions.${PENDING}.challenges.${APP}`]: challenge(CHALLENGE, APP, 'TOTP') } },
      'the factor failed elsewhere': { $inc: { [`factors.${APP}.consecutiveFailures`]: 1 } },
      ...BUDGET_MOVED,
      'step-up was locked': { $set: { 'stepUpBudget.lockedUntil': LATER } },
      'the budget was used up': { $set: { 'stepUpBudget.failures': 9 } },
    },
  },
  {
    verb: 'challenges.openEnrollment',
    when: 'in place of another',
    ...yesOrNo,
    act: ({ challenges }) =>
      challenges.openEnrollment({
        ...{ accountId: ACCOUNT, sessionId: SESSION, replaces: NEW_APP, drop: [NEW_APP], events: EVENTS },
        challenge: challenge('c9' as typeof CHALLENGE, 'e9' as typeof APP, 'TOTP'),
        factor: factor('e9' as typeof APP, 'TOTP', {}, { status: 'PENDING' }),
      } as unknown as Input<'openEnrollment'>),
    rivals: {
      'the session is gone': { $unset: { [path]: true } },
      'another enrolment began': { $set: { 'enrollments.TOTP.id': 'e8' } },
      'the enrolment was proved': { $unset: { 'enrollments.TOTP': true } },
    },
  },
  {
    verb: 'challenges.openEnrollment',
    when: 'where there is none',
    ...yesOrNo,
    act: ({ challenges }) =>
      challenges.openEnrollment({
        ...{ accountId: ACCOUNT, sessionId: SESSION, replaces: null, drop: [], events: EVENTS },
        challenge: challenge('c9' as typeof CHALLENGE, 'e9' as typeof APP, 'SMS'),
        factor: factor('e9' as typeof APP, 'SMS', {}, { status: 'PENDING' }),
      } as unknown as Input<'openEnrollment'>),
    rivals: {
      'the session is gone': { $unset: { [path]: true } },
      'another enrolment began': { $set: { 'enrollments.SMS': factor('e8' as typeof APP, 'SMS', {}) } },
    },
  },
  {
    verb: 'challenges.spendAttempt',
    ...yesOrNo,
    act: ({ challenges }) =>
      challenges.spendAttempt({
        ...address,
        ...{ challenge: ASKED.app, isEnrollment: false, now: NOW, consecutiveFailures: 0, budget },
      } as unknown as Input<'spendAttempt'>),
    rivals: {
      'the challenge was replaced': { $set: { [`${asked}.id`]: 'c9' } },
      'the challenge expired': { $set: { [`${asked}.expiresAt`]: NOW } },
      'an attempt was spent': { $inc: { [`${asked}.attemptsLeft`]: -1 } },
      ...FACTOR_CHANGED,
      'the factor failed elsewhere': { $inc: { [`factors.${APP}.consecutiveFailures`]: 1 } },
      ...BUDGET_MOVED,
      'step-up was locked': { $set: { 'stepUpBudget.lockedUntil': LATER } },
      'the budget was used up': { $set: { 'stepUpBudget.failures': 9 } },
    },
  },
  {
    verb: 'challenges.spendAttempt',
    when: 'of an enrolment',
    ...yesOrNo,
    act: ({ challenges }) =>
      challenges.spendAttempt({
        ...{ accountId: ACCOUNT, sessionId: SESSION, factorId: NEW_APP, challenge: ASKED.newApp },
        ...{ isEnrollment: true, now: NOW, consecutiveFailures: 0, budget: { guard: {}, change: {} } },
      } as unknown as Input<'spendAttempt'>),
    rivals: {
      'the challenge was replaced': { $set: { [`${path}.challenges.${NEW_APP}.id`]: 'c9' } },
      'the challenge expired': { $set: { [`${path}.challenges.${NEW_APP}.expiresAt`]: NOW } },
      'an attempt was spent': { $inc: { [`${path}.challenges.${NEW_APP}.attemptsLeft`]: -1 } },
      'another one is enrolled': { $set: { 'enrollments.TOTP.id': 'e9' } },
      'the enrolment is over': { $set: { 'enrollments.TOTP.status': 'ACTIVE' } },
      'it failed elsewhere': { $inc: { 'enrollments.TOTP.consecutiveFailures': 1 } },
    },
  },
  {
    ...passes,
    when: 'for a step-up',
    act: ({ challenges }) => challenges.pass(passing()),
    rivals: PASS_RIVALS,
  },
  {
    ...passes,
    when: 'that had no proof for an operation',
    document: personWith({ sessions: { ...PERSON.sessions, [SESSION]: { ...asRead, operationProof: null } } }),
    act: ({ challenges }) => challenges.pass(passing({ before: { ...asRead, operationProof: null } })),
    rivals: {
      ...PASS_RIVALS,
      'the proof for one operation was spent': {
        $set: { [`${path}.operationProof`]: SIGNED_IN['operationProof'] ?? null },
      },
    },
  },
  {
    ...passes,
    when: 'once more, because the answer was lost',
    document: personWith({
      sessions: {
        ...PERSON.sessions,
        [SESSION]: { ...SIGNED_IN, supersededAt: BEFORE },
        s9: session('s9' as typeof SESSION, { replaces: SESSION }),
      },
    }),
    act: ({ challenges }) =>
      challenges.pass(
        passing({
          supersedes: { sessionId: SESSION, at: BEFORE, before: BEFORE, unpresented: ['s9'], drop: [] },
        }),
      ),
    rivals: {
      ...PASS_RIVALS,
      'another session replaced it': { $set: { [`${path}.supersededAt`]: NOW } },
      'the lost answer arrived': { $set: { 'sessions.s9.presentedAt': BEFORE } },
    },
  },
  {
    ...passes,
    when: 'on a device that is remembered from now on',
    act: ({ challenges }) =>
      challenges.pass(
        passing({
          arrival: {
            ...{ at: NOW, riskProfile: null, profileRevision: 2 },
            device: { device: device(DEVICE, { secretHash: 'next' }), before: device(DEVICE), evicted: [] },
          },
        }),
      ),
    rivals: {
      ...PASS_RIVALS,
      'the profile was labelled': { $inc: { profileRevision: 1 } },
      'the device is gone': { $unset: { [`devices.${DEVICE}`]: true } },
      'the device is no longer remembered': { $set: { [`devices.${DEVICE}.rememberedUntil`]: null } },
      'the device got another secret': { $set: { [`devices.${DEVICE}.secretHash`]: 'another' } },
      'the device was bound to a key': { $set: { [`devices.${DEVICE}.keyThumbprint`]: 'key' } },
      'the device turned out to be copied': { $set: { [`devices.${DEVICE}.copiedAt`]: BEFORE } },
    },
  },
  {
    ...passes,
    when: 'with a recovery code that demands a new factor',
    act: ({ challenges }) =>
      challenges.pass(
        passing({
          ...{ lost: { endedSessions: [PENDING], forgottenDevices: [DEVICE] }, drop: [PENDING] },
          reEnrollment: { from: null, to: NOW },
        }),
      ),
    rivals: {
      ...PASS_RIVALS,
      'a session began': { $inc: { trustRevision: 1 } },
      'an operator demanded a new factor': { $set: { reEnrollSince: BEFORE } },
    },
  },
  {
    ...passes,
    when: 'for one factor more',
    act: ({ challenges }) => challenges.pass(passing({ ...enrolling, activation })),
    rivals: { ...ENROLL_RIVALS, 'another one took the last place': { $inc: { activeFactorCount: 1 } } },
  },
  {
    ...passes,
    when: 'for a factor in place of another',
    act: ({ challenges }) =>
      challenges.pass(passing({ ...enrolling, activation: { ...activation, removes: [APP], removesActive: 1 } })),
    rivals: {
      ...ENROLL_RIVALS,
      'another factor was removed': { $inc: { activeFactorCount: -1 } },
      'what it replaces was removed': { $unset: { [`factors.${APP}`]: true } },
    },
  },
  {
    ...passes,
    when: 'for a factor in place of another, where a third one has to be left',
    act: ({ challenges }) =>
      challenges.pass(
        passing({
          ...enrolling,
          activation: { ...activation, removes: [APP], removesActive: 1, keeps: [{ id: PHONE, expiresAt: null }] },
        }),
      ),
    rivals: {
      ...ENROLL_RIVALS,
      ...THE_ONE_LEFT,
      'another factor was removed': { $inc: { activeFactorCount: -1 } },
      'what it replaces was removed': { $unset: { [`factors.${APP}`]: true } },
    },
  },
  {
    ...passes,
    when: 'for the first factor',
    act: ({ challenges }) =>
      challenges.pass(
        passing({
          ...enrolling,
          activation: {
            ...activation,
            ...{ recovery: factor('r9' as typeof CODES, 'RECOVERY_CODE', {}), replacesRecovery: [CODES] },
          },
        }),
      ),
    rivals: { ...ENROLL_RIVALS, 'another one became the first': { $inc: { activeFactorCount: 1 } } },
  },
  {
    verb: 'challenges.allowResend',
    ...person,
    act: ({ challenges }) => challenges.allowResend(address, CHALLENGE, NOW),
    done: undefined,
    refused: undefined,
    rivals: { ...GONE, 'the challenge was replaced': { $set: { [`${asked}.id`]: 'c9' } } },
  },
  {
    verb: 'challenges.cancel',
    ...person,
    act: async ({ challenges }) => (await challenges.cancel(address, CHALLENGE, EVENTS)) || null,
    done: true,
    refused: null,
    rivals: { ...GONE, 'the challenge was replaced': { $set: { [`${asked}.id`]: 'c9' } } },
  },
  {
    verb: 'challenges.endExhausted',
    ...person,
    act: ({ challenges }) => challenges.endExhausted(ACCOUNT, PENDING, [PENDING]),
    done: undefined,
    refused: undefined,
    rivals: { 'the session was proved': { $set: { [`sessions.${PENDING}.state`]: 'active' } } },
  },
  {
    verb: 'challenges.disableFactor',
    ...yesOrNo,
    document: personWith({
      factors: { ...PERSON.factors, [APP]: factor(APP, 'TOTP', { lastTimeStep: 5 }, { consecutiveFailures: 100 }) },
    }),
    act: ({ challenges }) => challenges.disableFactor(ACCOUNT, APP, 100, EVENTS),
    rivals: {
      'the factor was disabled': { $set: { [`factors.${APP}.status`]: 'DISABLED' } },
      'the factor was proved': { $set: { [`factors.${APP}.consecutiveFailures`]: 0 } },
    },
  },
]
