import type { OrganizationId } from '../kernel/ids.js'
import { Unavailable } from '../kernel/unavailable.js'
import type { OrganizationDeps } from './organization-deps.js'
import type { Organization } from './organization.js'

/** How often what lost against a change elsewhere is tried again. */
const ROUNDS = 50

/** Tries until it has an outcome; null is another round. What never settles is contention we cannot serve. */
export async function untilDone<T>(round: () => Promise<T | null>): Promise<T> {
  for (let rounds = 0; rounds < ROUNDS; rounds += 1) {
    const outcome = await round()
    if (outcome !== null) return outcome
  }
  throw new Unavailable('store')
}

export interface ChangedOrganizationOutcome {
  readonly kind: 'changed'
  readonly before: Organization
  readonly organization: Organization
}

/**
 * Changes an organization in one conditional update: `judge` sees it as it is and says what it should be, or why not. When it
 * was changed meanwhile, it is judged anew.
 */
export function changeOrganization<No extends string = never>(
  { organizationStore, directory }: Pick<OrganizationDeps, 'organizationStore' | 'directory'>,
  id: OrganizationId,
  judge: (
    organization: Organization,
  ) => Promise<Organization | { readonly kind: No }> | Organization | { readonly kind: No },
): Promise<
  ChangedOrganizationOutcome | { readonly kind: No } | { readonly kind: 'unknown' } | { readonly kind: 'domain-taken' }
> {
  return untilDone(async () => {
    const [before] = await organizationStore.find([id])
    if (!before) return { kind: 'unknown' }
    const wanted = await judge(before)
    if ('kind' in wanted) return wanted
    const outcome = await organizationStore.replace(wanted, before.revision)
    if (outcome === 'domain-taken') return { kind: outcome }
    if (outcome === 'changed') return null
    directory.expire()
    return { kind: 'changed', before, organization: { ...wanted, revision: before.revision + 1 } }
  })
}
