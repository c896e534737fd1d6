import type { Factor } from './factor.js'

/**
 * The keys these factors hold, which are unique across all accounts. A kind that claims one stores it in its material.
 */
export const claimsOf = (factors: readonly Factor[]): readonly string[] =>
  factors.map(({ material }) => material['claim']).filter((claim) => typeof claim === 'string')
