import type { AuditContext } from '../kernel/request-context.js'
import { breakGlassOf, type BreakGlassUsed } from '../organizations/index.js'
import type { ArrivePlan } from './arrive.js'
import type { Person, Session } from '../sessions/index.js'

/** What has to be known of the sign-in of a break-glass member; null where nobody's policy is set aside for them. */
export function breakGlassSignIn(
  { account, memberships }: Person,
  { kind }: ArrivePlan,
  { id, deviceId }: Session,
  context: AuditContext,
): BreakGlassUsed | null {
  const organizationIds = breakGlassOf(memberships)
  // Once they have chosen where to go they come in again.
  if (organizationIds.length === 0 || kind === 'choose') return null
  return {
    accountId: account.id,
    email: account.email,
    organizationIds,
    use: 'signed-in',
    context: { ...context, sessionId: id, deviceId },
  }
}
