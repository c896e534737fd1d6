/**
 * The change to a factor's `material` that a right answer brings, and what must still hold of the stored one for it: this
 * is what lets one code succeed once, however many processes judge it at the same moment. Paths are relative to the
 * material.
 */
export interface MaterialAdvance {
  readonly where: Readonly<
    Record<string, string | number | Date | null | { readonly $lt: number } | { readonly $exists: boolean }>
  >
  readonly set: Readonly<Record<string, string | number | Date | null>>
  readonly unset: readonly string[]
}

/** For kinds whose questions are single-use by themselves: the challenge goes with the answer. */
export const NO_ADVANCE: MaterialAdvance = Object.freeze({ where: {}, set: {}, unset: [] })
