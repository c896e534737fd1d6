import { accountActor, type AuditLog } from '../../audit/index.js'
import type { ChallengePurpose } from '../../kernel/challenge-purpose.js'
import type { AccountId } from '../../kernel/ids.js'
import type { AuditContext } from '../../kernel/request-context.js'
import { giveBack, spendAll, type Budgets, type LimitsDeps, type Spending } from '../../limits/index.js'
import type { OutgoingMessage } from '../factor.js'

export interface EmailBudgetsDeps {
  readonly limits: LimitsDeps
  readonly budgets: Pick<Budgets, 'emailCodePerAccount' | 'messagePerDestination'>
  readonly audit: AuditLog
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
export async function spendEmailBudgets(
  { limits, budgets, audit }: EmailBudgetsDeps,
  mail: CountedMail,
  context: AuditContext,
): ReturnType<OutgoingMessage['admit']> {
  const { accountId } = mail
  const outcome = await spendAll(limits, spendingsOf(budgets, mail))
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
