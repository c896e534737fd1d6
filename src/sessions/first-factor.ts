import type { FactorProof } from '../kernel/assurance.js'
import type { FactorId } from '../kernel/ids.js'
import type { MaterialAdvance } from '../kernel/material-advance.js'

export const FIRST_FACTORS = ['PASSWORD', 'PASSKEY', 'MAGIC_LINK'] as const
/** How a sign-in began. */
export type FirstFactor = (typeof FIRST_FACTORS)[number]

/** What was right when somebody came in. */
export type GivenFirstFactor =
  | { readonly method: 'PASSWORD'; readonly password: string }
  /** A passkey with user verification proves both factors at once. */
  | { readonly method: 'PASSKEY'; readonly proof: FactorProof; readonly advance: FactorAdvance }

/** The change that the proof brings to its factor, guarded by what it was judged by. */
export interface FactorAdvance {
  readonly factorId: FactorId
  readonly advance: MaterialAdvance
}
