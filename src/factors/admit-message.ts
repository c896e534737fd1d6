import { accountActor, type AuditLog } from '../audit/index.js'
import type { AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import { spendAll, type LimitsDeps, type Spending } from '../limits/index.js'
import type { OutgoingMessage } from './factor.js'

export interface AdmitMessageDeps {
  readonly limits: LimitsDeps
  readonly audit: AuditLog
}

/** Spends the full cost of an account's message, or nothing; an exhausted budget is recorded once per window. */
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
