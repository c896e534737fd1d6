import type { RoleGrant } from '../accounts/index.js'
import type { ChangeEvents, LostTrust } from '../audit/index.js'
import type { GrantOutcome, GrantTerms, OperatorStore } from '../operators/index.js'
import type { AccountId } from '../kernel/ids.js'
import { addresseeOf } from '../kernel/notices.js'
import type { CollectionSpec, Filter, Store } from './collection.js'
import type { Names } from './names/names.js'
import { dropTrust, END_GRANTS, update } from './paths.js'
import { noticeAddressesOf, stored, toAccount, type People, type PersonDocument } from './person-document.js'
import { LOST, untilSettled } from '../kernel/settle.js'

/** An address that was used to grant the role. It outlives the account, so the same address cannot grant it again. */
interface BoundAddressDocument {
  readonly _id: string
  readonly accountId: AccountId
  readonly boundAt: Date
}

const BOUND: CollectionSpec = { name: 'operatorAddresses', fields: ['accountId', 'boundAt'], indexes: [] }

/** A bound, not `$exists`, is what both stores look up in the sparse index. */
const HOLDERS: Filter = { 'roles.ADMIN.grantedAt': { $gt: new Date(0) }, 'roles.ADMIN.revokedAt': null }

/** Roles inside the person's document, and the addresses that gave them. */
export function operatorRepository(
  people: People,
  names: Pick<Names, 'find'>,
  store: Pick<Store, 'collection'>,
): OperatorStore {
  const bound = store.collection<BoundAddressDocument>(BOUND)
  return {
    find: async (id) => {
      const document = await people.findOne({ _id: id })
      return document && toAccount(document)
    },
    findByAddress: async (emailKey) => {
      const document = await names.find(emailKey)
      return document?.linkedTo === null ? toAccount(document) : null
    },
    list: async () => (await people.find(HOLDERS, { sort: { 'roles.ADMIN.grantedAt': 1, _id: 1 } })).map(toAccount),
    bindAddress: async (address, accountId, boundAt) => {
      const { inserted } = await bound.insert([{ _id: address, accountId, boundAt }])
      if (inserted === 1) return accountId
      return (await bound.findOne({ _id: address }))?.accountId ?? accountId
    },
    grant: (accountId, grant, terms, eventsOf) =>
      untilSettled(() => tryGrant(people, { accountId, grant, terms, eventsOf })),
    revoke: async (accountId, at, events) => {
      const document = await people.updateWith(
        { ...HOLDERS, _id: accountId },
        {
          ...END_GRANTS,
          $set: { ...END_GRANTS.$set, 'roles.ADMIN.revokedAt': at },
        },
        events,
      )
      return document && addressed(document)
    },
    restore: (accountId, revokedAt, events) =>
      people.changeWith(
        { _id: accountId, 'roles.ADMIN.revokedAt': revokedAt },
        { $set: { 'roles.ADMIN.revokedAt': null } },
        events,
      ),
  }
}

interface Granting {
  readonly accountId: AccountId
  readonly grant: RoleGrant
  readonly terms: GrantTerms
  readonly eventsOf: (lost: LostTrust) => ChangeEvents
}

async function tryGrant(
  people: People,
  { accountId, grant, terms, eventsOf }: Granting,
): Promise<GrantOutcome | typeof LOST> {
  const { onlyOnce, demandsFactor } = terms
  const document = await people.findOne({ _id: accountId, status: 'ACTIVE', linkedTo: null })
  if (!document) return { kind: 'not-eligible' }
  const before = document.roles?.ADMIN
  if (before && (onlyOnce || before.revokedAt === null)) return { kind: 'held' }
  const { filter, lost, ...dropped } = dropTrust(document, null, { sessions: true, devices: true })
  const isWithoutFactor = document.activeFactorCount === 0
  const isGranted = await people.changeWith(
    // Another grant moves `trustRevision` as well.
    { ...filter, status: 'ACTIVE' },
    update({
      // An open enrolment or link may belong to an attacker who had a session before.
      $set: {
        ...dropped.$set,
        ...END_GRANTS.$set,
        'roles.ADMIN': stored(grant),
        ...(demandsFactor && isWithoutFactor ? { reEnrollSince: grant.grantedAt } : {}),
      },
      $unset: dropped.$unset,
      $inc: { ...END_GRANTS.$inc, trustRevision: 1 },
    }),
    eventsOf(lost),
  )
  return isGranted ? { kind: 'granted', lost, to: addressed(document) } : LOST
}

const addressed = (document: PersonDocument) =>
  addresseeOf({ account: toAccount(document), noticeAddresses: noticeAddressesOf(document) })
