import { accountActor, type AuditLog } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import { newId, type AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Factor, FactorKind } from './factor.js'
import { newFactor } from './new-factor.js'
import type { FactorStore } from './ports.js'

export interface RegenerateRecoveryCodesDeps {
  readonly factors: FactorStore
  readonly recovery: FactorKind
  readonly audit: AuditLog
  readonly clock: Clock
}

/** A new set of codes, to be shown once. */
export interface NewRecoveryCodes {
  readonly factor: Factor
  readonly recoveryCodes: readonly string[]
}

/** Makes a new set of recovery codes; every old one is dead from then on (R037). */
export async function regenerateRecoveryCodes(
  deps: RegenerateRecoveryCodesDeps,
  input: { readonly accountId: AccountId; readonly context: AuditContext },
): Promise<NewRecoveryCodes | null> {
  const { factor, reveal } = await newFactor(deps.recovery, {
    accountId: input.accountId,
    factorId: newId(),
    label: '',
    name: null,
    now: deps.clock.now(),
  })
  const live: Factor = { ...factor, status: 'ACTIVE', activatedAt: factor.createdAt }
  if (!(await deps.factors.replaceRecoveryCodes(input.accountId, live))) return null
  await deps.audit.record([
    {
      action: 'recovery_codes.generated',
      actor: accountActor(input.accountId),
      targets: [{ id: factor.id, type: 'FACTOR' }],
      outcome: 'SUCCESS',
      context: input.context,
    },
  ])
  return { factor: live, recoveryCodes: reveal.recoveryCodes ?? [] }
}
