import type { LinkStore, MailedLink } from '../sign-in/index.js'
import type { CollectionSpec, Store } from './collection.js'
import { namedBy } from './confirmation-repository.js'

type LinkDocument = Omit<MailedLink, 'id'> & { readonly _id: string; readonly takenAt: Date | null }

// An hour of grace allows for clocks that differ.
const SPEC: CollectionSpec = {
  name: 'mailedLinks',
  indexes: [
    { fields: { expiresAt: 1 }, expireAfterSeconds: 3600 },
    { fields: { accountId: 1 } },
    { fields: { emailKey: 1 } },
  ],
}

/** Open links to sign in and to reset passwords. */
export function linkRepository(store: Pick<Store, 'collection'>): LinkStore {
  const links = store.collection<LinkDocument>(SPEC)
  return {
    create: async ({ id, ...link }) => {
      await links.insert([{ _id: id, takenAt: null, ...link }])
    },
    find: async (id, now) => {
      const found = await links.findOne({ _id: id, takenAt: null, expiresAt: { $gt: now } })
      return found && toLink(found)
    },
    spendAttempt: (id, attemptsLeft, now) =>
      links.changeOne(
        { _id: id, takenAt: null, attemptsLeft, expiresAt: { $gt: now } },
        { $inc: { attemptsLeft: -1 } },
      ),
    take: async (id, now) => {
      const taken = await links.updateOne(
        { _id: id, takenAt: null, expiresAt: { $gt: now } },
        { $set: { takenAt: now } },
      )
      if (!taken) return null
      await links.deleteMany({ _id: id })
      return toLink(taken)
    },
    waiting: async (of, now) =>
      (await links.find({ $and: [namedBy(of), { takenAt: null, expiresAt: { $gt: now } }] })).map(toLink),
    forget: async (of) => {
      await links.deleteMany(namedBy(of))
    },
  }
}

function toLink({ _id, takenAt: _, ...link }: LinkDocument): MailedLink {
  return { id: _id, ...link } as MailedLink
}
