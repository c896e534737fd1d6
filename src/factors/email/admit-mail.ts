import { accountActor, type AuditLog } from '../../audit/index.js'
import type { AccountId } from '../../kernel/ids.js'
import type { AuditContext } from '../../kernel/request-context.js'
import { spend, type Budgets, type LimitsDeps } from '../../limits/index.js'
import type { OutgoingMessage } from '../factor.js'

export interface AdmitMailDeps {
  readonly limits: LimitsDeps
  readonly budgets: Budgets
  readonly audit: AuditLog
}

export interface MailToAdmit {
  readonly accountId: AccountId
  readonly addressKey: string
  readonly context: AuditContext
}

/**
 * Spends the budgets of one code: of the account that asks, then of the mailbox, whoever asks, so that nobody fills
 * somebody's mailbox with them (R042).
 */
export async function admitMail(
  { limits, budgets, audit }: AdmitMailDeps,
  { accountId, addressKey, context }: MailToAdmit,
): ReturnType<OutgoingMessage['admit']> {
  const counted = [
    { budget: budgets.emailCodePerAccount, key: accountId },
    { budget: budgets.messagePerDestination, key: addressKey },
  ]
  for (const { budget, key } of counted) {
    const outcome = await spend(limits, budget, key)
    if (outcome.kind === 'allowed') continue
    // One event a window: whoever is over the limit must not be able to fill the log.
    if (outcome.first) {
      const targets = [{ id: budget.name, type: 'BUDGET' }] as const
      const actor = accountActor(accountId)
      await audit.record([{ action: 'limit.reached', actor, targets, outcome: 'DENIED', context }])
    }
    return { kind: 'refused', retryAfterSeconds: outcome.retryAfterSeconds }
  }
  return { kind: 'admitted' }
}
