import { ACCOUNT, BEFORE, LATER, NEW_PHONE, NOW, PENDING, PERSON, PHONE, PROMPT, SESSION } from '../documents.js'
import { EVENTS } from '../events.js'
import type { Interleaving } from '../interleaving.js'

const person = { collection: 'accounts', document: PERSON, done: true, refused: false } as const
const asked = `sessions.${SESSION}.challenges.${PHONE}`
const prompt = {
  ...{ accountId: ACCOUNT, sessionId: SESSION, factorId: PHONE, challengeId: PROMPT },
  ...{ isEnrollment: false, publicKey: 'key', now: NOW, events: EVENTS },
} as const
const device = { accountId: ACCOUNT, factorId: PHONE } as const

const AS_PROVED: Interleaving['rivals'] = {
  'the device is gone': { $unset: { [`factors.${PHONE}`]: true } },
  'the device was disabled': { $set: { [`factors.${PHONE}.status`]: 'DISABLED' } },
  'the device has another key': { $set: { [`factors.${PHONE}.material.publicKey`]: 'another' } },
}
const STILL_OPEN: Interleaving['rivals'] = {
  'the prompt was replaced': { $set: { [`${asked}.id`]: 'c9' } },
  'the prompt expired': { $set: { [`${asked}.expiresAt`]: NOW } },
  'the prompt was answered': { $set: { [`${asked}.question.state`]: 'denied' } },
}

export const PUSH: readonly Interleaving[] = [
  {
    verb: 'pushDevices.connect',
    ...person,
    act: ({ pushDevices }) =>
      pushDevices.connect({
        ...{ accountId: ACCOUNT, factorId: NEW_PHONE, connectHash: 'connect' },
        ...{ publicKey: 'new key', name: 'Phone', now: NOW, events: EVENTS },
      }),
    rivals: {
      'another device is enrolled': { $set: { 'enrollments.PUSH.id': 'e9' } },
      'the enrolment is over': { $set: { 'enrollments.PUSH.status': 'ACTIVE' } },
      'the token was used': { $set: { 'enrollments.PUSH.material.connectHash': null } },
      'the token expired': { $set: { 'enrollments.PUSH.material.connectUntil': NOW.getTime() } },
    },
  },
  {
    verb: 'pushDevices.subscribe',
    ...person,
    act: ({ pushDevices }) =>
      pushDevices.subscribe(device, { publicKey: 'key', isEnrollment: false, sealedSubscription: 'next' }),
    rivals: AS_PROVED,
  },
  {
    verb: 'pushDevices.approve',
    ...person,
    act: ({ pushDevices }) =>
      pushDevices.approve({
        ...{ ...prompt, from: 'waiting' },
        budget: { guard: { windowStartedAt: BEFORE }, change: { $inc: { failures: -1 } } },
      }),
    rivals: {
      ...AS_PROVED,
      ...STILL_OPEN,
      'another window of the budget began': { $set: { 'stepUpBudget.windowStartedAt': LATER } },
    },
  },
  {
    verb: 'pushDevices.deny',
    when: 'in a session that is signed in',
    ...person,
    act: ({ pushDevices }) => pushDevices.deny({ ...prompt, endsSession: false, ending: [] }),
    rivals: {
      ...AS_PROVED,
      ...STILL_OPEN,
      'the session waits for a factor': { $set: { [`sessions.${SESSION}.state`]: 'pending' } },
    },
  },
  {
    verb: 'pushDevices.deny',
    when: 'in a session that waits',
    ...person,
    act: ({ pushDevices }) => pushDevices.deny({ ...prompt, sessionId: PENDING, endsSession: true, ending: [PENDING] }),
    rivals: {
      ...AS_PROVED,
      'the prompt was replaced': { $set: { [`sessions.${PENDING}.challenges.${PHONE}.id`]: 'c9' } },
      'the prompt expired': { $set: { [`sessions.${PENDING}.challenges.${PHONE}.expiresAt`]: NOW } },
      'the prompt was answered': { $set: { [`sessions.${PENDING}.challenges.${PHONE}.question.state`]: 'approved' } },
      'the session is signed in': { $set: { [`sessions.${PENDING}.state`]: 'active' } },
    },
  },
  {
    verb: 'pushDevices.drop',
    ...person,
    act: ({ pushDevices }) => pushDevices.drop(ACCOUNT, PHONE, 'subscription'),
    done: undefined,
    refused: undefined,
    rivals: {
      'another subscription was stored': { $set: { [`factors.${PHONE}.material.sealedSubscription`]: 'next' } },
    },
  },
]
