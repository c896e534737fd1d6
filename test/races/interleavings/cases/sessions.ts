import type { OpenSession } from '../../../../src/sessions/index.js'
import {
  ACCOUNT,
  APP,
  BEFORE,
  DEVICE,
  LATER,
  NOW,
  ORGANIZATION,
  PENDING,
  PERSON,
  personWith,
  SESSION,
  STEP_UP,
  at,
  device,
  session,
} from '../documents.js'
import { BECAME_OPERATOR } from './operators.js'
import { EVENTS } from '../events.js'
import { READS_AGAIN, type Interleaving } from '../interleaving.js'

const person = { collection: 'accounts', document: PERSON } as const
const anything: unknown = expect.anything()

/** A session whose opening depends only on the account, unless overridden. */
const opening = (over: object): OpenSession =>
  ({
    ...{ accountId: ACCOUNT, passwordHash: null, adminSince: null, advance: null, continues: false, rehashed: null },
    ...{ session: session('s9' as OpenSession['session']['id']), drop: [], retires: [], presentedDevices: [] },
    arrival: null,
    ...{ supersedes: null, grantedOn: 4, events: EVENTS },
    ...over,
  }) as unknown as OpenSession

const arrival = {
  at: NOW,
  device: { device: device(DEVICE, { secretHash: 'next' }), before: device(DEVICE), evicted: [] },
  riskProfile: null,
  profileRevision: 2,
}

/** A person whose choice was already answered once; the answer was lost. */
const CHOSEN_ONCE = personWith({
  sessions: {
    ...PERSON.sessions,
    [PENDING]: { ...PERSON.sessions[PENDING], supersededAt: BEFORE },
    s9: session('s9' as typeof SESSION, { replaces: PENDING }),
  },
})

const opens = { verb: 'sessions.open', ...person, done: true, refused: false } as const

const ENDING_RIVALS: Interleaving['rivals'] = {
  'the session ended': { $unset: { [`sessions.${SESSION}`]: true } },
  'another session began': {
    $set: { 'sessions.s9': session('s9' as typeof SESSION, { replaces: SESSION }) },
    $inc: { trustRevision: 1 },
  },
}
const STEP_UP_CONTEXT = { operationHash: 'operation', forOperationOnly: false, factorIds: [], expiresAt: LATER }

