import type { AccountId } from '../../kernel/ids.js'
import { secondsAfter } from '../../kernel/clock.js'
import type { Collection, CollectionSpec, Fields } from '../collection.js'
import type { People, PersonDocument } from '../person-document.js'

/**
 * What only one account can have: its address, the external identity it is linked to, or a credential. The id is the
 * name itself, so that it is unique on every shard.
 */
export interface NameDocument {
  readonly _id: string
  readonly accountId: AccountId
  /** New with every claim: what a later change of this document is guarded by. */
  readonly claim: string
  /**
   * The revision of the account's grants that the claim was made on. The change that takes the name is guarded by it,
   * so once the account has another one, that change can no longer happen.
   */
  readonly grantedOn: number | null
  /** Present until the account that the name was claimed for is stored: its id is reserved for that account. */
  readonly reserves?: true
  /** Until when a change with this name may be under way. Absent: none is. */
  readonly pendingUntil?: Date
}

export const NAMES: CollectionSpec = {
  name: 'names',
  fields: ['accountId', 'claim', 'grantedOn', 'reserves', 'pendingUntil'],
  indexes: [{ fields: { accountId: 1 } }, { fields: { pendingUntil: 1 }, sparse: true }],
}

/** The part of a person's document that says which names it has. */
export type Holder = Pick<PersonDocument, '_id' | 'emailKey' | 'claims' | 'grantRevision'>

export const HOLDER: Fields<Holder> = { paths: ['emailKey', 'claims', 'grantRevision'] }

export interface NamesDeps {
  readonly names: Collection<NameDocument>
  readonly people: People
}

/** A change that takes longer has failed. Later ones are stopped by their guard, so nothing depends on this. */
const CHANGE_SECONDS = 900

export const pendingFrom = (at: Date): Date => secondsAfter(at, CHANGE_SECONDS)

/** Keys of linked accounts are no addresses: they have no `@`. */
export const nameOfKey = (emailKey: string): string =>
  emailKey.includes('@') ? `email:${emailKey}` : nameOfClaim(emailKey)

export const nameOfClaim = (claim: string): string => `claim:${claim}`

export const namesOf = ({ emailKey, claims = [] }: Holder): readonly string[] => [
  nameOfKey(emailKey),
  ...claims.map(nameOfClaim),
]

export const holds = (holder: Holder, name: string): boolean => namesOf(holder).includes(name)

/** The change that the claim was made for can no longer happen. */
export const isDead = (name: NameDocument, holder: Holder | null): boolean =>
  holder === null ? name.reserves !== true : (holder.grantRevision ?? null) !== name.grantedOn
