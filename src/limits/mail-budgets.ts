import type { AccountId } from '../kernel/ids.js'
import type { MailKind } from '../kernel/requested-mail.js'
import { placeKey } from './address-key.js'
import type { Budgets } from './budgets.js'
import type { Spending } from './spend-all.js'

/** What the caller can show of the account whose mailbox it is. */
export type MailStanding =
  | { readonly kind: 'stranger' }
  /** The account was proved from this network before. */
  | { readonly kind: 'familiar-network' }
  /** A device known to the account, or a session of it. */
  | { readonly kind: 'own'; readonly device: string }
  /** Another account, signed in. */
  | { readonly kind: 'account'; readonly accountId: AccountId }

export interface MailCost {
  /** The normalised address. */
  readonly mailbox: string
  readonly kind: MailKind
  readonly address: string | null
  readonly standing: MailStanding
}

/**
 * What one mail costs, from narrow to wide. No two kinds of caller share a counter, so other callers cannot spend what
 * is reserved for the owner. Each kind has a total, so that no mailbox is flooded (R127).
 */
export function mailSpendings(budgets: Budgets, cost: MailCost): readonly Spending[] {
  const { kind, standing } = cost
  const mailbox = mailboxOf(cost.mailbox)
  const place = placeKey(cost.address)
  switch (standing.kind) {
    case 'stranger':
      return [
        { budget: budgets.messagePerDestinationAndNetwork, key: `${mailbox} ${kind} ${place}` },
        { budget: budgets.messagePerDestinationAndKind, key: `${mailbox} ${kind}` },
        { budget: budgets.messagePerDestination, key: mailbox },
      ]
    case 'familiar-network':
      return [
        { budget: budgets.messagePerDestinationAndNetwork, key: `${mailbox} familiar ${kind} ${place}` },
        { budget: budgets.messagePerDestinationFamiliar, key: mailbox },
      ]
    case 'account':
      return [
        { budget: budgets.messagePerDestinationAndNetwork, key: `${mailbox} account ${kind} ${standing.accountId}` },
        { budget: budgets.messagePerDestinationAccounts, key: mailbox },
      ]
    case 'own':
      return [
        { budget: budgets.messagePerDestinationAndDevice, key: `${mailbox} ${kind} ${standing.device}` },
        { budget: budgets.messagePerDestinationOwn, key: mailbox },
      ]
  }
}

/**
 * The mailbox of an address: the part after a `+` is a tag its owner chooses (RFC 5233), and anyone can make up tags.
 * It only decides what is counted together; accounts are identified by the whole address.
 */
export const mailboxOf = (emailKey: string): string => emailKey.replace(/^([^+@]+)\+[^@]*@/, '$1@')
