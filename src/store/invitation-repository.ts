import { secondsAfter } from '../kernel/clock.js'
import type { Invitation, InvitationOf, InvitationStore } from '../organizations/index.js'
import type { CollectionSpec, Filter, Store } from './collection.js'
import { OUTBOX_INDEX, withOutbox, type HoldsOutbox } from './outbox.js'

type InvitationDocument = Omit<Invitation, 'id'> &
  HoldsOutbox & { readonly _id: Invitation['id']; readonly takenAt: Date | null }

export const INVITATIONS: CollectionSpec = {
  name: 'invitations',
  fields: [
    'tokenHash',
    'organizationId',
    'email',
    'emailKey',
    'role',
    'invitedBy',
    'grantRevision',
    'roleRevision',
    'createdAt',
    'expiresAt',
    'takenAt',
    'outbox',
  ],
  indexes: [
    { fields: { organizationId: 1, createdAt: -1, _id: 1 } },
    { fields: { emailKey: 1, createdAt: -1 } },
    { fields: { expiresAt: 1 }, expireAfterSeconds: 0 },
    OUTBOX_INDEX,
  ],
}

const NEWEST_FIRST = { createdAt: -1, _id: 1 } as const

/** Open invitations to organizations. */
export function invitationRepository(store: Pick<Store, 'collection'>): InvitationStore {
  const invitations = withOutbox<InvitationDocument>(store, INVITATIONS)
  /** With a document, the events that wait in it would go. It is emptied instead, and removed when it expires. */
  const remove = async (which: Filter): Promise<void> => {
    await invitations.deleteMany({ ...which, ...NOTHING_WAITS })
    await invitations.updateMany(which, { $set: EMPTY })
  }
  return {
    put: async ({ id, ...invitation }, events) => {
      const { organizationId, emailKey } = invitation
      await remove({ organizationId, emailKey })
      await invitations.insertWith({ _id: id, ...invitation, takenAt: null }, events)
    },
    list: async (organizationId, now) =>
      (await invitations.find({ organizationId, ...open(now) }, { sort: NEWEST_FIRST })).map(toInvitation),
    to: async (emailKey, now, most) => {
      const found = await invitations.find({ emailKey, ...open(now) }, { sort: NEWEST_FIRST, limit: most })
      return found.map(toInvitation)
    },
    countOpen: (organizationId, now) => invitations.count({ organizationId, ...open(now) }),
    take: async (which, now) => {
      const taken = await invitations.updateOne({ ...whichOf(which), ...open(now) }, { $set: { takenAt: now } })
      return taken && toInvitation(taken)
    },
    isBeingAccepted: async ({ organizationId, emailKey }, since) =>
      (await invitations.count({ emailKey, organizationId, takenAt: { $gt: since } })) > 0,
    putBack: async (id) => {
      await invitations.changeOne({ _id: id }, { $set: { takenAt: null } })
    },
    revoke: (organizationId, id, now, events) =>
      invitations.changeWith(
        { _id: id, organizationId, ...open(now) },
        { $set: { ...EMPTY, takenAt: now, expiresAt: secondsAfter(now, DELIVERED_WITHIN_SECONDS) } },
        events,
      ),
    forget: (emailKey) => remove({ emailKey }),
  }
}

/** Tokens name the id; those of an earlier version do not. */
const whichOf = ({ id, ...which }: InvitationOf): Filter => (id === undefined ? which : { _id: id, ...which })

const NOTHING_WAITS: Filter = { 'outbox.id': { $exists: false } }
/** An invitation that can no longer be found. */
const EMPTY = { organizationId: '', email: '', emailKey: '' }
const DELIVERED_WITHIN_SECONDS = 3600

const open = (now: Date): Filter => ({ takenAt: null, expiresAt: { $gt: now } })

function toInvitation({ _id, takenAt: _, outbox: _waiting, ...invitation }: InvitationDocument): Invitation {
  return { id: _id, ...invitation }
}
