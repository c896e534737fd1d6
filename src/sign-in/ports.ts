import type { Account } from '../accounts/index.js'
import type { AccountId, FactorId } from '../kernel/ids.js'
import type { MaterialAdvance } from '../kernel/material-advance.js'
import type { AuditContext } from '../kernel/request-context.js'

/** Gives the roles of the setting STEPGATE_ADMINISTRATORS at sign-in. */
export interface OperatorBootstrap {
  /** Gives the account the role listed for its address, once. `isChanged`: read the person again. */
  giveListedRole(account: Account, when: { readonly at: Date; readonly context: AuditContext }): Promise<RoleGiven>
}

export interface RoleGiven {
  readonly isChanged: boolean
  /** Tells the person, after the answer is sent. */
  readonly notify: () => Promise<void>
}

/** A passkey's answer to a live challenge. It claims an owner; nothing is proved yet. */
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

/** Challenges passkeys of people who are not identified yet and verifies the answers; changes nothing. */
export interface PasskeyVerifier<P, T extends PresentedPasskey = PresentedPasskey> {
  /** Options for `navigator.credentials.get`, with a stateless challenge. */
  begin(): { readonly requestOptions: object; readonly expiresAt: Date }
  /** Null when it is malformed, names no account, or answers no challenge of ours. */
  read(webauthn: string): T | null
  /** Does the same work when there is no such person. */
  judge(presented: T, person: P | null): Promise<PasskeyVerdict>
}
