import type { AccountId, ServiceKeyId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { ChangeServiceKeysDeps } from './create-service-key.js'
import { serviceKeyEvent } from './service-key-events.js'
import { shownServiceKey, type ShownServiceKey } from './service-key.js'

export interface RevokeServiceKeyInput {
  readonly id: ServiceKeyId
  readonly operator: AccountId
  readonly context: AuditContext
}

/**
 * Revokes a key: in this process with the next request, in every other within a second. Null when there is none, or it
 * was already revoked.
 */
export async function revokeServiceKey(
  deps: Pick<ChangeServiceKeysDeps, 'serviceKeys' | 'serviceKeyDirectory' | 'audit' | 'clock'>,
  { id, operator, context }: RevokeServiceKeyInput,
): Promise<ShownServiceKey | null> {
  const revoked = await deps.serviceKeys.revoke(id, deps.clock.now())
  deps.serviceKeyDirectory.expire()
  if (!revoked) return null
  await deps.audit.record([serviceKeyEvent('service_key.revoked', revoked, operator, context)])
  return shownServiceKey(revoked)
}
