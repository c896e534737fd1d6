import { accountActor, type AuditLog } from '../audit/index.js'
import type { AccountId, FactorId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { FactorStore } from './ports.js'

export interface RenameFactorDeps {
  readonly factors: FactorStore
  readonly audit: AuditLog
}

export interface RenameFactorInput {
  readonly accountId: AccountId
  readonly factorId: FactorId
  readonly name: string
  readonly context: AuditContext
}

/** Renames a factor. False when the account has no such factor. */
export function renameFactor(deps: RenameFactorDeps, input: RenameFactorInput): Promise<boolean> {
  const events = deps.audit.prepare([
    {
      action: 'factor.renamed',
      actor: accountActor(input.accountId),
      targets: [{ id: input.factorId, type: 'FACTOR' }],
      outcome: 'SUCCESS',
      context: input.context,
    },
  ])
  return deps.factors.rename(input.accountId, input.factorId, input.name, events)
}
