import type { TurnAsked } from '../../kernel/turns.js'
import { placeKey } from '../address-key.js'

/**
 * From first to last. A network is known when any account has signed in from it, not only the one that is named, so
 * the lane does not tell whether that account exists (R171).
 */
export const LANES = ['known-device', 'session', 'known-network', 'unknown', 'new-password'] as const
export type Lane = (typeof LANES)[number]

/** Where a caller waits, and what the caller shares a place in the line with. */
export interface Place {
  readonly lane: Lane
  /** A device, an account or a network (/24 or /48). */
  readonly sharer: string
}

export function placeOf(
  { device, account, purpose, context }: Pick<TurnAsked, 'device' | 'account' | 'purpose' | 'context'>,
  isKnownNetwork: (address: string) => boolean,
): Place {
  if (device !== null) return { lane: 'known-device', sharer: device }
  if (account !== null) return { lane: 'session', sharer: account }
  const { address } = context.origin
  const sharer = placeKey(address)
  if (purpose === 'new') return { lane: 'new-password', sharer }
  return { lane: isKnownNetwork(address) ? 'known-network' : 'unknown', sharer }
}
