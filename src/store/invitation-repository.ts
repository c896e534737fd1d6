import type { Invitation, InvitationOf, InvitationStore } from '../organizations/index.js'
import type { CollectionSpec, Filter, Store } from './collection.js'

type InvitationDocument = Omit<Invitation, 'id'> & { readonly _id: Invitation['id']; readonly takenAt: Date | null }

const SPEC: CollectionSpec = {
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
  ],
  indexes: [
    { fields: { organizationId: 1, createdAt: -1, _id: 1 } },
    { fields: { emailKey: 1, createdAt: -1 } },
    { fields: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
}

const NEWEST_FIRST = { createdAt: -1, _id: 1 } as const

/** Open invitations to organizations. */
export function invitationRepository(store: Pick<Store, 'collection'>): InvitationStore {
  const invitations = store.collection<InvitationDocument>(SPEC)
  return {
    put: async ({ id, ...invitation }) => {
      const { organizationId, emailKey } = invitation
      await invitations.deleteMany({ organizationId, emailKey })
      await invitations.insert([{ _id: id, ...invitation, takenAt: null }])
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
    putBack: async (id) => {
      await invitations.changeOne({ _id: id }, { $set: { takenAt: null } })
    },
    revoke: async (organizationId, id, now) =>
      (await invitations.deleteMany({ _id: id, organizationId, ...open(now) })) === 1,
    forget: async (emailKey) => {
      await invitations.deleteMany({ emailKey })
    },
  }
}

/** Tokens name the id; those of an earlier version do not. */
const whichOf = ({ id, ...which }: InvitationOf): Filter => (id === undefined ? which : { _id: id, ...which })

const open = (now: Date): Filter => ({ takenAt: null, expiresAt: { $gt: now } })

function toInvitation({ _id, takenAt: _, ...invitation }: InvitationDocument): Invitation {
  return { id: _id, ...invitation }
}
