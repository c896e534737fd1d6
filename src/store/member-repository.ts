import { summarize } from '../factors/index.js'
import type { AccountId, OrganizationId } from '../kernel/ids.js'
import type { Affiliate, MemberStore } from '../organizations/index.js'
import type { Filter } from './collection.js'
import { beginningWith } from './keyset.js'
import { noticeAddressesOf, stored, toAccount, type People, type PersonDocument } from './person-document.js'

/** Memberships of organizations, which are stored in the person's document. */
export function memberRepository(people: People): MemberStore {
  return {
    find: async (accountId) => {
      const document = await people.findOne({ _id: accountId })
      return document && toAffiliate(document)
    },
    page: async (organizationId, { search, after, first }) => {
      const wanted = { ...(search === null ? {} : beginningWith(search)), ...(after === null ? {} : { $gt: after }) }
      const emailKey = Object.keys(wanted).length === 0 ? {} : { emailKey: wanted }
      const filter: Filter = { organizationIds: organizationId, ...emailKey }
      return (await people.find(filter, { sort: { emailKey: 1 }, limit: first })).map(toAffiliate)
    },
    countWho: async (are, organizationId, among) => {
      const place = `memberships.${organizationId}`
      const who = are === 'admins' ? { [`${place}.role`]: 'ADMIN' } : { [`${place}.breakGlass`]: true }
      return among.length === 0 ? 0 : people.count({ _id: { $in: among }, ...who })
    },
    replacePlace: ({ accountId, organizationId, fromRevision, to }, events) => {
      const place = `memberships.${organizationId}`
      const $inc = { membershipRevision: 1 }
      return people.changeWith(
        { _id: accountId, membershipRevision: fromRevision },
        to
          ? { $set: { [place]: stored(to) }, $addToSet: { organizationIds: organizationId }, $inc }
          : { $unset: { [place]: true }, $pull: { organizationIds: organizationId }, $inc },
        events,
      )
    },
    addressees: async (organizationId, among) => {
      const found = await people.find(membersAmong(organizationId, among))
      return found.map((document) => ({
        accountId: document._id,
        addresses: noticeAddressesOf(document),
        language: document.language,
      }))
    },
  }
}

const membersAmong = (organizationId: OrganizationId, among: readonly AccountId[]): Filter => ({
  _id: { $in: among },
  organizationIds: organizationId,
})

function toAffiliate(document: PersonDocument): Affiliate {
  return {
    accountId: document._id,
    email: document.email,
    emailKey: document.emailKey,
    account: toAccount(document),
    memberships: document.memberships,
    factors: Object.values(document.factors).map(summarize),
    membershipRevision: document.membershipRevision,
    grantRevision: document.grantRevision ?? null,
  }
}
