/** White space and line breaks, hyphens and dashes, the minus sign, and invisible marks such as those of direction. */
const ADDED = /[\s\p{Pd}\u2212\p{Cf}]/gu

/** A code without what typing, pasting and autocorrection add to it (R023). No character becomes another. */
export const withoutTypingMarks = (typed: string): string => typed.replace(ADDED, '')