export const SESSIONS: readonly Interleaving[] = [
  {
    verb: 'sessions.findCallerInUse',
    ...person,
    act: ({ sessions }) =>
      sessions.findCallerInUse(
        {
          ...{ accountId: ACCOUNT, sessionId: SESSION, secretHash: `secret of ${SESSION}`, generation: 0 },
          ...{ at: NOW, idleSince: at(-900) },
        },
        [],
      ),
    done: anything,
    refused: null,
    rivals: {
      'the session got another secret': { $set: { [`sessions.${SESSION}.secretHash`]: 'another' } },
      'its refresh token was rotated': { $set: { [`sessions.${SESSION}.refresh.generation`]: 1 } },
      'the session was idle too long': { $set: { [`sessions.${SESSION}.lastSeenAt`]: at(-1000) } },
      'the session expired': { $set: { [`sessions.${SESSION}.endsAt`]: NOW } },
    },
  },
  {
    ...opens,
    when: 'with a challenge that begins with it',
    act: ({ sessions }) =>
      sessions.open(
        opening({
          challenge: {
            challenge: { factorId: APP },
            advance: { where: { lastTimeStep: 5 }, set: { asks: 1 }, unset: [] },
          },
        }),
      ),
    rivals: {
      'the account was closed': { $set: { status: 'CLOSED' } },
      'the account became an operator’s': BECAME_OPERATOR,
      'trust was revoked': { $inc: { grantRevision: 1 } },
      'the factor was disabled': { $set: { [`factors.${APP}.status`]: 'DISABLED' } },
      'the factor was removed': { $unset: { [`factors.${APP}`]: true } },
      'another session challenged the factor': { $set: { [`factors.${APP}.material.lastTimeStep`]: 6 } },
    },
  },
  {
    ...opens,
    when: 'with a password',
    act: ({ sessions }) => sessions.open(opening({ passwordHash: 'password', rehashed: 'with new parameters' })),
    rivals: {
      'the account was closed': { $set: { status: 'CLOSED' } },
      'the account became an operator’s': BECAME_OPERATOR,
      'trust was revoked': { $inc: { grantRevision: 1 } },
      'the password was changed': { $set: { passwordHash: 'another' } },
      'the password was removed': { $set: { passwordHash: null } },
    },
  },
  {
    ...opens,
    when: 'after a choice',
    document: CHOSEN_ONCE,
    act: ({ sessions }) =>
      sessions.open(
        opening({
          continues: true,
          supersedes: { sessionId: PENDING, at: BEFORE, before: BEFORE, unpresented: ['s9'], drop: [] },
        }),
      ),
    rivals: {
      'the account was closed': { $set: { status: 'CLOSED' } },
      'the account became an operator’s': BECAME_OPERATOR,
      'trust was revoked': { $inc: { grantRevision: 1 } },
      'the session that waited is gone': { $unset: { [`sessions.${PENDING}`]: true } },
      'the session that waited is signed in': { $set: { [`sessions.${PENDING}.state`]: 'active' } },
      'another one replaced it': { $set: { [`sessions.${PENDING}.supersededAt`]: NOW } },
      'the lost answer arrived': { $set: { 'sessions.s9.presentedAt': BEFORE } },
    },
  },
  {
    ...opens,
    when: 'with a passkey',
    act: ({ sessions }) =>
      sessions.open(
        opening({
          advance: { factorId: APP, advance: { where: { lastTimeStep: 5 }, set: { lastTimeStep: 6 }, unset: [] } },
        }),
      ),
    rivals: {
      'the account was closed': { $set: { status: 'CLOSED' } },
      'the account became an operator’s': BECAME_OPERATOR,
      'trust was revoked': { $inc: { grantRevision: 1 } },
      'the factor was disabled': { $set: { [`factors.${APP}.status`]: 'DISABLED' } },
      'the factor was used': { $set: { [`factors.${APP}.material.lastTimeStep`]: 6 } },
    },
  },
  {
    ...opens,
    when: 'from a device that was seen before',
    act: ({ sessions }) => sessions.open(opening({ arrival })),
    rivals: {
      'the account was closed': { $set: { status: 'CLOSED' } },
      'the account became an operator’s': BECAME_OPERATOR,
      'trust was revoked': { $inc: { grantRevision: 1 } },
      'the profile was labelled': { $inc: { profileRevision: 1 } },
      'the device was forgotten': { $unset: { [`devices.${DEVICE}`]: true } },
      'the device is gone': { $unset: { [`devices.${DEVICE}`]: true } },
      'the device is no longer remembered': { $set: { [`devices.${DEVICE}.rememberedUntil`]: null } },
      'the device got another secret': { $set: { [`devices.${DEVICE}.secretHash`]: 'another' } },
      'the device was bound to a key': { $set: { [`devices.${DEVICE}.keyThumbprint`]: 'key' } },
      'the device turned out to be copied': { $set: { [`devices.${DEVICE}.copiedAt`]: BEFORE } },
    },
  },
  {
    verb: 'sessions.switchOrganization',
    ...person,
    act: ({ sessions }) => sessions.switchOrganization(ACCOUNT, SESSION, ORGANIZATION),
    done: true,
    refused: false,
    rivals: {
      'the session ended': { $unset: { [`sessions.${SESSION}`]: true } },
      'the session waits for a factor': { $set: { [`sessions.${SESSION}.state`]: 'pending' } },
      'the organization was left': { $unset: { [`memberships.${ORGANIZATION}`]: true } },
    },
  },
  {
    verb: 'sessions.touch',
    ...person,
    act: ({ sessions }) => sessions.touch(ACCOUNT, SESSION, NOW),
    done: undefined,
    refused: undefined,
    rivals: {
      'the session was seen later': { $set: { [`sessions.${SESSION}.lastSeenAt`]: LATER } },
      'the session ended': { $unset: { [`sessions.${SESSION}`]: true } },
    },
  },
  {
    verb: 'sessions.rotateRefresh',
    ...person,
    act: ({ sessions }) =>
      sessions.rotateRefresh({
        ...{ accountId: ACCOUNT, sessionId: SESSION, from: `refresh of ${SESSION}`, unpresented: [PENDING] },
        to: { hash: 'next', rotatedAt: NOW, keyId: 'k' },
        events: EVENTS,
      }),
    done: true,
    refused: false,
    rivals: {
      'a successor of the session was used': { $set: { [`sessions.${PENDING}.presentedAt`]: NOW } },
      'the token was used': { $set: { [`sessions.${SESSION}.refresh.hash`]: 'of another caller' } },
      'the session ended': { $unset: { [`sessions.${SESSION}`]: true } },
    },
  },
  {
    verb: 'sessions.end',
    ...person,
    act: ({ sessions }) => sessions.end(ACCOUNT, SESSION, EVENTS),
    done: true,
    refused: READS_AGAIN,
    rivals: ENDING_RIVALS,
  },
  {
    verb: 'sessions.endFamily',
    ...person,
    act: ({ sessions }) => sessions.endFamily(ACCOUNT, SESSION, EVENTS),
    done: true,
    refused: READS_AGAIN,
    rivals: ENDING_RIVALS,
  },
  {
    verb: 'sessions.limit',
    ...person,
    act: ({ sessions }) => sessions.limit(ACCOUNT, SESSION, NOW, EVENTS),
    done: undefined,
    refused: undefined,
    rivals: { 'the session ended': { $unset: { [`sessions.${SESSION}`]: true } } },
  },
  {
    verb: 'sessions.noteReuse',
    ...person,
    act: ({ sessions }) => sessions.noteReuse(ACCOUNT, SESSION, NOW, EVENTS),
    done: true,
    refused: false,
    rivals: {
      'the session ended': { $unset: { [`sessions.${SESSION}`]: true } },
      'it was noted': { $set: { [`sessions.${SESSION}.reuseNotedAt`]: BEFORE } },
    },
  },
  {
    verb: 'sessions.revoke',
    ...person,
    act: ({ sessions }) => sessions.revoke(ACCOUNT, SESSION, EVENTS),
    done: true,
    refused: READS_AGAIN,
    rivals: ENDING_RIVALS,
  },
  {
    verb: 'sessions.endOthers',
    ...person,
    act: ({ sessions }) => sessions.endOthers(ACCOUNT, SESSION, () => EVENTS),
    done: [PENDING],
    refused: READS_AGAIN,
    rivals: {
      'another session began': {
        $set: { 'sessions.s9': session('s9' as typeof SESSION) },
        $inc: { trustRevision: 1 },
      },
    },
  },
  {
    verb: 'sessions.openStepUp',
    ...person,
    act: ({ sessions }) =>
      sessions.openStepUp({
        ...{ accountId: ACCOUNT, sessionId: SESSION, key: 'k9', context: STEP_UP_CONTEXT },
        drop: [{ key: STEP_UP, context: STEP_UP_CONTEXT }],
      }),
    done: true,
    refused: false,
    rivals: {
      'the session ended': { $unset: { [`sessions.${SESSION}`]: true } },
      'a challenge began with what it drops': {
        $set: { [`sessions.${SESSION}.stepUps.${STEP_UP}.usedUntil`]: LATER },
      },
    },
  },
  {
    verb: 'sessions.spendOperationProof',
    ...person,
    act: ({ sessions }) => sessions.spendOperationProof(ACCOUNT, SESSION, 'operation'),
    done: true,
    refused: false,
    rivals: {
      'the proof was spent': { $set: { [`sessions.${SESSION}.operationProof`]: null } },
      'the proof is for another operation': {
        $set: { [`sessions.${SESSION}.operationProof`]: { operationHash: 'another', proof: null } },
      },
    },
  },
  {
    verb: 'devices.rename',
    ...person,
    act: ({ devices }) => devices.rename(ACCOUNT, DEVICE, 'Laptop', EVENTS),
    done: true,
    refused: false,
    rivals: { 'the device was forgotten': { $unset: { [`devices.${DEVICE}`]: true } } },
  },
  {
    verb: 'devices.forget',
    ...person,
    act: ({ devices }) => devices.forget(ACCOUNT, DEVICE, EVENTS),
    done: true,
    refused: false,
    rivals: { 'the device was forgotten': { $unset: { [`devices.${DEVICE}`]: true } } },
  },
  {
    verb: 'devices.markCopied',
    ...person,
    act: ({ devices }) =>
      devices.markCopied({
        ...{ accountId: ACCOUNT, deviceId: DEVICE, sessions: [SESSION], trustRevision: 7 },
        at: NOW,
        events: EVENTS,
      }),
    done: true,
    refused: false,
    rivals: {
      'the device was forgotten': { $unset: { [`devices.${DEVICE}`]: true } },
      'the alarm was raised': { $set: { [`devices.${DEVICE}.copiedAt`]: BEFORE } },
      'a session began': { $inc: { trustRevision: 1 } },
    },
  },
  {
    verb: 'members.replacePlace',
    ...person,
    document: personWith({}),
    act: ({ members }) =>
      members.replacePlace({ accountId: ACCOUNT, organizationId: ORGANIZATION, fromRevision: 3, to: null }, EVENTS),
    done: true,
    refused: false,
    rivals: { 'a membership was given or removed': { $inc: { membershipRevision: 1 } } },
  },
]
