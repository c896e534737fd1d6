import type { FactorProof } from '../kernel/assurance.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { FactorId } from '../kernel/ids.js'
import type { MaterialAdvance } from '../kernel/material-advance.js'

export const FIRST_FACTORS = ['PASSWORD', 'PASSKEY', 'MAGIC_LINK', 'EXTERNAL'] as const
/** How a sign-in began; `EXTERNAL`: somebody else's login that is trusted said so. */
export type FirstFactor = (typeof FIRST_FACTORS)[number]

/**
 * Whether a proof of this kind can come second to how the sign-in began. Two messages to mailboxes are one factor, also
 * where the addresses differ: aliases, tags and forwarding hide that it is one inbox.
 */
export const comesSecondTo = (first: FirstFactor, type: FactorType): boolean =>
  first !== 'MAGIC_LINK' || type !== 'EMAIL'

/** What was right when somebody came in. */
export type GivenFirstFactor =
  | { readonly method: 'PASSWORD'; readonly password: string }
  /** A passkey with user verification proves both factors at once. */
  | { readonly method: 'PASSKEY'; readonly proof: FactorProof; readonly advance: FactorAdvance }
  /** A link to the mailbox of the account was followed, and is spent. */
  | { readonly method: 'MAGIC_LINK' }
  /** A login that is trusted vouches for the person; `methods`: RFC 8176 names of what it checked. */
  | { readonly method: 'EXTERNAL'; readonly methods: readonly string[] }

/** The change that the proof brings to its factor, guarded by what it was judged by. */
export interface FactorAdvance {
  readonly factorId: FactorId
  readonly advance: MaterialAdvance
}
