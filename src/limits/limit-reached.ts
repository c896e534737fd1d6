import { ANONYMOUS_ACTOR, type AuditActor } from '../audit/index.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { BudgetName } from './budgets.js'

/** The audit event of an exhausted budget. */
export function limitReached(budget: BudgetName, context: AuditContext, actor: AuditActor = ANONYMOUS_ACTOR) {
  const targets = [{ id: budget, type: 'BUDGET' }] as const
  return { action: 'limit.reached', actor, targets, outcome: 'DENIED', context } as const
}
