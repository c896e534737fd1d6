import type { AuditContext } from '../kernel/request-context.js'
import { breakGlassOf, type BreakGlassUsed } from '../organizations/index.js'
import type { ArrivePlan } from './arrive.js'
import type { Person, Session } from '../sessions/index.js'

/** What to report about a break-glass member's sign-in; null when no organization's policy is set aside for them. */
export function breakGlassSignIn(
  { account, memberships }: Person,
  { kind }: ArrivePlan,
  { id, deviceId }: Session,
  context: AuditContext,
): BreakGlassUsed | null {
  const organizationIds = breakGlassOf(memberships)
  // Reported after the choice: the person goes through the same step again once they have chosen.
  if (organizationIds.length === 0 || kind === 'choose') return null
  return {
    accountId: account.id,
    email: account.email,
    organizationIds,
    use: 'signed-in',
    context: { ...context, sessionId: id, deviceId },
  }
}
