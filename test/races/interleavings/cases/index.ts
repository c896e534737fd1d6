import type { Interleaving } from '../interleaving.js'
import { ACCOUNTS } from './accounts.js'
import { CHALLENGES } from './challenges.js'
import { OTHERS } from './documents-of-their-own.js'
import { OPERATORS } from './operators.js'
import { PUSH } from './push.js'
import { SESSIONS } from './sessions.js'

export const INTERLEAVINGS: readonly Interleaving[] = [
  ...[...SESSIONS, ...CHALLENGES, ...PUSH, ...ACCOUNTS, ...OPERATORS, ...OTHERS],
]

/** All other methods of a repository, by the reason why nothing can come between their read and their write. */
export const UNCONDITIONAL = {
  /** They write nothing. */
  READS: [
    ...[
      'accounts.find',
      'accounts.isTaken',
      'accounts.list',
      'accounts.search',
      'auditStore.count',
      'auditStore.find',
      'auditStore.size',
      'auditStore.unplaced',
    ],
    ...['auditStore.between', 'auditStore.findById', 'auditStore.head', 'auditStore.nextStream'],
    ...['auditStore.known', 'auditStore.openStreams', 'auditStore.rest', 'challenges.find', 'checkpointStore.find'],
    ...['checkpointStore.newest', 'checkpointStore.newestOf', 'checkpointStore.numberAt'],
    ...['checkpointStore.page', 'checkpointStore.pageOf', 'confirmations.find'],
    ...['confirmations.signUpOf', 'confirmations.signUpsFor', 'confirmations.waiting'],
    ...['erasures.abandoned', 'erasures.buried', 'invitations.countOpen', 'invitations.list', 'invitations.to'],
    'invitations.isBeingAccepted',
    ...['limits.counts', 'links.find', 'links.waiting', 'listStore.all', 'listStore.count', 'listStore.has'],
    ...['listStore.page', 'listStore.revision', 'members.addressees', 'members.countWho', 'members.find'],
    ...['members.page', 'organizationStore.changedAfter', 'organizationStore.find', 'organizationStore.findByDomain'],
    ...['organizationStore.newestChange', 'pushDevices.find', 'serviceKeys.countLive', 'serviceKeys.find'],
    ...['serviceKeys.findThese', 'serviceKeys.knownTo', 'serviceKeys.list'],
    ...['sessions.findCaller', 'sessions.findPerson', 'sessions.findPersonByEmail'],
    ...['operators.find', 'operators.findByAddress', 'operators.list', 'tallyStore.changed'],
    ...['outboxStore.waitingBelow', 'outboxStore.waitingIn', 'outboxStore.waitingOf'],
  ],
  /** Inserts: a unique key decides between callers. */
  INSERTS: [
    ...['accounts.create', 'auditStore.append', 'auditStore.openStream', 'checkpointStore.append'],
    ...['invitations.put', 'links.create'],
    'operators.bindAddress',
    ...['organizationStore.create', 'serviceKeys.create', 'spentChallenges.spend'],
  ],
  /** Changes one document regardless of its content; the only condition is its id. */
  WHATEVER_IT_HOLDS: [
    ...[
      'accountCare.requireReEnrollment',
      'accountCare.unlockStepUp',
      'confirmations.put',
      'devices.forgetAll',
      'erasures.bury',
    ],
    ...['erasures.noteEnd', 'invitations.putBack', 'limits.increment', 'listStore.put', 'tallyStore.add'],
  ],
  /** Their conditions are on documents of `names`: test/attacks/r185-half-taken-names.test.ts. */
  NAMES: ['names.nameAccounts', 'names.sweep'],
  /** Removes or empties whatever is there at that moment. */
  REMOVES: [
    ...[
      'auditStore.closeStreams',
      'auditStore.erase',
      'confirmations.forget',
      'confirmations.forgetSignUps',
      'erasures.forget',
    ],
    ...['erasures.purge', 'invitations.forget', 'limits.forget', 'links.forget', 'organizationStore.discard'],
    'outboxStore.remove',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>
