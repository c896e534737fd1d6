const SEQUENCE = 0x30
const INTEGER = 0x02

/**
 * Whether bytes are an ECDSA signature in strict DER (X.690 sections 8 and 10): two positive integers in their shortest
 * form, and nothing after them. Parsers accept more, which gives one signature many spellings.
 */
export function isDerSignature(bytes: Uint8Array): boolean {
  // The longest, for P-521, needs a second length byte.
  const isLong = bytes[1] === 0x81
  const length = bytes[isLong ? 2 : 1]
  const start = isLong ? 3 : 2
  if (bytes[0] !== SEQUENCE || length === undefined || bytes.length !== start + length) return false
  if (isLong !== length >= 0x80) return false
  const second = endOfInteger(bytes, start)
  return second !== null && endOfInteger(bytes, second) === bytes.length
}

/** The end of the positive integer that begins there; null when there is none in its shortest form. */
function endOfInteger(bytes: Uint8Array, start: number): number | null {
  const length = bytes[start + 1]
  const first = bytes[start + 2]
  const next = bytes[start + 3] ?? 0
  if (bytes[start] !== INTEGER || length === undefined || length === 0 || length >= 0x80 || first === undefined)
    return null
  const end = start + 2 + length
  if (end > bytes.length || first >= 0x80) return null
  // A leading zero is only allowed to keep the number positive; zero itself is never part of a signature.
  if (first === 0 && (length === 1 || next < 0x80)) return null
  return end
}
