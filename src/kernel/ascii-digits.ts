const DIGIT = /\p{Nd}/gu
const isDigit = (codePoint: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(codePoint))

/** The text with the decimal digits of every script as 0 to 9. */
export const asciiDigits = (text: string): string => text.replace(DIGIT, (digit) => String(valueOf(digit)))

/** Unicode keeps the ten digits of a script together and in order, so the value is the distance from their beginning. */
function valueOf(digit: string): number {
  const codePoint = digit.codePointAt(0) ?? 0
  let before = 0
  while (isDigit(codePoint - before - 1)) before += 1
  return before % 10
}
