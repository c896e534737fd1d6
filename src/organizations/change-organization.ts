import type { NewAuditEvent } from '../audit/index.js'
import type { OrganizationId } from '../kernel/ids.js'
import { LOST, untilSettled } from '../kernel/settle.js'
import type { OrganizationDeps } from './organization-deps.js'
import type { Organization } from './organization.js'

export interface ChangedOrganizationOutcome {
  readonly kind: 'changed'
  readonly before: Organization
  readonly organization: Organization
}

/**
 * Changes an organization in one conditional update: `judge` sees its current state and returns the new one, or the
 * reason against it. If it was changed meanwhile, it is judged again.
 */
export function changeOrganization<No extends string = never>(
  { organizationStore, directory, audit }: Pick<OrganizationDeps, 'organizationStore' | 'directory' | 'audit'>,
  id: OrganizationId,
  judge: (
    organization: Organization,
  ) => Promise<Organization | { readonly kind: No }> | Organization | { readonly kind: No },
  eventsOf: (before: Organization) => readonly NewAuditEvent[],
): Promise<
  ChangedOrganizationOutcome | { readonly kind: No } | { readonly kind: 'unknown' } | { readonly kind: 'domain-taken' }
> {
  return untilSettled(async () => {
    const [before] = await organizationStore.find([id])
    if (!before) return { kind: 'unknown' }
    const wanted = await judge(before)
    if ('kind' in wanted) return wanted
    const outcome = await organizationStore.replace(wanted, before.revision, audit.prepare(eventsOf(before)))
    if (outcome === 'domain-taken') return { kind: outcome }
    if (outcome === 'changed') return LOST
    directory.expire()
    return { kind: 'changed', before, organization: { ...wanted, revision: before.revision + 1 } }
  })
}
