import { accountActor, type AuditLog } from '../../audit/index.js'
import { spendAll, type Budgets, type LimitsDeps } from '../../limits/index.js'
import type { AskRequest, OutgoingMessage } from '../factor.js'

export interface SmsBudgetsDeps {
  readonly limits: LimitsDeps
  readonly budgets: Pick<Budgets, 'smsPerAccount' | 'smsPerNumber' | 'smsPerPrefix' | 'smsOverall'>
  readonly audit: AuditLog
}

/** How much of a number's budget goes to enrolments: nobody who knows a number can use up what its owner signs in with. */
const ENROLLMENT_SHARE = 0.6

/** Numbers that whoever rents a block of them holds differ in these only. */
const BLOCK_DIGITS = 4

/**
 * Spends what one text message costs: of its account, its number, the block the number stands in, and all messages.
 * Without these, whoever earns from called numbers has them texted at our expense (R042).
 */
export async function spendSmsBudgets(
  { limits, budgets, audit }: SmsBudgetsDeps,
  message: Pick<AskRequest, 'accountId' | 'purpose' | 'context'> & { readonly e164: string },
): ReturnType<OutgoingMessage['admit']> {
  const { accountId, purpose, e164, context } = message
  const { smsPerNumber } = budgets
  const forEnrollments = { ...smsPerNumber, count: Math.ceil(smsPerNumber.count * ENROLLMENT_SHARE) }
  const outcome = await spendAll(limits, [
    { budget: budgets.smsPerAccount, key: accountId },
    ...(purpose === 'ENROLLMENT' ? [{ budget: forEnrollments, key: `enrollment ${e164}` }] : []),
    { budget: smsPerNumber, key: e164 },
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
