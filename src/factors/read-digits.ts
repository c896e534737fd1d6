import { withoutTypingMarks } from '../kernel/typing-marks.js'

const LONGEST = 64

/** The digits of a typed code, without the marks that typing and pasting add (R023). Null: it is not a code. */
export function readDigits(typed: string, digits: number): string | null {
  const plain = typed.length <= LONGEST ? withoutTypingMarks(typed) : ''
  return plain.length === digits && /^[0-9]+$/.test(plain) ? plain : null
}
