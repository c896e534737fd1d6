import { accountActor, type AuditLog } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import type { AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { FactorKind } from './factor.js'
import { newRecoveryCodes, type NewRecoveryCodes } from './new-recovery-codes.js'
import type { FactorStore } from './ports.js'

export interface RegenerateRecoveryCodesDeps {
  readonly factors: FactorStore
  readonly recovery: FactorKind
  readonly audit: AuditLog
  readonly clock: Clock
}

/** Creates a new set of recovery codes; every old code becomes invalid (R037). Null when the account is gone. */
export async function regenerateRecoveryCodes(
  deps: RegenerateRecoveryCodesDeps,
  { accountId, context }: { readonly accountId: AccountId; readonly context: AuditContext },
): Promise<NewRecoveryCodes | null> {
  const made = await newRecoveryCodes(deps.recovery, { accountId, now: deps.clock.now() })
  const events = deps.audit.prepare([
    {
      action: 'recovery_codes.generated',
      actor: accountActor(accountId),
      targets: [{ id: made.factor.id, type: 'FACTOR' }],
      outcome: 'SUCCESS',
      context,
    },
  ])
  return (await deps.factors.replaceRecoveryCodes(accountId, made.factor, events)) ? made : null
}
