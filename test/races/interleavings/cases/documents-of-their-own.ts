import type { InvitationId, ServiceKeyId } from '../../../../src/kernel/ids.js'
import { OPEN_MFA_POLICY } from '../../../../src/organizations/organization.js'
import { ACCOUNT, BEFORE, LATER, NOW, ORGANIZATION, at } from '../documents.js'
import { EVENTS } from '../events.js'
import { READS_AGAIN, type Interleaving } from '../interleaving.js'

const anything: unknown = expect.anything()

const LINK = {
  _id: 'link',
  kind: 'SIGN_IN',
  emailKey: 'ada@example.com',
  takenAt: null,
  attemptsLeft: 5,
  expiresAt: LATER,
  mailedCode: { hash: 'hash', attemptsLeft: 5, expiresAt: LATER },
}
const mailedLink = { collection: 'mailedLinks', document: LINK } as const
const RAN_OUT = { 'it ran out': { $set: { expiresAt: NOW } } } as const
const REPLACED = { 'a newer one replaced it': { $set: { tokenHash: 'newer' } } } as const
const CODE_RAN_OUT = { 'the code ran out': { $set: { 'mailedCode.expiresAt': NOW } } } as const
const CODE_TRIED = { 'a mailed code was tried': { $inc: { 'mailedCode.attemptsLeft': -1 } } } as const
const TAKEN = { 'another caller took it': { $set: { takenAt: NOW } } } as const

export const INVITATION = {
  ...{ _id: 'i1' as InvitationId, tokenHash: 'token', organizationId: ORGANIZATION, emailKey: 'ada@example.com' },
  ...{ email: 'ada@example.com', role: 'MEMBER', invitedBy: ACCOUNT, createdAt: BEFORE },
  ...{ expiresAt: LATER, takenAt: null },
}
const invitation = { collection: 'invitations', document: INVITATION } as const

export const KEY = {
  ...{ _id: 'key' as ServiceKeyId, name: 'Shop', tenant: 'shop', audience: 'shop', scopes: [], createdAt: BEFORE },
  ...{ createdBy: ACCOUNT, expiresAt: LATER, revokedAt: null, lastUsedAt: null, secretHash: 'secret', former: [] },
}
const serviceKey = { collection: 'serviceKeys', document: KEY } as const

const ACME = {
  ...{ _id: ORGANIZATION, name: 'Acme', createdAt: BEFORE, mfaPolicy: { ...OPEN_MFA_POLICY, roles: [] } },
  ...{ pendingDomains: [], adminIds: [ACCOUNT], breakGlassIds: [], revision: 4, change: 1 },
}

