import type { Budgets } from '../../limits/index.js'
import { admitMessage, type AdmitMessageDeps } from '../admit-message.js'
import type { AskRequest, OutgoingMessage } from '../factor.js'

export interface SmsBudgetsDeps extends AdmitMessageDeps {
  readonly budgets: Pick<Budgets, 'smsPerAccount' | 'smsPerNumber' | 'smsPerPrefix' | 'smsOverall'>
}

/** How much of a number's budget goes to enrolments: nobody who knows a number can use up what its owner signs in with. */
const ENROLLMENT_SHARE = 0.6

/** Numbers that whoever rents a block of them holds differ in these only. */
const BLOCK_DIGITS = 4

/**
 * Spends what one text message costs: of its account, its number, the block the number stands in, and all messages.
 * Without these, whoever earns from called numbers has them texted at our expense (R042).
 */
export function spendSmsBudgets(
  deps: SmsBudgetsDeps,
  message: Pick<AskRequest, 'accountId' | 'purpose' | 'context'> & { readonly e164: string },
): ReturnType<OutgoingMessage['admit']> {
  const { accountId, purpose, e164, context } = message
  const { budgets } = deps
  const { smsPerNumber } = budgets
  const forEnrollments = { ...smsPerNumber, count: Math.ceil(smsPerNumber.count * ENROLLMENT_SHARE) }
  const spendings = [
    { budget: budgets.smsPerAccount, key: accountId },
    ...(purpose === 'ENROLLMENT' ? [{ budget: forEnrollments, key: `enrollment ${e164}` }] : []),
    { budget: smsPerNumber, key: e164 },
    { budget: budgets.smsPerPrefix, key: e164.slice(0, -BLOCK_DIGITS) },
    { budget: budgets.smsOverall, key: 'all' },
  ]
  return admitMessage(deps, spendings, { accountId, context })
}
