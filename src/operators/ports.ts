import type { Account, RoleGrant } from '../accounts/index.js'
import type { ChangeEvents, LostTrust } from '../audit/index.js'
import type { AccountId, ServiceKeyId } from '../kernel/ids.js'
import type { Addressee } from '../kernel/notices.js'

export interface OperatorStore {
  find(id: AccountId): Promise<Account | null>
  /** Never a linked account: its address proves nothing here, because another login decides it. */
  findByAddress(emailKey: string): Promise<Account | null>
  /** Every account that holds the role, the oldest grant first. */
  list(): Promise<readonly Account[]>
  /** Binds an address to the one account it can give a role to. Returns that account: this one, or an earlier one. */
  bindAddress(address: string, accountId: AccountId, at: Date): Promise<AccountId>
  /**
   * Grants the role, ends every session, forgets remembered devices and drops waiting enrolments, in one update.
   * `held`: the account has the role or, with `onlyOnce`, has had it.
   */
  grant(
    accountId: AccountId,
    grant: RoleGrant,
    terms: GrantTerms,
    eventsOf: (lost: LostTrust) => ChangeEvents,
  ): Promise<GrantOutcome>
  /**
   * Revokes the role and ends the account's unfinished steps. Returns whom to tell; null when the account does not hold
   * the role.
   */
  revoke(accountId: AccountId, at: Date, events: ChangeEvents): Promise<Addressee | null>
  /** Undoes a revocation if it is still this one. */
  restore(accountId: AccountId, revokedAt: Date, events: ChangeEvents): Promise<boolean>
}

export interface GrantTerms {
  /** Not for an account that ever had the role. */
  readonly onlyOnce: boolean
  /** Where the account has no second factor, it must enrol one before anything else. */
  readonly demandsFactor: boolean
}

export type GrantOutcome =
  /** `to`: whom to tell. */
  | { readonly kind: 'granted'; readonly lost: LostTrust; readonly to: Addressee }
  | { readonly kind: 'held' }
  /** Gone, closed, disabled, or linked to another login. */
  | { readonly kind: 'not-eligible' }

/** Backends' keys, which keep working after the operator who made them loses the role. */
export interface KnownServiceKeys {
  /** The valid keys whose secret the account has seen. */
  knownTo(accountId: AccountId, now: Date): Promise<readonly { readonly id: ServiceKeyId; readonly name: string }[]>
}
