import type { AccountId } from '../../kernel/ids.js'
import type { AuditContext } from '../../kernel/request-context.js'
import { giveBack, mailSpendings, type Budgets, type Spending } from '../../limits/index.js'
import { admitMessage, type AdmitMessageDeps } from '../admit-message.js'
import type { OutgoingMessage } from '../factor.js'
import { ownSpendings, type MessageCause, type MessageShares } from '../message-shares.js'

export interface EmailBudgetsDeps extends AdmitMessageDeps {
  readonly budgets: Budgets
  readonly shares: MessageShares
}

export interface CountedMail extends MessageCause {
  readonly accountId: AccountId
  readonly addressKey: string
  /** The account's own proved mailbox; null where it has none. */
  readonly ownMailbox: string | null
}

/**
 * Spends what one code costs: from its mailbox, so that no caller can flood another person's, and from its account. A
 * mailbox the account has proved has a separate budget for that account, which no other account can spend. For any
 * other mailbox the account draws on the same budget as other accounts, not on the one for unauthenticated callers.
 */
export function spendEmailBudgets(
  deps: EmailBudgetsDeps,
  mail: CountedMail,
  context: AuditContext,
): ReturnType<OutgoingMessage['admit']> {
  return admitMessage(deps, spendingsOf(deps, mail), { accountId: mail.accountId, context })
}

/** For a code that was not sent because the mail server is down. */
export const giveBackEmailBudgets = (deps: EmailBudgetsDeps, mail: CountedMail): Promise<void> =>
  giveBack(deps.limits, spendingsOf(deps, mail))

function spendingsOf({ budgets, shares }: EmailBudgetsDeps, mail: CountedMail): readonly Spending[] {
  const { accountId, addressKey, purpose, ownMailbox } = mail
  const ofAccount = ownSpendings(shares, mail, { budget: budgets.emailCodePerAccount, key: accountId })
  if (purpose === 'ENROLLMENT' && addressKey !== ownMailbox) {
    const standing = { kind: 'account', accountId } as const
    return [
      ...ofAccount,
      ...mailSpendings(budgets, { mailbox: addressKey, kind: 'email-code', address: null, standing }),
    ]
  }
  const ofMailbox = { budget: budgets.messagePerDestination, key: `${addressKey}\0${accountId}` }
  return [...ownSpendings(shares, mail, ofMailbox), ...ofAccount]
}
