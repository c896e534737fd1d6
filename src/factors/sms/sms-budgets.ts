import { accountActor, type AuditLog } from '../../audit/index.js'
import type { AccountId } from '../../kernel/ids.js'
import type { AuditContext } from '../../kernel/request-context.js'
import { spendAll, type Budgets, type LimitsDeps } from '../../limits/index.js'
import type { OutgoingMessage } from '../factor.js'

export interface SmsBudgetsDeps {
  readonly limits: LimitsDeps
  readonly budgets: Pick<Budgets, 'smsPerAccount' | 'smsPerNumber' | 'smsPerPrefix' | 'smsOverall'>
  readonly audit: AuditLog
}

/** Numbers that whoever rents a block of them holds differ in these only. */
const BLOCK_DIGITS = 4

/**
 * Spends what one text message costs: of its account, its number, the block the number stands in, and all messages.
 * Without these, whoever earns from called numbers has them texted at our expense (R042).
 */
export async function spendSmsBudgets(
  { limits, budgets, audit }: SmsBudgetsDeps,
  message: { readonly accountId: AccountId; readonly e164: string; readonly context: AuditContext },
): ReturnType<OutgoingMessage['admit']> {
  const { accountId, e164, context } = message
  const outcome = await spendAll(limits, [
    { budget: budgets.smsPerAccount, key: accountId },
    { budget: budgets.smsPerNumber, key: e164 },
    { budget: budgets.smsPerPrefix, key: e164.slice(0, -BLOCK_DIGITS) },
    { budget: budgets.smsOverall, key: 'all' },
  ])
  if (outcome.kind === 'allowed') return { kind: 'admitted' }
  if (outcome.firstRefusals.length > 0) {
    await audit.record(
      outcome.firstRefusals.map((name) => ({
        action: 'limit.reached',
        actor: accountActor(accountId),
        targets: [{ id: name, type: 'BUDGET' }],
        outcome: 'DENIED',
        context,
      })),
    )
  }
  return { kind: 'refused', retryAfterSeconds: outcome.retryAfterSeconds }
}
