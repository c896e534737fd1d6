import type { NewAuditEvent } from '../audit/index.js'
import type { AccountId, OrganizationId } from '../kernel/ids.js'
import type { Memberships } from '../kernel/membership.js'
import type { Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { OrganizationDeps } from './organization-deps.js'
import { organizationEvent } from './organization-event.js'

/** How a break-glass member used the exemption. */
export const BREAK_GLASS_USES = ['signed-in', 'policy-set-aside'] as const
export type BreakGlassUse = (typeof BREAK_GLASS_USES)[number]

export interface BreakGlassUsed {
  readonly accountId: AccountId
  readonly email: string
  readonly organizationIds: readonly OrganizationId[]
  readonly use: BreakGlassUse
  readonly context: AuditContext
}

/** Records what break-glass members do, and tells the other administrators. */
export interface BreakGlassWatch {
  /** One event for each organization. */
  events(used: BreakGlassUsed): readonly NewAuditEvent[]
  /** Tells the other administrators. Call it after the answer is sent. */
  tell(used: BreakGlassUsed): Promise<void>
}

/** The organizations whose rules do not apply to this account. */
export const breakGlassOf = (memberships: Memberships): readonly OrganizationId[] =>
  Object.values(memberships).flatMap(({ breakGlass, organizationId }) => (breakGlass ? [organizationId] : []))

export function watchBreakGlass({
  organizationStore,
  members,
  notices,
}: Pick<OrganizationDeps, 'organizationStore' | 'members'> & { readonly notices: Notices }): BreakGlassWatch {
  return {
    events: ({ accountId, organizationIds, use, context }) =>
      organizationIds.map((organizationId) =>
        organizationEvent(
          'organization.break_glass_used',
          { accountId, organizationId, context },
          { member: accountId, reason: use },
        ),
      ),
    tell: async ({ accountId, email, organizationIds, context }) => {
      for (const { id, name, adminIds } of await organizationStore.find(organizationIds)) {
        const others = adminIds.filter((adminId) => adminId !== accountId)
        const details = { organization: name, member: email }
        for (const to of await members.addressees(id, others)) {
          await notices.tell({ name: 'break-glass-used', to, context, details, takesBack: null })
        }
      }
    },
  }
}
