import { accountActor, type AuditLog } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import { newId, type AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { FactorKind } from './factor.js'
import { newFactor } from './new-factor.js'
import type { FactorStore } from './ports.js'

export interface RegenerateRecoveryCodesDeps {
  readonly factors: FactorStore
  readonly recovery: FactorKind
  readonly audit: AuditLog
  readonly clock: Clock
}

/** Makes a new set of recovery codes; every old one is dead from then on (R037). Answers the codes, to be shown once. */
export async function regenerateRecoveryCodes(
  deps: RegenerateRecoveryCodesDeps,
  input: { readonly accountId: AccountId; readonly context: AuditContext },
): Promise<readonly string[] | null> {
  const { factor, reveal } = await newFactor(deps.recovery, {
    accountId: input.accountId,
    factorId: newId(),
    label: '',
    name: null,
    now: deps.clock.now(),
  })
  if (!(await deps.factors.replaceRecoveryCodes(input.accountId, { ...factor, status: 'ACTIVE' }))) return null
  await deps.audit.record([
    {
      action: 'recovery_codes.generated',
      actor: accountActor(input.accountId),
      targets: [{ id: factor.id, type: 'FACTOR' }],
      outcome: 'SUCCESS',
      context: input.context,
    },
  ])
  return reveal.recoveryCodes
}
