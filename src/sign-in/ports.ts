import type { Account } from '../accounts/index.js'
import type { AccountId, FactorId } from '../kernel/ids.js'
import type { MaterialAdvance } from '../kernel/material-advance.js'
import type { AuditContext } from '../kernel/request-context.js'

/** What the setting STEPGATE_ADMINISTRATORS gives to whoever signs in. */
export interface OperatorBootstrap {
  /** Gives the account a role that is listed for its address, once. `isChanged`: the person has to be read again. */
  giveListedRole(account: Account, when: { readonly at: Date; readonly context: AuditContext }): Promise<RoleGiven>
}

export interface RoleGiven {
  readonly isChanged: boolean
  /** Tells the person, once the answer is on its way. */
  readonly notify: () => Promise<void>
}

/** An answer of a passkey to a challenge that has not ended. Whose it is is what it says; nothing is proved yet. */
export interface PresentedPasskey {
  readonly accountId: AccountId
  readonly challenge: string
  readonly challengeEndsAt: Date
}

export type PasskeyVerdict =
  | {
      readonly kind: 'right'
      readonly factorId: FactorId
      /** RFC 8176 names of what was proved. */
      readonly methods: readonly string[] | null
      readonly advance: MaterialAdvance
    }
  /** `because` and the factor are for the audit log; the caller is told nothing. */
  | { readonly kind: 'wrong'; readonly because: string | null; readonly factorId: FactorId | null }

/** Asks for passkeys of people who are not known yet and judges what comes back; changes nothing. */
export interface PasskeyVerifier<P, T extends PresentedPasskey = PresentedPasskey> {
  /** Options for `navigator.credentials.get`, with a challenge that nothing is stored of. */
  begin(): { readonly requestOptions: object; readonly expiresAt: Date }
  /** Null when it is malformed, names nobody, or answers no challenge of ours. */
  read(webauthn: string): T | null
  /** Does the same work when there is no such person. */
  judge(presented: T, person: P | null): Promise<PasskeyVerdict>
}
