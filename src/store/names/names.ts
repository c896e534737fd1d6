import type { AccountId } from '../../kernel/ids.js'
import { Unavailable } from '../../kernel/unavailable.js'
import type { Store } from '../collection.js'
import { readCompact } from '../compact/compact-people.js'
import { PEOPLE, type People, type PersonDocument } from '../person-document.js'
import { HOLDER, nameOfClaim, nameOfKey, NAMES, pendingFrom, type NameDocument } from './name.js'
import { nameAccounts, ownedBy } from './name-accounts.js'
import { obtainName, type WantedName } from './obtain-name.js'
import { settleNames, sweepNames } from './settle-names.js'

/** Names of accounts. The account that a name's document belongs to has the name; accounts only repeat it. */
export interface Names {
  /** The account with this address or key of a linked account. */
  find(emailKey: string): Promise<PersonDocument | null>
  /** Reserves a key for a new account; answers the id that the account must be stored under, null if the key is taken. */
  reserve(emailKey: string, accountId: AccountId, at: Date): Promise<AccountId | null>
  /** The new account is stored. False: it came too late, and its name is no longer its own. */
  confirm(emailKey: string, accountId: AccountId): Promise<boolean>
  /** Claims a key for an account that is about to change to it. Its present names are looked at again, whatever happens. */
  claimKey(emailKey: string, by: Claimant): Promise<boolean>
  /** Claims a credential for an account that is about to activate it. */
  claimCredential(claim: string, by: Claimant): Promise<boolean>
  /** Releases the names that the account does not have. */
  settle(accountId: AccountId, at: Date): Promise<void>
  /** Removes all names of an account that was removed. */
  forget(accountId: AccountId): Promise<void>
  /** Settles what processes left behind. */
  sweep(now: Date): Promise<void>
  /** Gives accounts of earlier versions their names. Afterwards nothing looks for an account without one. */
  nameAccounts(isStopped: () => boolean): Promise<void>
}

export type Claimant = Pick<WantedName, 'accountId' | 'grantedOn' | 'at'>

/** Says that every account has its names. No address and no claim is written like it. */
const COMPLETE = 'all'

export function openNames(store: Pick<Store, 'collection' | 'sharded'>, people: People): Names {
  const names = store.collection<NameDocument>(NAMES)
  const deps = { names, people }
  let isComplete = false

  /** Where an account of an earlier version has it without a name, the name is given to that account. */
  async function claim(wanted: WantedName, unnamed: Readonly<Record<string, string>>): Promise<AccountId | null> {
    const owner = await obtainName(deps, wanted)
    const found = owner === null || isComplete ? null : await people.findOne(unnamed, HOLDER)
    if (!found || found._id === owner) return owner
    await names.changeOne(
      { _id: wanted.name, accountId: owner },
      { $set: ownedBy(found), $unset: { reserves: true, pendingUntil: true } },
    )
    return null
  }

  return {
    find: async (emailKey) => {
      if (!store.sharded) return people.findOne({ emailKey })
      const found = await names.follow<PersonDocument>({ _id: nameOfKey(emailKey) }, 'accountId', PEOPLE)
      if (found?.emailKey === emailKey) return readCompact(found)
      return isComplete ? null : people.findOne({ emailKey })
    },
    reserve: (emailKey, accountId, at) =>
      claim({ name: nameOfKey(emailKey), accountId, grantedOn: null, reserves: true, at }, { emailKey }),
    confirm: (emailKey, accountId) =>
      names.changeOne({ _id: nameOfKey(emailKey), accountId }, { $unset: { reserves: true, pendingUntil: true } }),
    claimKey: async (emailKey, by) => {
      const owner = await claim({ name: nameOfKey(emailKey), ...by, reserves: false }, { emailKey })
      if (owner === null) return false
      await names.updateMany({ accountId: by.accountId }, { $set: { pendingUntil: pendingFrom(by.at) } })
      return true
    },
    claimCredential: async (credential, by) =>
      (await claim({ name: nameOfClaim(credential), ...by, reserves: false }, { claims: credential })) !== null,
    settle: async (accountId, at) => {
      try {
        await settleNames(deps, accountId, at)
      } catch (error) {
        // The change before it is made. What is left to settle is found by a sweep, or by the next account that wants the name.
        if (!(error instanceof Unavailable)) throw error
      }
    },
    forget: async (accountId) => {
      await names.deleteMany({ accountId })
    },
    sweep: (now) => sweepNames(deps, now),
    nameAccounts: async (isStopped) => {
      isComplete = (await names.findOne({ _id: COMPLETE })) !== null
      if (isComplete || (await nameAccounts(deps, isStopped)) === 'stopped') return
      await names.insert([{ _id: COMPLETE, accountId: '' as AccountId, claim: '', grantedOn: null }])
      isComplete = true
    },
  }
}
