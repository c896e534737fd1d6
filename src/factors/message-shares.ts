import type { ChallengePurpose } from '../kernel/challenge-purpose.js'
import { partOf, type Budget, type Spending } from '../limits/index.js'

/** The shares of a common budget, from 0 to 1. The rest is reserved for known devices of proved factors. */
export interface MessageShares {
  /** For enrolments, which anyone can begin. */
  readonly enrollment: number
  /** For enrolments and for sign-ins on unknown devices together: those sign-ins need no more than a password. */
  readonly unknownDevice: number
}

export interface MessageCause {
  readonly purpose: ChallengePurpose
  /** Whether the session is active, or began on a device known to the account. */
  readonly isKnownCaller: boolean
}

/**
 * What one message costs in a budget shared by several accounts: first the share of its cause, then the whole (R129).
 */
export function sharedSpendings(
  shares: MessageShares,
  { purpose, isKnownCaller }: MessageCause,
  { budget, key }: { readonly budget: Budget; readonly key: string },
): readonly Spending[] {
  const isEnrollment = purpose === 'ENROLLMENT'
  return [
    ...(isEnrollment ? [{ budget: partOf(budget, shares.enrollment), key: `enrollment ${key}` }] : []),
    ...(isEnrollment || !isKnownCaller
      ? [{ budget: partOf(budget, shares.unknownDevice), key: `unknown ${key}` }]
      : []),
    { budget, key },
  ]
}

/** The same for an account's own budget, where enrolments need no share. */
export const ownSpendings = (
  shares: MessageShares,
  { isKnownCaller }: MessageCause,
  { budget, key }: { readonly budget: Budget; readonly key: string },
): readonly Spending[] => sharedSpendings(shares, { purpose: 'SIGN_IN', isKnownCaller }, { budget, key })
