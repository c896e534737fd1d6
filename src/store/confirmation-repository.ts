import type { Confirmation, ConfirmationsOf, ConfirmationStore, SignUpConfirmation } from '../accounts/index.js'
import type { CollectionSpec, Filter, Store, Update, Value } from './collection.js'
import { stored } from './person-document.js'

/** `_id` is the place of which there is one. Older documents have the hash of the token there, and no `tokenHash`. */
type ConfirmationDocument = Omit<Confirmation, 'id' | 'clientHash' | 'attemptsLeft'> & {
  readonly _id: string
  readonly clientHash?: Confirmation['clientHash']
  readonly attemptsLeft?: Confirmation['attemptsLeft']
  readonly tokenHash?: string
  readonly takenAt: Date | null
}

const SPEC: CollectionSpec = {
  name: 'confirmations',
  indexes: [
    { fields: { expiresAt: 1 }, expireAfterSeconds: 0 },
    { fields: { accountId: 1 } },
    { fields: { emailKey: 1 } },
    { fields: { tokenHash: 1 }, sparse: true },
  ],
}

/** Links that wait to be followed. */
export function confirmationRepository(store: Store): ConfirmationStore {
  const confirmations = store.collection<ConfirmationDocument>(SPEC)
  return {
    put: async (confirmation) => {
      const { id: tokenHash, ...rest } = confirmation
      const $set = { ...(stored(rest) as Readonly<Record<string, Value>>), tokenHash, takenAt: null }
      const place = placeOf(confirmation)
      await confirmations.updateOne({ _id: place }, { $set }, { upsert: true })
    },
    find: async (id, now) => {
      const found = await confirmations.findOne({ ...byToken(id), ...open(now) })
      return found && toConfirmation(found)
    },
    signUpOf: async (emailKey, clientHash, now) => {
      const found = await confirmations.findOne({ kind: 'SIGN_UP', emailKey, clientHash, ...open(now) })
      return found && (toConfirmation(found) as SignUpConfirmation)
    },
    signUpsFor: async (emailKey, most, now) => {
      const filter = { kind: 'SIGN_UP', emailKey, ...open(now) }
      const found = await confirmations.find(filter, { sort: { createdAt: -1, _id: 1 }, limit: most })
      return found.map((each) => toConfirmation(each) as SignUpConfirmation)
    },
    spendAttempt: async (id, attemptsLeft, now) =>
      confirmations.changeOne({ ...byToken(id), ...open(now), attemptsLeft }, { $inc: { attemptsLeft: -1 } }),
    spendCodeAttempt: async (id, attemptsLeft, now) =>
      confirmations.changeOne({ ...byToken(id), ...open(now), ...codeLeft(attemptsLeft, now) }, SPEND_CODE),
    replaceToken: async (id, newId, now) =>
      confirmations.changeOne({ ...byToken(id), ...open(now), ...codeOpen(now) }, tokenReplacedBy(newId)),
    take: async (id, now) => {
      const taken = await confirmations.updateOne({ ...byToken(id), ...open(now) }, { $set: { takenAt: now } })
      if (!taken) return null
      // Only the one that was taken: a new request may already have replaced it.
      await confirmations.deleteMany({ ...byToken(id), takenAt: now })
      return toConfirmation(taken)
    },
    waiting: async (of, now) => {
      const found = await confirmations.find({ $and: [namedBy(of), open(now)] })
      return found.map(toConfirmation)
    },
    forget: async (of) => {
      await confirmations.deleteMany(namedBy(of))
    },
    forgetSignUps: async (emailKey) => {
      await confirmations.deleteMany({ kind: 'SIGN_UP', emailKey })
    },
  }
}

export const namedBy = ({ accountId, emailKey }: ConfirmationsOf): Filter =>
  emailKey === null ? { accountId } : { $or: [{ accountId }, { emailKey }] }

/**
 * One open sign-up for each browser and address, one open change of address for each account. No token is spelt like
 * it.
 */
const placeOf = (confirmation: Confirmation): string =>
  confirmation.kind === 'SIGN_UP'
    ? `sign-up:${confirmation.clientHash}:${confirmation.emailKey}`
    : `email-change:${confirmation.accountId}`

/** The mailed code has this many attempts left. */
export const codeLeft = (attemptsLeft: number, now: Date): Filter => ({
  ...codeOpen(now),
  'mailedCode.attemptsLeft': attemptsLeft,
})
export const codeOpen = (now: Date): Filter => ({ 'mailedCode.expiresAt': { $gt: now } })
export const SPEND_CODE: Update = { $inc: { 'mailedCode.attemptsLeft': -1 } }
export const tokenReplacedBy = (tokenHash: string): Update => ({ $set: { tokenHash, 'mailedCode.attemptsLeft': 0 } })

/** An open one by the hash of its token. */
const byToken = (id: string): Filter => ({ $or: [{ tokenHash: id }, { _id: id, tokenHash: null }] })
const open = (now: Date): Filter => ({ takenAt: null, expiresAt: { $gt: now } })

/** Older documents lack the client and the attempts. */
function toConfirmation({ _id, takenAt: _, tokenHash, ...confirmation }: ConfirmationDocument): Confirmation {
  const { clientHash = null, attemptsLeft = null } = confirmation
  return { ...confirmation, clientHash, attemptsLeft, id: tokenHash ?? _id } as Confirmation
}
