import mongoose from 'mongoose'
import { openRepositories, openStore, type Store } from '../../src/store/index.js'
import { dropDatabase, ownDatabase } from '../support/mongo.js'
import { OPEN_RULES } from '../support/mfa-rules.js'

const COLLECTIONS = [
  'accounts',
  'names',
  'auditEvents',
  'confirmations',
  'spentChallenges',
  'limits',
  'listEntries',
  'probes',
]

interface FoundIndex {
  readonly key: Readonly<Record<string, number>>
  readonly unique?: boolean
  readonly sparse?: boolean
  readonly expireAfterSeconds?: number
}

const describeWithServer = process.env['MONGODB_URI'] ? describe : describe.skip

describeWithServer('MongoDB, once the store is prepared', () => {
  let uri: string
  let store: Store
  let driver: mongoose.Connection

  beforeAll(async () => {
    uri = ownDatabase()
    store = await openStore({ mongodbUri: uri, dataDirectory: null, patienceMilliseconds: 10_000 })
    openRepositories(store, async () => OPEN_RULES)
    store.collection({ name: 'probes', indexes: [{ fields: { token: 1 }, unique: true, sparse: true }] })
    await store.prepare()
    driver = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 2000 }).asPromise()
  })
  afterAll(async () => {
    await driver.close()
    await store.close()
    await dropDatabase(uri)
  })

  /** The indexes that do more than make a search fast, as the server tells them. */
  async function promisesOf(collection: string) {
    const found = (await driver.collection(collection).indexes()) as readonly FoundIndex[]
    return found
      .map(({ key, unique = false, sparse = false, expireAfterSeconds = null }) => ({
        key,
        unique,
        sparse,
        expireAfterSeconds,
      }))
      .filter(({ unique, sparse, expireAfterSeconds }) => unique || sparse || expireAfterSeconds !== null)
  }

  it.each([
    ['finds the account with a credential', 'accounts', { key: { claims: -1 }, sparse: true }],
    ['finds names with a change under way', 'names', { key: { pendingUntil: 1 }, sparse: true }],
    [
      'lists no account that is not being erased among those that are',
      'accounts',
      { key: { 'erasure.until': 1 }, sparse: true },
    ],
    ['finds operators by an index of their own', 'accounts', { key: { 'roles.ADMIN.grantedAt': 1 }, sparse: true }],
    ['finds a link by its token alone', 'confirmations', { key: { tokenHash: 1 }, sparse: true }],
    [
      'sweeps spent challenges an hour after they expire',
      'spentChallenges',
      { key: { expiresAt: 1 }, expireAfterSeconds: 3600 },
    ],
    ['lets a place in the audit log have one event', 'auditEvents', { key: { sequence: 1 }, unique: true }],
    ['sweeps links when they expire', 'confirmations', { key: { expiresAt: 1 }, expireAfterSeconds: 0 }],
    ['sweeps counters an hour after they expire', 'limits', { key: { expiresAt: 1 }, expireAfterSeconds: 3600 }],
    [
      'sweeps what was listed an hour after it expires',
      'listEntries',
      { key: { expiresAt: 1 }, expireAfterSeconds: 3600 },
    ],
    ['passes on that an index is sparse', 'probes', { key: { token: 1 }, unique: true, sparse: true }],
  ])('%s', async (_, collection, promise) => {
    const nothing = { unique: false, sparse: false, expireAfterSeconds: null }
    expect(await promisesOf(collection)).toContainEqual({ ...nothing, ...promise })
  })

  it('has no unique index in accounts but their ids, so that it can be sharded by them', async () => {
    expect((await promisesOf('accounts')).filter(({ unique }) => unique)).toEqual([])
  })

  it('is prepared beside the unique indexes of an earlier version', async () => {
    await driver.collection('accounts').createIndexes([
      { key: { emailKey: 1 }, unique: true },
      { key: { claims: 1 }, unique: true, sparse: true },
    ])
    await store.prepare()
    await Promise.all(['emailKey_1', 'claims_1'].map((name) => driver.collection('accounts').dropIndex(name)))
  })

  it('promises nothing else', async () => {
    const counts = await Promise.all(COLLECTIONS.map(async (name) => (await promisesOf(name)).length))
    expect(Object.fromEntries(COLLECTIONS.map((name, nth) => [name, counts[nth]]))).toEqual({
      accounts: 4,
      names: 1,
      auditEvents: 1,
      confirmations: 2,
      spentChallenges: 1,
      limits: 1,
      listEntries: 2,
      probes: 1,
    })
  })

  it('has them still, and no others, after the next process prepared it too', async () => {
    const names = COLLECTIONS
    const before = await Promise.all(names.map((name) => driver.collection(name).indexes()))
    await store.prepare()
    expect(await Promise.all(names.map((name) => driver.collection(name).indexes()))).toEqual(before)
  })
})
