import type { Account, RoleGrant } from '../accounts/index.js'
import type { LostTrust } from '../audit/index.js'
import type { AccountId, ServiceKeyId } from '../kernel/ids.js'
import type { Addressee } from '../kernel/notices.js'

export interface OperatorStore {
  find(id: AccountId): Promise<Account | null>
  /** Never a linked account: what it calls its address is nobody's proof. */
  findByAddress(emailKey: string): Promise<Account | null>
  /** Every account that holds the role, the oldest grant first. */
  list(): Promise<readonly Account[]>
  /** Spends what an address can give, to exactly one account. Answers to which: to this one, or to one before. */
  bindAddress(address: string, accountId: AccountId, at: Date): Promise<AccountId>
  /**
   * Grants the role, ends every session, forgets remembered devices and gives up enrolments that wait, in one update.
   * `held`: it has the role or, where `onlyOnce`, has had it.
   */
  grant(accountId: AccountId, grant: RoleGrant, terms: GrantTerms): Promise<GrantOutcome>
  /**
   * Takes the role away and ends what waits to be finished for the account. Answers whom to tell; null when the account
   * does not hold the role.
   */
  revoke(accountId: AccountId, at: Date): Promise<Addressee | null>
  /** Takes a revocation back if it is still this one. */
  restore(accountId: AccountId, revokedAt: Date): Promise<boolean>
}

export interface GrantTerms {
  /** Not to an account that ever had the role. */
  readonly onlyOnce: boolean
  /** Where the account has no second factor, nothing else is open to it before it has enrolled one. */
  readonly demandsFactor: boolean
}

export type GrantOutcome =
  /** `to`: whom to tell. */
  | { readonly kind: 'granted'; readonly lost: LostTrust; readonly to: Addressee }
  | { readonly kind: 'held' }
  /** Gone, closed, disabled, or vouched for by another login. */
  | { readonly kind: 'not-eligible' }

/** Keys of backends, which work on when the operator who made them is none any more. */
export interface KnownServiceKeys {
  /** Those that work and whose secret the account has seen. */
  knownTo(accountId: AccountId, now: Date): Promise<readonly { readonly id: ServiceKeyId; readonly name: string }[]>
}
