import { changeOrganization } from './change-organization.js'
import type { OrganizationDeps } from './organization-deps.js'
import { organizationEvent, type Acting } from './organization-event.js'
import type { Organization } from './organization.js'

/** Renames an organization. Null when it is gone. */
export async function renameOrganization(
  deps: OrganizationDeps,
  input: Acting & { readonly name: string },
): Promise<Organization | null> {
  const { name } = input
  const changed = await changeOrganization(deps, input.organizationId, (organization) => ({
    ...organization,
    name,
  }))
  if (changed.kind !== 'changed') return null
  const metadata = { before: changed.before.name, after: name }
  await deps.audit.record([organizationEvent('organization.renamed', input, { metadata })])
  return changed.organization
}
