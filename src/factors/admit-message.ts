import { accountActor, type AuditLog } from '../audit/index.js'
import type { AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import { spendAll, type LimitsDeps, type Spending } from '../limits/index.js'
import type { OutgoingMessage } from './factor.js'

export interface AdmitMessageDeps {
  readonly limits: LimitsDeps
  readonly audit: AuditLog
}

/** Spends what a message of an account costs, or none of it; a budget that is used up is on record once a window. */
export async function admitMessage(
  { limits, audit }: AdmitMessageDeps,
  spendings: readonly Spending[],
  { accountId, context }: { readonly accountId: AccountId; readonly context: AuditContext },
): ReturnType<OutgoingMessage['admit']> {
  const outcome = await spendAll(limits, spendings)
  if (outcome.kind === 'allowed') return { kind: 'admitted' }
  await audit.record(
    outcome.firstRefusals.map((name) => ({
      action: 'limit.reached',
      actor: accountActor(accountId),
      targets: [{ id: name, type: 'BUDGET' }],
      outcome: 'DENIED',
      context,
    })),
  )
  return { kind: 'refused', retryAfterSeconds: outcome.retryAfterSeconds }
}
