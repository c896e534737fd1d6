import { accountActor, type AuditAction, type NewAuditEvent } from '../audit/index.js'
import type { AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { ServiceKey } from './service-key.js'

/** The event of an operator's change to a key, and what the key is for. */
export function serviceKeyEvent(
  action: Extract<AuditAction, `service_key.${string}`>,
  { id, name, tenant, audience, scopes, expiresAt }: ServiceKey,
  operator: AccountId,
  context: AuditContext,
): NewAuditEvent {
  return {
    action,
    actor: accountActor(operator),
    targets: [{ id, type: 'SERVICE_KEY' }],
    outcome: 'SUCCESS',
    context,
    metadata: { name, tenant, audience, scopes, expiresAt },
  }
}
