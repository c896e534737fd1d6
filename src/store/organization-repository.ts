import type { Organization, OrganizationStore } from '../organizations/index.js'
import type { CollectionSpec, Store } from './collection.js'

type OrganizationDocument = Omit<Organization, 'id'> & { readonly _id: Organization['id']; readonly changedAt: Date }

const SPEC: CollectionSpec = {
  name: 'organizations',
  fields: ['name', 'createdAt', 'mfaPolicy', 'domains', 'revision', 'changedAt'],
  indexes: [{ fields: { changedAt: 1 } }, { fields: { createdAt: -1, _id: 1 } }],
}

/** Organizations and their policies. Who is in them stands with each person. */
export function organizationRepository(store: Pick<Store, 'collection'>): OrganizationStore {
  const organizations = store.collection<OrganizationDocument>(SPEC)
  return {
    find: async (ids) => (await organizations.find({ _id: { $in: ids } })).map(toOrganization),
    changedSince: async (moment) => (await organizations.find({ changedAt: { $gte: moment } })).map(toOrganization),
  }
}

function toOrganization({ _id, changedAt: _, ...organization }: OrganizationDocument): Organization {
  return { id: _id, ...organization }
}
