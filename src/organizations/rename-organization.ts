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
  const renamed = (organization: Organization) => ({ ...organization, name })
  const changed = await changeOrganization(deps, input.organizationId, renamed, (before) => [
    organizationEvent('organization.renamed', input, { metadata: { before: before.name, after: name } }),
  ])
  return changed.kind === 'changed' ? changed.organization : null
}
