import type { SessionId } from '../../../../src/kernel/ids.js'
import { ACCOUNT, BEFORE, NOW, PERSON, personWith, session } from '../documents.js'
import { EVENTS } from '../events.js'
import { READS_AGAIN, type Interleaving } from '../interleaving.js'

const grant = { grantedAt: NOW, grantedBy: 'COMMAND_LINE', revokedAt: null } as const
const anything: unknown = expect.anything()
const operator = personWith({ roles: { ADMIN: { ...grant, grantedAt: BEFORE } } })
const former = personWith({ roles: { ADMIN: { ...grant, grantedAt: BEFORE, revokedAt: NOW } } })

/** What a grant changes in an account's document. */
export const BECAME_OPERATOR = { $set: { 'roles.ADMIN': grant }, $inc: { trustRevision: 1 } } as const

export const OPERATORS: readonly Interleaving[] = [
  {
    verb: 'operators.grant',
    ...{ collection: 'accounts', document: PERSON },
    act: ({ operators }) => operators.grant(ACCOUNT, grant, { onlyOnce: true, demandsFactor: true }, () => EVENTS),
    done: expect.objectContaining({ kind: 'granted' }),
    refused: READS_AGAIN,
    rivals: {
      'another session began': {
        $set: { 'sessions.s9': session('s9' as SessionId) },
        $inc: { trustRevision: 1 },
      },
      'another command granted it': BECAME_OPERATOR,
      'the account was closed': { $set: { status: 'CLOSED' } },
      'it was linked to another login': { $set: { linkedTo: 'a login of a backend' }, $inc: { trustRevision: 1 } },
    },
    givesWay: {
      'another command granted it': { kind: 'held' },
      'the account was closed': { kind: 'not-eligible' },
      'it was linked to another login': { kind: 'not-eligible' },
    },
  },
  {
    verb: 'operators.revoke',
    ...{ collection: 'accounts', document: operator },
    act: ({ operators }) => operators.revoke(ACCOUNT, NOW, EVENTS),
    done: anything,
    refused: null,
    rivals: {
      'another command revoked it': { $set: { 'roles.ADMIN.revokedAt': BEFORE } },
      'the account is another one': { $unset: { roles: true } },
    },
  },
  {
    verb: 'operators.restore',
    ...{ collection: 'accounts', document: former },
    act: ({ operators }) => operators.restore(ACCOUNT, NOW, EVENTS),
    done: true,
    refused: false,
    rivals: { 'it was granted again': { $set: { 'roles.ADMIN': grant } } },
  },
]
