import { newAccount, type Account } from '../../src/accounts/index.js'
import { NO_EVENTS } from '../../src/audit/index.js'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { openRepositories, openStore, type Store } from '../../src/store/index.js'
import { NAMES, type NameDocument } from '../../src/store/names/name.js'
import { openPeople, type People } from '../../src/store/person-document.js'
import { distantStore } from './around-store.js'
import { faultyStore, type FaultyStore } from './faulty-store.js'
import { interruptedStore, type InterruptedStore } from './interrupted-store.js'
import { OPEN_RULES } from './mfa-rules.js'
import { dropDatabase, ownDatabase } from './mongo.js'
import type { StoreKind } from './stores.js'

export type Process = ReturnType<typeof openRepositories>

export const NOW = new Date('2100-03-01T09:00:00.000Z')

/** Two processes over one database (on the embedded store: two sets of repositories), and the documents they leave. */
export interface NameWorld {
  readonly processes: readonly [Process, Process]
  readonly faults: FaultyStore
  readonly interruptions: InterruptedStore
  readonly people: People
  names(): Promise<readonly NameDocument[]>
  accounts(): Promise<readonly Account['emailKey'][]>
  /** An account as an earlier version stored it, without a name. */
  storeUnnamed(emailKey: string): Promise<AccountId>
  discard(): Promise<void>
}

export async function nameWorld(kind: StoreKind, sharded: boolean): Promise<NameWorld> {
  const uri = kind === 'mongodb' ? ownDatabase() : null
  const settings = { dataDirectory: null, patienceMilliseconds: 10_000, ...(uri === null ? {} : { mongodbUri: uri }) }
  const open = (): Promise<Store> => openStore({ ...settings, sharded })
  const store = await open()
  const second = uri === null ? store : await open()
  const faults = faultyStore()
  const interruptions = interruptedStore()
  const processOf = (each: Store): Process =>
    openRepositories(distantStore(interruptions.wrap(faults.wrap(each))), async () => OPEN_RULES)
  const processes = [processOf(store), processOf(second)] as const
  await store.prepare()
  await second.prepare()
  const people = openPeople(store)
  const names = store.collection<NameDocument>(NAMES)
  return {
    processes,
    faults,
    interruptions,
    people,
    names: () => names.find({}, { sort: { _id: 1 } }),
    accounts: async () => (await people.find({}, { sort: { emailKey: 1 } })).map(({ emailKey }) => emailKey),
    storeUnnamed: async (emailKey) => {
      const made = await processes[0].accounts.create(accountWith(emailKey), noEvents)
      if (!made) throw new Error('the address is taken')
      await names.deleteMany({ accountId: made.id })
      return made.id
    },
    discard: async () => {
      if (second !== store) await second.close()
      await store.close()
      if (uri !== null) await dropDatabase(uri)
    },
  }
}

export const accountWith = (emailKey: string, id = newId<AccountId>()): Account =>
  newAccount({ id, email: emailKey, emailKey, passwordHash: 'x', language: 'en', at: NOW })

export const changeTo = (emailKey: string, from: string | null = null, grantedOn: number | null = null) => ({
  ...{ email: emailKey, emailKey, fromKey: from, grantedOn },
  ...{ at: NOW, askedAt: NOW },
})

export const noEvents = () => NO_EVENTS
