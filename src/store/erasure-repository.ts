import type { AccountId } from '../kernel/ids.js'
import { newStepUpBudget } from '../limits/index.js'
import type { ErasureStore } from '../personal-data/index.js'
import type { CollectionSpec, Filter, Store } from './collection.js'
import type { Names } from './names/names.js'
import { stored, type People } from './person-document.js'

/** What is left of an account until no late write can arrive. */
interface GraveDocument {
  readonly _id: AccountId
  readonly sweepAt: Date
  readonly endNoted: boolean
}

const GRAVES: CollectionSpec = {
  name: 'erasures',
  fields: ['sweepAt', 'endNoted'],
  indexes: [{ fields: { sweepAt: 1 } }],
}

const AT_ONCE = 20

/** Erasures, recorded in the person's document until it is deleted. */
export function erasureRepository(
  people: People,
  names: Pick<Names, 'forget'>,
  store: Pick<Store, 'collection' | 'purge'>,
): ErasureStore {
  const graves = store.collection<GraveDocument>(GRAVES)
  return {
    close: ({ accountId, asRead, erasure, lease, events }) =>
      people.changeWith(
        {
          _id: accountId,
          status: { $ne: 'CLOSED' },
          // An operator is revoked first. A role that is granted meanwhile stops the closing.
          $or: [{ 'roles.ADMIN.grantedAt': { $exists: false } }, { 'roles.ADMIN.revokedAt': { $ne: null } }],
          ...(asRead
            ? { passwordHash: asRead.passwordHash, [`sessions.${asRead.sessionId}.id`]: asRead.sessionId }
            : {}),
        },
        {
          $set: {
            status: 'CLOSED',
            passwordHash: null,
            sealedProfile: null,
            factors: {},
            enrollments: {},
            activeFactorCount: 0,
            sessions: {},
            devices: {},
            riskProfile: null,
            stepUpBudget: stored(newStepUpBudget()),
            memberships: {},
            organizationIds: [],
            erasure: stored({ ...erasure, ...lease }),
          },
        },
        events,
      ),
    abandoned: async (now) => {
      const found = await people.find(
        { 'erasure.until': { $lte: now } },
        { sort: { 'erasure.until': 1 }, limit: AT_ONCE },
      )
      return found.map(({ _id }) => _id)
    },
    take: async (accountId, lease, now) => {
      const taken = await people.updateOne(
        { _id: accountId, 'erasure.until': { $lte: now } },
        { $set: { 'erasure.runner': lease.runner, 'erasure.until': lease.until } },
      )
      return taken?.erasure ?? null
    },
    advance: (accountId, { runner, until }, step) =>
      people.changeOne(
        { ...workedOnBy(accountId, runner) },
        { $set: { 'erasure.step': step, 'erasure.until': until } },
      ),
    bury: async (accountId, sweepAt) => {
      await graves.updateOne({ _id: accountId }, { $set: { sweepAt, endNoted: false } }, { upsert: true })
    },
    remove: async (accountId, { runner }) => {
      const filter = { ...workedOnBy(accountId, runner), 'outbox.id': { $exists: false } }
      if ((await people.deleteMany(filter)) === 0) return false
      await names.forget(accountId)
      return true
    },
    noteEnd: async (accountId) => {
      await graves.changeOne({ _id: accountId }, { $set: { endNoted: true } })
    },
    buried: async (now) => {
      const found = await graves.find({ sweepAt: { $lte: now } }, { sort: { sweepAt: 1 }, limit: AT_ONCE })
      const ids = found.map(({ _id }) => _id)
      if (ids.length === 0) return []
      const unfinished = new Set((await people.find({ _id: { $in: ids } })).map(({ _id }) => _id))
      return found.filter(({ _id }) => !unfinished.has(_id)).map(({ _id, endNoted }) => ({ accountId: _id, endNoted }))
    },
    forget: async (accountId) => {
      // A late change may have claimed one, and the process that removed the account may have died before its names.
      await names.forget(accountId)
      await graves.deleteMany({ _id: accountId })
    },
    purge: () => store.purge(),
  }
}

const workedOnBy = (accountId: AccountId, runner: string): Filter => ({ _id: accountId, 'erasure.runner': runner })
