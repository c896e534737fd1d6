import { numericAddress, parsePrefix, prefixMap } from '../networks/index.js'
import type { Budget } from './budgets.js'

/** The budget of an address: a multiple of it in a network that many people share. */
export type SharedNetworks = (budget: Budget, address: string | null) => Budget

export interface SharedNetworkSettings {
  /** Addresses and networks, such as `192.0.2.7` or `2001:db8::/48`. */
  readonly networks: readonly string[]
  /** How many times as large the budgets by address are there. */
  readonly factor: number
}

/** Only budgets by address and network are wider: guesses at one name stay limited as they are elsewhere. */
export function sharedNetworks({ networks, factor }: SharedNetworkSettings): SharedNetworks {
  const prefixes = networks.map(parsePrefix).filter((prefix) => prefix !== null)
  const listed = prefixMap(prefixes.map((prefix) => [prefix, true] as const))
  return (budget, text) => {
    const address = numericAddress(text ?? '')
    if (address === null || listed.find(address) === null) return budget
    return { ...budget, count: budget.count * factor }
  }
}

/** The budget of an address, where networks may be listed as shared. */
export const budgetAt = (
  { sharedNetworks: widened }: { readonly sharedNetworks?: SharedNetworks },
  budget: Budget,
  address: string | null,
): Budget => widened?.(budget, address) ?? budget
