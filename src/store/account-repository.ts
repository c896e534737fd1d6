import type { AccountStore } from '../accounts/index.js'
import type { Filter } from './collection.js'
import { DuplicateKey } from './duplicate-key.js'
import { beginningWith, findInTurn, newestAfter } from './keyset.js'
import type { Names } from './names/names.js'
import { dropTrust, END_GRANTS, update } from './paths.js'
import { newDocument, noticeAddressesOf, toAccount, type People } from './person-document.js'
import { LOST, untilSettled } from '../kernel/settle.js'

/** Accounts: the part of the person's document that says who it is. */
export function accountRepository(people: People, names: Names): AccountStore {
  return {
    create: async (wanted, eventsOf) => {
      const { emailKey, createdAt } = wanted
      const id = await names.reserve(emailKey, wanted.id, createdAt)
      if (id === null) return null
      const account = { ...wanted, id }
      if (!(await people.insertWith(newDocument(account), eventsOf(account)))) return null
      if (await names.confirm(emailKey, id)) return account
      await people.deleteMany({ _id: id, emailKey })
      return null
    },
    find: async (id) => {
      const document = await people.findOne({ _id: id })
      return document && toAccount(document)
    },
    isTaken: async (emailKey) => (await names.find(emailKey)) !== null,
    changeEmail: async (id, { email, emailKey, at, askedAt, fromKey, grantedOn }, events) => {
      if (!(await names.claimKey(emailKey, { accountId: id, grantedOn, at }))) return 'taken'
      try {
        const document = await people.updateWith(
          {
            _id: id,
            status: 'ACTIVE',
            grantRevision: grantedOn,
            ...(fromKey === null ? {} : { emailKey: fromKey }),
            passwordChangedAt: { $lte: askedAt },
            $and: [
              { $or: [{ suspicionAt: null }, { suspicionAt: { $lte: askedAt } }] },
              // A request from before the account became an operator's was made in a session that has ended.
              { $or: [{ 'roles.ADMIN.grantedAt': null }, { 'roles.ADMIN.grantedAt': { $lte: askedAt } }] },
            ],
          },
          { ...END_GRANTS, $set: { ...END_GRANTS.$set, email, emailKey, emailChangedAt: at } },
          events,
        )
        await names.settle(id, at)
        return document && { account: toAccount(document), noticeAddresses: noticeAddressesOf(document) }
      } catch (error) {
        if (!(error instanceof DuplicateKey)) throw error
        // The unique index of an earlier version.
        await names.settle(id, at)
        return 'taken'
      }
    },
    changeContact: (id, from, { email, at }, events) => {
      const filter = { _id: id, email: from, linkedTo: { $ne: null } } as const
      return people.changeWith(filter, { $set: { email, emailChangedAt: at } }, events)
    },
    changePassword: ({ id, from, to, at, keep, endOthers, grantedOn }, eventsOf) =>
      untilSettled(async () => {
        const guard: Filter = { _id: id, status: 'ACTIVE', passwordHash: from, grantRevision: grantedOn }
        const document = await people.findOne(guard)
        if (!document) return null
        const { filter, lost, ...dropped } = dropTrust(document, keep, { sessions: endOthers, devices: true })
        const $set = { ...dropped.$set, ...END_GRANTS.$set, passwordHash: to, passwordChangedAt: at }
        const { $inc } = END_GRANTS
        const changes = update({ ...dropped, $set, $inc })
        const changed = await people.updateWith({ ...guard, ...filter }, changes, eventsOf(lost))
        return changed ? { account: toAccount(changed), lost } : LOST
      }),
    setLanguage: async (id, language, events) => {
      const $set = language === null ? { languageIsChosen: false } : { language, languageIsChosen: true }
      const document = await people.updateWith({ _id: id, status: 'ACTIVE' }, { $set }, events)
      return document && toAccount(document)
    },
    replaceProfile: (id, from, to, events) =>
      people.changeWith({ _id: id, sealedProfile: from }, { $set: { sealedProfile: to } }, events),
    list: async ({ first, after }) => {
      const sort = { createdAt: -1, _id: 1 } as const
      const documents = await findInTurn(newestAfter(after, 1), first, (filter, limit) =>
        people.find(filter, { sort, limit }),
      )
      return documents.map(toAccount)
    },
    search: async (emailPrefix, { first, after }) => {
      const emailKey = { ...beginningWith(emailPrefix), ...(after === null ? {} : { $gt: after }) }
      return (await people.find({ emailKey }, { sort: { emailKey: 1 }, limit: first })).map(toAccount)
    },
  }
}