export const OTHERS: readonly Interleaving[] = [
  {
    verb: 'confirmations.take',
    collection: 'confirmations',
    document: { ...LINK, kind: 'EMAIL_CHANGE' } as { readonly _id: string },
    act: ({ confirmations }) => confirmations.take('link', NOW),
    done: anything,
    refused: null,
    rivals: { ...TAKEN, ...RAN_OUT },
    neverAlone: { $or: 'the token it is found by: a newer one that took its place stays there' },
  },
  {
    verb: 'confirmations.spendAttempt',
    collection: 'confirmations',
    document: LINK,
    act: ({ confirmations }) => confirmations.spendAttempt('link', 5, NOW),
    done: true,
    refused: false,
    rivals: { ...TAKEN, ...RAN_OUT, ...REPLACED, 'a password was tried': { $inc: { attemptsLeft: -1 } } },
  },
  {
    verb: 'links.take',
    ...mailedLink,
    act: ({ links }) => links.take('link', NOW),
    done: anything,
    refused: null,
    rivals: { ...TAKEN, ...RAN_OUT, ...REPLACED },
  },
  {
    verb: 'links.spendAttempt',
    ...mailedLink,
    act: ({ links }) => links.spendAttempt('link', 5, NOW),
    done: true,
    refused: false,
    rivals: { ...TAKEN, ...RAN_OUT, ...REPLACED, 'a code was tried': { $inc: { attemptsLeft: -1 } } },
  },
  {
    verb: 'links.spendCodeAttempt',
    ...mailedLink,
    act: ({ links }) => links.spendCodeAttempt('link', 5, NOW),
    done: true,
    refused: false,
    rivals: { ...TAKEN, ...RAN_OUT, ...REPLACED, ...CODE_RAN_OUT, ...CODE_TRIED },
  },
  {
    verb: 'links.replaceToken',
    ...mailedLink,
    act: ({ links }) => links.replaceToken('link', 'link.new', NOW),
    done: true,
    refused: false,
    rivals: { ...TAKEN, ...RAN_OUT, ...REPLACED, ...CODE_RAN_OUT },
  },
  {
    verb: 'confirmations.spendCodeAttempt',
    collection: 'confirmations',
    document: LINK,
    act: ({ confirmations }) => confirmations.spendCodeAttempt('link', 5, NOW),
    done: true,
    refused: false,
    rivals: { ...TAKEN, ...RAN_OUT, ...REPLACED, ...CODE_RAN_OUT, ...CODE_TRIED },
  },
  {
    verb: 'confirmations.replaceToken',
    collection: 'confirmations',
    document: LINK,
    act: ({ confirmations }) => confirmations.replaceToken('link', 'link.new', NOW),
    done: true,
    refused: false,
    rivals: { ...TAKEN, ...RAN_OUT, ...REPLACED, ...CODE_RAN_OUT },
  },
  {
    verb: 'invitations.take',
    ...invitation,
    act: ({ invitations }) =>
      invitations.take({ id: INVITATION._id, tokenHash: 'token', emailKey: 'ada@example.com' }, NOW),
    done: anything,
    refused: null,
    rivals: {
      ...TAKEN,
      ...RAN_OUT,
      'it was mailed again with another token': { $set: { tokenHash: 'another' } },
      'it is for another address': { $set: { emailKey: 'other@example.com' } },
    },
  },
  {
    verb: 'invitations.revoke',
    ...invitation,
    act: ({ invitations }) => invitations.revoke(ORGANIZATION, INVITATION._id, NOW, EVENTS),
    done: true,
    refused: false,
    rivals: { ...TAKEN, ...RAN_OUT, 'it is of another organization': { $set: { organizationId: 'o9' } } },
  },
  {
    verb: 'limits.decrement',
    collection: 'limits',
    document: { _id: 'counter', count: 1, expiresAt: LATER } as { readonly _id: string },
    act: ({ limits }) => limits.decrement('counter'),
    done: undefined,
    refused: undefined,
    rivals: { 'it was given back': { $set: { count: 0 } } },
  },
  {
    verb: 'listStore.remove',
    collection: 'listEntries',
    document: { _id: 'entry', kind: 'ADDRESS', value: '203.0.113.1', createdAt: BEFORE, expiresAt: LATER } as {
      readonly _id: string
    },
    act: ({ listStore }) => listStore.remove('entry', NOW, () => EVENTS),
    done: anything,
    refused: null,
    rivals: {
      'it was stored again': { $set: { createdAt: NOW } },
      'it was extended': { $set: { expiresAt: at(6000) } },
    },
  },
  {
    verb: 'serviceKeys.rotate',
    ...serviceKey,
    act: ({ serviceKeys }) =>
      serviceKeys.rotate(
        KEY._id,
        'secret',
        { rotatedBy: ACCOUNT, secretHash: 'next', former: [], expiresAt: LATER },
        NOW,
        EVENTS,
      ),
    done: anything,
    refused: null,
    rivals: {
      'it was rotated': { $set: { secretHash: 'of a rival' } },
      'it was revoked': { $set: { revokedAt: NOW } },
      ...RAN_OUT,
    },
  },
  {
    verb: 'serviceKeys.revoke',
    ...serviceKey,
    act: ({ serviceKeys }) => serviceKeys.revoke(KEY._id, NOW, () => EVENTS),
    done: anything,
    refused: READS_AGAIN,
    rivals: {
      'it was revoked': { $set: { revokedAt: BEFORE } },
      'it was given another end': { $set: { expiresAt: at(6000) } },
    },
    givesWay: { 'it was revoked': null },
  },
  {
    verb: 'serviceKeys.touch',
    ...serviceKey,
    act: ({ serviceKeys }) => serviceKeys.touch(KEY._id, NOW),
    done: undefined,
    refused: undefined,
    rivals: { 'it was used later': { $set: { lastUsedAt: LATER } } },
  },
  {
    verb: 'organizationStore.replace',
    collection: 'organizations',
    document: ACME,
    act: ({ organizationStore }) =>
      organizationStore.replace({ ...ACME, id: ORGANIZATION, name: 'Acme Ltd', domains: [] }, 4, EVENTS),
    done: 'replaced',
    refused: 'changed',
    rivals: { 'it was changed': { $inc: { revision: 1 } } },
  },
]
