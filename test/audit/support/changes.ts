import type { Account } from '../../../src/accounts/index.js'
import type { Invitation } from '../../../src/organizations/invitation.js'
import type { ListEntry } from '../../../src/risk/index.js'
import type { Stored } from '../../../src/store/index.js'
import { ACCOUNT, BEFORE, NOW, PERSON } from '../../races/interleavings/documents.js'
import { INVITATION, KEY } from '../../races/interleavings/cases/documents-of-their-own.js'
import { EVENTS } from '../../races/interleavings/events.js'
import type { Interleaving } from '../../races/interleavings/interleaving.js'

type Change = Pick<Interleaving, 'verb' | 'when' | 'collection' | 'act' | 'done'> & {
  /** Null: there is none before. */
  readonly document: Stored | null
}

const anything: unknown = expect.anything()
const person = { collection: 'accounts', document: PERSON } as const
const { _id: id, email, emailKey, passwordHash } = PERSON
const ENTRY = {
  id: 'entry',
  kind: 'ADDRESS',
  value: '203.0.113.1',
  createdAt: NOW,
  expiresAt: null,
} as unknown as ListEntry
const REMOVED = { _id: 'entry', expiresAt: BEFORE }
const account = { id, email, emailKey, passwordHash, createdAt: NOW } as unknown as Account

/** Changes that carry events and have no condition besides an id or a unique key. */
export const CHANGES_WITHOUT_GUARD: readonly Change[] = [
  {
    verb: 'accounts.create',
    ...{ collection: 'accounts', document: null },
    act: ({ accounts }) => accounts.create(account, () => EVENTS),
    done: anything,
  },
  {
    verb: 'accountCare.requireReEnrollment',
    ...person,
    act: ({ accountCare }) => accountCare.requireReEnrollment(ACCOUNT, NOW, EVENTS),
    done: true,
  },
  {
    verb: 'accountCare.unlockStepUp',
    ...person,
    act: ({ accountCare }) => accountCare.unlockStepUp(ACCOUNT, NOW, EVENTS),
    done: true,
  },
  {
    verb: 'devices.forgetAll',
    ...person,
    act: ({ devices }) => devices.forgetAll(ACCOUNT, EVENTS),
    done: undefined,
  },
  {
    verb: 'invitations.put',
    ...{ collection: 'invitations', document: null },
    act: ({ invitations }) => invitations.put({ ...INVITATION, id: INVITATION._id } as unknown as Invitation, EVENTS),
    done: undefined,
  },
  {
    verb: 'listStore.put',
    ...{ collection: 'listEntries', document: null },
    act: ({ listStore }) => listStore.put(ENTRY, EVENTS),
    done: undefined,
  },
  {
    verb: 'listStore.put',
    when: 'over one that was removed',
    ...{ collection: 'listEntries', document: REMOVED },
    act: ({ listStore }) => listStore.put(ENTRY, EVENTS),
    done: undefined,
  },
  {
    verb: 'serviceKeys.create',
    ...{ collection: 'serviceKeys', document: null },
    act: ({ serviceKeys }) => serviceKeys.create({ ...KEY, id: KEY._id }, EVENTS),
    done: undefined,
  },
]

const COUNTS = 'counts, and no event tells of it'
const MOVES = 'a step on the way to a change that has events'
const KEEPS_TIME = 'notes when something was used last'
const ERASES = 'a step of an erasure, whose beginning and end are events'
const LOG = 'is the audit log itself, or what brings events there'

/** Changes that no event tells of, or none that would have to be stored with them, and why. */
export const WITHOUT_EVENTS: Readonly<Record<string, string>> = {
  'auditStore.append': LOG,
  'auditStore.openStream': LOG,
  'challenges.allowResend': MOVES,
  'challenges.endExhausted': 'ends what a wrong answer used up; the event tells of the answer',
  'challenges.spendAttempt': 'comes before the check of an answer; the event tells of the answer',
  'checkpointStore.append': LOG,
  'confirmations.put': 'the request is recorded before',
  'confirmations.replaceToken': MOVES,
  'confirmations.spendAttempt': COUNTS,
  'confirmations.spendCodeAttempt': COUNTS,
  'confirmations.take': MOVES,
  'erasures.advance': ERASES,
  'erasures.bury': ERASES,
  'erasures.noteEnd': ERASES,
  'erasures.remove': ERASES,
  'erasures.take': ERASES,
  'invitations.putBack': MOVES,
  'invitations.take': MOVES,
  'limits.decrement': COUNTS,
  'limits.increment': COUNTS,
  'links.create': 'the event tells of the mail, once it was handed over',
  'links.replaceToken': MOVES,
  'links.spendAttempt': COUNTS,
  'links.spendCodeAttempt': COUNTS,
  'links.take': MOVES,
  'operators.bindAddress': MOVES,
  'organizationStore.create': 'the organization cannot be seen before its first membership, which has the event',
  'pushDevices.drop': 'the push service gave the subscription up',
  'pushDevices.subscribe': 'says where prompts are sent, and proves nothing',
  'serviceKeys.touch': KEEPS_TIME,
  'sessions.findCallerInUse': KEEPS_TIME,
  'sessions.openStepUp': MOVES,
  'sessions.spendOperationProof': MOVES,
  'sessions.switchOrganization': 'chooses among the memberships there are',
  'sessions.touch': KEEPS_TIME,
  'spentChallenges.spend': MOVES,
  'tallyStore.add': COUNTS,
}
