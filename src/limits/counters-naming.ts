import { MAIL_KINDS } from '../kernel/requested-mail.js'
import type { Budgets } from './budgets.js'
import { counterOf } from './counter.js'
import { mailboxOf } from './mail-budgets.js'
import type { LimitsDeps } from './spend.js'

/** The names under which budgets count a person. */
export interface PersonNames {
  readonly accountId: string
  /** Normalised addresses: the one for sign-in and those that receive mail. */
  readonly emailKeys: readonly string[]
  /** E.164. */
  readonly phoneNumbers: readonly string[]
}

/**
 * The current counters under a person's name alone. Counters that include a network address cannot be found without it;
 * like all counters they hold keyed hashes and end within a day.
 */
export function countersNaming(
  { budgets, secrets, clock }: Pick<LimitsDeps, 'secrets' | 'clock'> & { readonly budgets: Budgets },
  { accountId, emailKeys, phoneNumbers }: PersonNames,
): readonly string[] {
  const now = clock.now()
  const named = [
    ...emailKeys.flatMap((key) => [
      [budgets.signInPerName, key] as const,
      [budgets.messagePerDestination, mailboxOf(key)] as const,
      [budgets.messagePerDestination, `${key}\0${accountId}`] as const,
      [budgets.messagePerDestination, `unknown ${key}\0${accountId}`] as const,
      [budgets.messagePerDestinationFamiliar, mailboxOf(key)] as const,
      [budgets.messagePerDestinationAccounts, mailboxOf(key)] as const,
      [budgets.messagePerDestinationOwn, mailboxOf(key)] as const,
      [budgets.mailedCodePerMailbox, mailboxOf(key)] as const,
      [budgets.mailHeldBackPerDestination, mailboxOf(key)] as const,
      ...MAIL_KINDS.map((kind) => [budgets.messagePerDestinationAndKind, `${mailboxOf(key)} ${kind}`] as const),
    ]),
    [budgets.organizationsPerAccount, accountId] as const,
    [budgets.emailCodePerAccount, accountId] as const,
    [budgets.emailCodePerAccount, `unknown ${accountId}`] as const,
    [budgets.smsPerAccount, accountId] as const,
    [budgets.smsPerAccount, `unknown ${accountId}`] as const,
    ...phoneNumbers.flatMap((e164) => [
      [budgets.smsPerNumber, e164] as const,
      [budgets.smsPerNumber, `enrollment ${e164}`] as const,
      [budgets.smsPerNumber, `unknown ${e164}`] as const,
    ]),
  ]
  return named.map(([budget, key]) => counterOf(secrets, budget, key, now).id)
}
