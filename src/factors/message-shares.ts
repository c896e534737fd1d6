import type { ChallengePurpose } from '../kernel/challenge-purpose.js'
import { partOf, type Budget, type Spending } from '../limits/index.js'

/** How much of a shared budget may go to whom, from 0 to 1. The rest is kept for known devices of proved factors. */
export interface MessageShares {
  /** To enrolments, which anybody can begin. */
  readonly enrollment: number
  /** To enrolments and to sign-ins on unknown devices together: the latter take no more than a password. */
  readonly unknownDevice: number
}

export interface MessageCause {
  readonly purpose: ChallengePurpose
  /** Whether the session is active, or began on a device that is known for the account. */
  readonly isKnownCaller: boolean
}

/** What one message costs of a budget that several accounts share: first the part of its cause, then the whole (R129). */
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

/** The same of a budget that is one account's own: its enrolments need no share. */
export const ownSpendings = (
  shares: MessageShares,
  { isKnownCaller }: MessageCause,
  { budget, key }: { readonly budget: Budget; readonly key: string },
): readonly Spending[] => sharedSpendings(shares, { purpose: 'SIGN_IN', isKnownCaller }, { budget, key })
