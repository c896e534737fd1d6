import type { ChallengePurpose } from '../../kernel/challenge-purpose.js'
import type { AccountId } from '../../kernel/ids.js'
import type { AuditContext } from '../../kernel/request-context.js'
import { giveBack, type Budgets, type Spending } from '../../limits/index.js'
import { admitMessage, type AdmitMessageDeps } from '../admit-message.js'
import type { OutgoingMessage } from '../factor.js'

export interface EmailBudgetsDeps extends AdmitMessageDeps {
  readonly budgets: Pick<Budgets, 'emailCodePerAccount' | 'messagePerDestination'>
}

export interface CountedMail {
  readonly accountId: AccountId
  readonly addressKey: string
  readonly purpose: ChallengePurpose
}

/**
 * Spends what one code costs: of its mailbox, so that nobody fills somebody else's, and of its account. A mailbox that is
 * being enrolled shares its budget with all that strangers can have sent there. One that was proved has a budget of its
 * own for that account: strangers must not be able to use up what its owner signs in with.
 */
export function spendEmailBudgets(
  deps: EmailBudgetsDeps,
  mail: CountedMail,
  context: AuditContext,
): ReturnType<OutgoingMessage['admit']> {
  return admitMessage(deps, spendingsOf(deps.budgets, mail), { accountId: mail.accountId, context })
}

/** For a code that was not sent because the mail server is down. */
export const giveBackEmailBudgets = ({ limits, budgets }: EmailBudgetsDeps, mail: CountedMail): Promise<void> =>
  giveBack(limits, spendingsOf(budgets, mail))

function spendingsOf(
  budgets: EmailBudgetsDeps['budgets'],
  { accountId, addressKey, purpose }: CountedMail,
): readonly Spending[] {
  const destination = purpose === 'ENROLLMENT' ? addressKey : `${addressKey}\0${accountId}`
  return [
    { budget: budgets.messagePerDestination, key: destination },
    { budget: budgets.emailCodePerAccount, key: accountId },
  ]
}
