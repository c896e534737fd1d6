import type { Budgets } from '../../limits/index.js'
import { admitMessage, type AdmitMessageDeps } from '../admit-message.js'
import type { AskRequest, OutgoingMessage } from '../factor.js'
import { ownSpendings, sharedSpendings, type MessageShares } from '../message-shares.js'

export interface SmsBudgetsDeps extends AdmitMessageDeps {
  readonly budgets: Pick<Budgets, 'smsPerAccount' | 'smsPerNumber' | 'smsPerPrefix' | 'smsOverall'>
  readonly shares: MessageShares
}

/** Whoever rents a block of numbers holds numbers that differ in these digits only. */
const BLOCK_DIGITS = 4

/**
 * Spends what one text message costs: of its account, its number, the block the number is in, and all messages. Without
 * these, whoever earns from called numbers has them texted at our expense (R042). Enrolments get a part of each budget:
 * a stranger's must not use up what proved numbers sign in with (R129).
 */
export function spendSmsBudgets(
  deps: SmsBudgetsDeps,
  message: Pick<AskRequest, 'accountId' | 'purpose' | 'context' | 'isKnownCaller'> & { readonly e164: string },
): ReturnType<OutgoingMessage['admit']> {
  const { accountId, e164, context } = message
  const { budgets, shares } = deps
  const spendings = [
    ...ownSpendings(shares, message, { budget: budgets.smsPerAccount, key: accountId }),
    ...sharedSpendings(shares, message, { budget: budgets.smsPerNumber, key: e164 }),
    ...sharedSpendings(shares, message, { budget: budgets.smsPerPrefix, key: e164.slice(0, -BLOCK_DIGITS) }),
    ...sharedSpendings(shares, message, { budget: budgets.smsOverall, key: 'all' }),
  ]
  return admitMessage(deps, spendings, { accountId, context })
}
