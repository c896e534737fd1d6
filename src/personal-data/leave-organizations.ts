import type { AccountId, OrganizationId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import { removeMember, type OrganizationDeps } from '../organizations/index.js'
import type { PersonOnRecord } from './ports.js'

export interface LeaveOrganizationsInput {
  readonly person: PersonOnRecord
  /** Who causes it: the person, or an operator. */
  readonly begunBy: { readonly accountId: AccountId }
  readonly abandonsOrganizations: boolean
  readonly context: AuditContext
}

/**
 * Removes an account from its organizations. Each organization's own rule decides which of several leaving
 * administrators stays. Returns the organizations whose last administrator it is; if these must not be abandoned, all
 * are checked before any is left.
 */
export async function leaveOrganizations(
  deps: OrganizationDeps,
  { person, begunBy, abandonsOrganizations, context }: LeaveOrganizationsInput,
): Promise<readonly OrganizationId[]> {
  const lastIn = await lastAdminIn(deps, person)
  if (lastIn.length > 0 && !abandonsOrganizations) return lastIn
  const { id: member } = person.account
  const lastAdmin = abandonsOrganizations ? 'goes' : 'stays'
  for (const { organizationId } of Object.values(person.memberships)) {
    const outcome = await removeMember(deps, {
      accountId: begunBy.accountId,
      organizationId,
      member,
      lastAdmin,
      context,
    })
    if (outcome.kind === 'last-admin') return [organizationId]
  }
  return lastIn
}

async function lastAdminIn(
  { organizationStore, members }: OrganizationDeps,
  { account, memberships }: PersonOnRecord,
): Promise<readonly OrganizationId[]> {
  const administered = Object.values(memberships).filter(({ role }) => role === 'ADMIN')
  if (administered.length === 0) return []
  const organizations = await organizationStore.find(administered.map(({ organizationId }) => organizationId))
  const others = await Promise.all(
    organizations.map(({ id, adminIds }) =>
      members.countWho(
        'admins',
        id,
        adminIds.filter((each) => each !== account.id),
      ),
    ),
  )
  return organizations.filter((_, place) => others[place] === 0).map(({ id }) => id)
}
