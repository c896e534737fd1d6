import type { Factor } from './factor.js'

/** Keys that these factors hold and nobody else may have. A kind that claims one keeps it in its material. */
export const claimsOf = (factors: readonly Factor[]): readonly string[] =>
  factors.map(({ material }) => material['claim']).filter((claim) => typeof claim === 'string')
