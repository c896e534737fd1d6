import type { Organization, OrganizationStore } from '../organizations/index.js'
import type { Collection, CollectionSpec, Store } from './collection.js'
import { DuplicateKey } from './duplicate-key.js'
import { OUTBOX_INDEX, withOutbox, type HoldsOutbox } from './outbox.js'
import { stored } from './person-document.js'
import { LOST, untilSettled } from '../kernel/settle.js'

type OrganizationDocument = Omit<Organization, 'id' | 'domains'> &
  HoldsOutbox & {
    readonly _id: Organization['id']
    /** Left out while there are none: the index is sparse, and must not see empty lists. */
    readonly domains?: readonly string[]
    /** The number of its last change. No two changes have the same, so an update based on an older read fails. */
    readonly change: number
  }

export const ORGANIZATIONS: CollectionSpec = {
  name: 'organizations',
  fields: [
    'name',
    'createdAt',
    'mfaPolicy',
    'domains',
    'pendingDomains',
    'adminIds',
    'breakGlassIds',
    'revision',
    'change',
    'outbox',
  ],
  indexes: [
    { fields: { change: 1 }, unique: true },
    { fields: { domains: 1 }, unique: true, sparse: true },
    OUTBOX_INDEX,
  ],
}

/** Organizations and their policies. Memberships are stored with each person. */
export function organizationRepository(store: Pick<Store, 'collection'>): OrganizationStore {
  const organizations = withOutbox<OrganizationDocument>(store, ORGANIZATIONS)
  const newestChange = async (): Promise<number> => {
    const [newest] = await organizations.find({}, { sort: { change: -1 }, limit: 1 })
    return newest?.change ?? 0
  }
  return {
    find: async (ids) => (await organizations.find({ _id: { $in: ids } })).map(toOrganization),
    findByDomain: async (domain) => {
      const found = await organizations.findOne({ domains: domain })
      return found && toOrganization(found)
    },
    newestChange,
    changedAfter: async (change) => {
      const changed = await organizations.find({ change: { $gt: change } })
      return changed.map((document) => ({ organization: toOrganization(document), change: document.change }))
    },
    create: (organization) =>
      untilSettled(async () => {
        const change = (await newestChange()) + 1
        const { inserted } = await organizations.insert([toDocument(organization, change)])
        return inserted === 1 ? undefined : LOST
      }),
    replace: (organization, fromRevision, events) =>
      untilSettled(async () => {
        const change = (await newestChange()) + 1
        const { _id, domains, ...fields } = toDocument(organization, change)
        try {
          const isReplaced = await organizations.changeWith(
            { _id, revision: fromRevision },
            {
              $set: {
                ...fields,
                mfaPolicy: stored(fields.mfaPolicy),
                pendingDomains: fields.pendingDomains.map(stored),
                revision: fromRevision + 1,
                ...(domains ? { domains } : {}),
              },
              ...(domains ? {} : { $unset: { domains: true } }),
            },
            events,
          )
          return isReplaced ? 'replaced' : 'changed'
        } catch (error) {
          if (!(error instanceof DuplicateKey)) throw error
          // If this fails, another change took the number.
          return (await isAnyTaken(organizations, organization)) ? 'domain-taken' : LOST
        }
      }),
    discard: async (id) => {
      await organizations.deleteMany({ _id: id })
    },
  }
}

async function isAnyTaken(organizations: Collection<OrganizationDocument>, { id, domains }: Organization) {
  if (domains.length === 0) return false
  return (await organizations.count({ _id: { $ne: id }, domains: { $in: domains } })) > 0
}

function toDocument(
  { id, domains, ...organization }: Organization,
  change: number,
): Omit<OrganizationDocument, 'outbox'> {
  return { _id: id, ...organization, ...(domains.length > 0 ? { domains } : {}), change }
}

function toOrganization(document: OrganizationDocument): Organization {
  const { _id, change: _, outbox: _waiting, domains = [], ...organization } = document
  return { id: _id, ...organization, domains }
}
