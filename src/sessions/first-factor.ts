import type { FactorProof } from '../kernel/assurance.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { FactorId } from '../kernel/ids.js'
import type { MaterialAdvance } from '../kernel/material-advance.js'
import type { ServiceAuthentication } from './service-authentication.js'

export const FIRST_FACTORS = ['PASSWORD', 'PASSKEY', 'MAGIC_LINK', 'EXTERNAL', 'EXTERNAL_MESSAGE'] as const
/**
 * How a sign-in began; `EXTERNAL`: somebody else's login that is trusted said so, `EXTERNAL_MESSAGE`: and what it checked
 * was, or may have been, a code or link in a message.
 */
export type FirstFactor = (typeof FIRST_FACTORS)[number]

/**
 * Whether a proof of this kind can come second to how the sign-in began. Two messages to mailboxes are one factor, also
 * where the addresses differ: aliases, tags and forwarding hide that it is one inbox. Where somebody else sent the first
 * one, nobody here knows whether it was mail or text.
 */
export function comesSecondTo(first: FirstFactor, type: FactorType): boolean {
  if (first === 'EXTERNAL_MESSAGE') return type !== 'EMAIL' && type !== 'SMS'
  return first !== 'MAGIC_LINK' || type !== 'EMAIL'
}

/** What was right when somebody came in. */
export type GivenFirstFactor =
  /** The hash it was checked against, and one with today's parameters where that is outdated. */
  | { readonly method: 'PASSWORD'; readonly passwordHash: string; readonly rehashed: string | null }
  /** A passkey with user verification proves both factors at once. */
  | { readonly method: 'PASSKEY'; readonly proof: FactorProof; readonly advance: FactorAdvance }
  /** A link to the mailbox of the account was followed, and is spent. */
  | { readonly method: 'MAGIC_LINK' }
  /** A login that is trusted vouches for the person; `methods`: RFC 8176 names of what it checked. */
  | ExternalFirstFactor

export interface ExternalFirstFactor {
  readonly method: 'EXTERNAL' | 'EXTERNAL_MESSAGE'
  readonly methods: readonly string[]
  /** The backend that began it with its key; null: a token of a trusted issuer did. */
  readonly authentication: ServiceAuthentication | null
}

/** The change that the proof brings to its factor, guarded by what it was judged by. */
export interface FactorAdvance {
  readonly factorId: FactorId
  readonly advance: MaterialAdvance
}
