/**
 * The change that a right answer makes to a factor's `material`, and what must still hold of the stored material. This
 * lets one code succeed only once, however many processes check it at the same moment. Paths are relative to the
 * material.
 */
export interface MaterialAdvance {
  readonly where: Readonly<
    Record<string, string | number | Date | null | { readonly $lt: number } | { readonly $exists: boolean }>
  >
  readonly set: Readonly<Record<string, string | number | Date | null>>
  readonly unset: readonly string[]
}

/** For kinds whose challenges are single-use anyway: the right answer removes the challenge. */
export const NO_ADVANCE: MaterialAdvance = Object.freeze({ where: {}, set: {}, unset: [] })
