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
  const revoked = await deps.serviceKeys.revoke(id, deps.clock.now(), (key) =>
    deps.audit.prepare([serviceKeyEvent('service_key.revoked', key, operator, context)]),
  )
  deps.serviceKeyDirectory.expire()
  return revoked && shownServiceKey(revoked)
}
