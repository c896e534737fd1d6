import type { PackedProfile } from '../../../../src/risk/index.js'
import {
  ACCOUNT,
  APP,
  BEFORE,
  CODES,
  DEVICE,
  LATER,
  NOW,
  PENDING,
  PERSON,
  PHONE,
  SESSION,
  at,
  device,
  factor,
  personWith,
  session,
  THE_ONE_LEFT,
} from '../documents.js'
import { EVENTS } from '../events.js'
import { READS_AGAIN, type Interleaving } from '../interleaving.js'
import { BECAME_OPERATOR } from './operators.js'

const person = { collection: 'accounts', document: PERSON } as const
const anything: unknown = expect.anything()

const ANOTHER_SESSION = {
  'another session began': {
    $set: { 'sessions.s9': session('s9' as typeof SESSION) },
    $inc: { trustRevision: 1 },
  },
} as const
const ANOTHER_DEVICE = {
  'another device was remembered': {
    $set: { 'devices.d9': device('d9' as typeof DEVICE) },
    $inc: { trustRevision: 1 },
  },
} as const

const ANOTHER_FACTOR = {
  $set: { 'factors.f9': factor('f9' as typeof APP, 'SMS', {}) },
  $inc: { activeFactorCount: 1 },
}

export const ACCOUNTS: readonly Interleaving[] = [
  {
    verb: 'accounts.changeEmail',
    ...person,
    act: ({ accounts }) =>
      accounts.changeEmail(
        ACCOUNT,
        {
          email: 'new@example.com',
          emailKey: 'new@example.com',
          at: NOW,
          askedAt: at(-60),
          fromKey: 'ada@example.com',
          grantedOn: 4,
        },
        EVENTS,
      ),
    done: anything,
    refused: null,
    rivals: {
      'the password was changed': { $set: { passwordChangedAt: NOW } },
      'trust was revoked': { $inc: { grantRevision: 1 } },
      'the address was changed': { $set: { emailKey: 'other@example.com' } },
      'the account was disabled': { $set: { status: 'DISABLED' } },
      'the owner reported that it was not them': { $set: { suspicionAt: NOW } },
      'the account became an operator’s': BECAME_OPERATOR,
    },
  },
  {
    verb: 'accounts.changeContact',
    ...person,
    document: personWith({ linkedTo: 'tenant' }),
    act: ({ accounts }) =>
      accounts.changeContact(ACCOUNT, 'ada@example.com', { email: 'new@example.com', at: NOW }, EVENTS),
    done: true,
    refused: false,
    rivals: {
      'the contact was changed': { $set: { email: 'other@example.com' } },
      'the account is no longer linked': { $set: { linkedTo: null } },
    },
  },
  {
    verb: 'accounts.changePassword',
    ...person,
    act: ({ accounts }) =>
      accounts.changePassword(
        { id: ACCOUNT, from: 'password', to: 'new', at: NOW, keep: SESSION, endOthers: true, grantedOn: 4 },
        () => EVENTS,
      ),
    done: anything,
    refused: READS_AGAIN,
    rivals: {
      ...ANOTHER_SESSION,
      ...ANOTHER_DEVICE,
      'the password was changed': { $set: { passwordHash: 'of a rival', passwordChangedAt: NOW } },
      'the account was disabled': { $set: { status: 'DISABLED' } },
      'trust was revoked': { $inc: { grantRevision: 1 } },
    },
    givesWay: {
      'the password was changed': null,
      'the account was disabled': null,
      'trust was revoked': null,
    },
  },
  {
    verb: 'accounts.replaceProfile',
    ...person,
    act: ({ accounts }) => accounts.replaceProfile(ACCOUNT, 'profile', 'new', EVENTS),
    done: true,
    refused: false,
    rivals: { 'the personal data were changed': { $set: { sealedProfile: 'of a rival' } } },
  },
  {
    verb: 'accounts.setLanguage',
    ...person,
    act: ({ accounts }) => accounts.setLanguage(ACCOUNT, 'de', EVENTS),
    done: anything,
    refused: null,
    rivals: { 'the account was closed': { $set: { status: 'CLOSED' } } },
  },
  {
    verb: 'factors.rename',
    ...person,
    act: ({ factors }) => factors.rename(ACCOUNT, APP, 'Tablet', EVENTS),
    done: true,
    refused: false,
    rivals: { 'the factor was removed': { $unset: { [`factors.${APP}`]: true } } },
  },
  {
    verb: 'factors.remove',
    ...person,
    act: ({ factors }) =>
      factors.remove({ accountId: ACCOUNT, factorId: APP, keep: SESSION, wanted: [], at: NOW }, () => EVENTS),
    done: anything,
    refused: READS_AGAIN,
    rivals: {
      ...ANOTHER_SESSION,
      ...ANOTHER_DEVICE,
      'the factor was disabled': {
        $set: { [`factors.${APP}.status`]: 'DISABLED' },
        $inc: { activeFactorCount: -1 },
      },
      'it was disabled, and another one activated': { $set: { [`factors.${APP}.status`]: 'DISABLED' } },
      'the other one was disabled': {
        $set: { [`factors.${PHONE}.status`]: 'DISABLED' },
        $inc: { activeFactorCount: -1 },
      },
    },
  },
  {
    verb: 'factors.remove',
    when: 'where another one has to be left',
    ...person,
    act: ({ factors }) =>
      factors.remove(
        {
          ...{ accountId: ACCOUNT, factorId: APP, keep: SESSION, at: NOW },
          wanted: [{ types: ['TOTP', 'PUSH'], since: null }],
        },
        () => EVENTS,
      ),
    done: anything,
    refused: READS_AGAIN,
    rivals: {
      ...ANOTHER_SESSION,
      ...THE_ONE_LEFT,
      'it was disabled, and another one activated': { $set: { [`factors.${APP}.status`]: 'DISABLED' } },
      'another one was activated': ANOTHER_FACTOR,
    },
    givesWay: { 'the remaining one was disabled, and another one activated': { kind: 'last' } },
  },
  {
    verb: 'factors.remove',
    when: 'of the last one',
    ...person,
    document: personWith({
      activeFactorCount: 1,
      factors: {
        [APP]: factor(APP, 'TOTP', { lastTimeStep: 5 }),
        [CODES]: factor(CODES, 'RECOVERY_CODE', { codes: {} }),
      },
    }),
    act: ({ factors }) =>
      factors.remove({ accountId: ACCOUNT, factorId: APP, keep: SESSION, wanted: [], at: NOW }, () => EVENTS),
    done: anything,
    refused: READS_AGAIN,
    rivals: {
      ...ANOTHER_SESSION,
      'it was disabled, and another one activated': { $set: { [`factors.${APP}.status`]: 'DISABLED' } },
      'another one was activated': {
        $set: { 'factors.f9': factor('f9' as typeof APP, 'SMS', {}) },
        $inc: { activeFactorCount: 1 },
      },
      'new recovery codes were made': {
        $set: { 'factors.r9': factor('r9' as typeof CODES, 'RECOVERY_CODE', { codes: {} }) },
        $unset: { [`factors.${CODES}`]: true },
        $inc: { recoverySets: 1 },
      },
    },
  },
  {
    verb: 'factors.replaceRecoveryCodes',
    ...person,
    act: ({ factors }) =>
      factors.replaceRecoveryCodes(ACCOUNT, factor('r9' as typeof CODES, 'RECOVERY_CODE', {}) as never, EVENTS),
    done: true,
    refused: READS_AGAIN,
    rivals: {
      'new recovery codes were made': {
        $set: { 'factors.r8': factor('r8' as typeof CODES, 'RECOVERY_CODE', { codes: {} }) },
        $inc: { recoverySets: 1 },
      },
      'the recovery codes went with the last factor': { $unset: { [`factors.${CODES}`]: true } },
    },
  },
  {
    verb: 'accountCare.resetFactors',
    ...person,
    act: ({ accountCare }) => accountCare.resetFactors(ACCOUNT, NOW, () => EVENTS),
    done: anything,
    refused: READS_AGAIN,
    rivals: { ...ANOTHER_SESSION, ...ANOTHER_DEVICE },
  },
  {
    verb: 'suspicions.takeBack',
    ...person,
    act: ({ suspicions }) =>
      suspicions.takeBack(
        {
          ...{ accountId: ACCOUNT, signInId: SESSION, deviceId: DEVICE, factorId: APP, toldAt: at(-60), at: NOW },
          wantedInstead: () => ({ asGood: { types: ['TOTP', 'PUSH'], since: null }, inOrganizations: [] }) as const,
        },
        () => EVENTS,
      ),
    done: anything,
    refused: READS_AGAIN,
    rivals: {
      ...ANOTHER_SESSION,
      'it was reported before': { $set: { suspicionAt: at(-30) } },
      'the factor was disabled, and another one activated': { $set: { [`factors.${APP}.status`]: 'DISABLED' } },
      ...THE_ONE_LEFT,
      'another one was activated': ANOTHER_FACTOR,
      'the other factor was removed': { $unset: { [`factors.${PHONE}`]: true }, $inc: { activeFactorCount: -1 } },
      'new recovery codes were made': {
        $set: { 'factors.r9': factor('r9' as typeof CODES, 'RECOVERY_CODE', { codes: {} }) },
        $inc: { recoverySets: 1 },
      },
    },
  },
  {
    verb: 'riskLabels.label',
    ...person,
    act: ({ riskLabels }) =>
      riskLabels.label(
        {
          ...{ accountId: ACCOUNT, decisionId: 'decision', label: 'ATTACK', at: NOW, keptSince: BEFORE },
          ...{ raisesSuspicion: true, sessionId: PENDING },
          relearn: (profile: unknown) => ({ relearnedFrom: profile }) as unknown as PackedProfile,
        },
        () => EVENTS,
      ),
    done: anything,
    refused: READS_AGAIN,
    rivals: {
      'a sign-in taught the profile': { $set: { riskProfile: 'as learned by a rival' } },
      'another operator labelled it': { $set: { 'riskLabels.decision': { label: 'GENUINE', at: BEFORE } } },
      'the session got another id': {
        $set: { 'sessions.s9': session('s9' as typeof SESSION, { signInId: PENDING }) },
        $unset: { [`sessions.${PENDING}`]: true },
        $inc: { trustRevision: 1 },
      },
    },
  },
  {
    verb: 'erasures.close',
    ...person,
    act: ({ erasures }) =>
      erasures.close({
        ...{ accountId: ACCOUNT, asRead: { passwordHash: 'password', sessionId: SESSION } },
        ...{ erasure: { step: 'CLOSED' }, lease: { runner: 'r', until: LATER } },
        events: EVENTS,
      } as Parameters<typeof erasures.close>[0]),
    done: true,
    refused: false,
    rivals: {
      'the account was closed': { $set: { status: 'CLOSED' } },
      'the password was changed': { $set: { passwordHash: 'another' } },
      'the session ended': { $unset: { [`sessions.${SESSION}`]: true } },
      'the account became an operator’s': BECAME_OPERATOR,
    },
  },
  {
    verb: 'erasures.take',
    ...person,
    document: personWith({ erasure: { step: 'CLOSED', runner: 'dead', until: BEFORE } }),
    act: ({ erasures }) => erasures.take(ACCOUNT, { runner: 'r', until: LATER }, NOW),
    done: anything,
    refused: null,
    rivals: { 'another process took over': { $set: { 'erasure.runner': 'other', 'erasure.until': LATER } } },
  },
  {
    verb: 'erasures.advance',
    ...person,
    document: personWith({ erasure: { step: 'CLOSED', runner: 'r', until: BEFORE } }),
    act: ({ erasures }) => erasures.advance(ACCOUNT, { runner: 'r', until: LATER }, 'RECORDED'),
    done: true,
    refused: false,
    rivals: { 'another process took over': { $set: { 'erasure.runner': 'other' } } },
  },
  {
    verb: 'erasures.remove',
    ...person,
    document: personWith({ erasure: { step: 'TOLD', runner: 'r', until: LATER } }),
    act: ({ erasures }) => erasures.remove(ACCOUNT, { runner: 'r' }),
    done: true,
    refused: false,
    rivals: {
      'another process took over': { $set: { 'erasure.runner': 'other' } },
      'an event waits in the document': { $set: { outbox: [{ id: 'e1', facts: [] }] } },
    },
  },
]
