import type { LinkStore, MailedLink } from '../sign-in/index.js'
import type { CollectionSpec, Filter, Store } from './collection.js'
import { codeLeft, codeOpen, namedBy, SPEND_CODE, tokenReplacedBy } from './confirmation-repository.js'

/** `_id` is the first id of the link, `tokenHash` its id since a mailed code was exchanged. */
type LinkDocument = Omit<MailedLink, 'id'> & {
  readonly _id: string
  readonly tokenHash?: string
  readonly takenAt: Date | null
}

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
      const found = await links.findOne({ ...byId(id), ...open(now) })
      return found && toLink(found)
    },
    spendAttempt: (id, attemptsLeft, now) =>
      links.changeOne({ ...byId(id), ...open(now), attemptsLeft }, { $inc: { attemptsLeft: -1 } }),
    spendCodeAttempt: (id, attemptsLeft, now) =>
      links.changeOne({ ...byId(id), ...open(now), ...codeLeft(attemptsLeft, now) }, SPEND_CODE),
    replaceToken: (id, newId, now) =>
      links.changeOne({ ...byId(id), ...open(now), ...codeOpen(now) }, tokenReplacedBy(newId)),
    take: async (id, now) => {
      const taken = await links.updateOne({ ...byId(id), ...open(now) }, { $set: { takenAt: now } })
      if (!taken) return null
      await links.deleteMany({ _id: taken._id })
      return toLink(taken)
    },
    waiting: async (of, now) => (await links.find({ $and: [namedBy(of), open(now)] })).map(toLink),
    forget: async (of) => {
      await links.deleteMany(namedBy(of))
    },
  }
}

/** The id names the document before and after an exchange, so one shard is asked. */
const byId = (id: string): Filter => {
  const [first = '', exchanged] = id.split('.')
  return { _id: first, tokenHash: exchanged === undefined ? null : id }
}
const open = (now: Date): Filter => ({ takenAt: null, expiresAt: { $gt: now } })

function toLink({ _id, tokenHash, takenAt: _, ...link }: LinkDocument): MailedLink {
  return { id: tokenHash ?? _id, ...link } as MailedLink
}
