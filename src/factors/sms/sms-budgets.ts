import type { Budgets } from '../../limits/index.js'
import { admitMessage, type AdmitMessageDeps } from '../admit-message.js'
import type { AskRequest, OutgoingMessage } from '../factor.js'
import { ownSpendings, sharedSpendings, type MessageShares } from '../message-shares.js'

export interface SmsBudgetsDeps extends AdmitMessageDeps {
  readonly budgets: Pick<Budgets, 'smsPerAccount' | 'smsPerNumber' | 'smsPerPrefix' | 'smsOverall'>
  readonly shares: MessageShares
}

/** The number of last digits in which the numbers of a rented block differ. */
const BLOCK_DIGITS = 4

/**
 * Spends what one text message costs: from the budgets of its account, its number, the number's block, and all
 * messages. Without these limits a fraudster could have premium numbers texted at our expense (R042). Enrolments get a
 * share of each budget: an attacker's must not use up what proved numbers need to sign in (R129).
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
