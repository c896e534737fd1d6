/**
 * The digits of a typed code: spaces between them are dropped, nothing else is normalised (R023). Null: it is not a
 * code.
 */
export function readDigits(typed: string, digits: number): string | null {
  const plain = typed.length <= 16 ? typed.replaceAll(' ', '') : ''
  return plain.length === digits && /^[0-9]+$/.test(plain) ? plain : null
}
