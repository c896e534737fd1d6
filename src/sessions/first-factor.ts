import type { FactorProof } from '../kernel/assurance.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { FactorId } from '../kernel/ids.js'
import type { MaterialAdvance } from '../kernel/material-advance.js'
import type { ServiceAuthentication } from './service-authentication.js'

export const FIRST_FACTORS = ['PASSWORD', 'PASSKEY', 'MAGIC_LINK', 'EXTERNAL', 'EXTERNAL_MESSAGE'] as const
/**
 * How a sign-in began. `EXTERNAL`: a trusted external login vouched for it. `EXTERNAL_MESSAGE`: it did, and verified
 * what was, or may have been, a code or link in a message.
 */
export type FirstFactor = (typeof FIRST_FACTORS)[number]

/**
 * Whether a proof of this kind can come second to this first factor. Two messages to mailboxes are one factor, even at
 * different addresses: aliases, tags and forwarding can hide that they share one inbox. When an external login sent the
 * first message, we cannot know whether it was mail or text.
 */
export function comesSecondTo(first: FirstFactor, type: FactorType): boolean {
  if (first === 'EXTERNAL_MESSAGE') return type !== 'EMAIL' && type !== 'SMS'
  return first !== 'MAGIC_LINK' || type !== 'EMAIL'
}

/** The first factor that was verified in a sign-in. */
export type GivenFirstFactor =
  /** The hash it was checked against, and a new hash with today's parameters when that one is outdated. */
  | { readonly method: 'PASSWORD'; readonly passwordHash: string; readonly rehashed: string | null }
  /** A passkey with user verification proves both factors at once. */
  | { readonly method: 'PASSKEY'; readonly proof: FactorProof; readonly advance: FactorAdvance }
  /** A link to the account's mailbox was followed, and is spent. */
  | { readonly method: 'MAGIC_LINK' }
  /** A trusted login vouches for the person; `methods`: RFC 8176 names of what it verified. */
  | ExternalFirstFactor

export interface ExternalFirstFactor {
  readonly method: 'EXTERNAL' | 'EXTERNAL_MESSAGE'
  readonly methods: readonly string[]
  /** The backend that began it with its key; null: a token of a trusted issuer did. */
  readonly authentication: ServiceAuthentication | null
}

/** The change a proof makes to its factor, conditional on the state it was verified against. */
export interface FactorAdvance {
  readonly factorId: FactorId
  readonly advance: MaterialAdvance
}
