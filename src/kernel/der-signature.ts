const SEQUENCE = 0x30
const INTEGER = 0x02

/**
 * Whether bytes are an ECDSA signature in DER, X.690 section 8 and 10: two positive integers, each as short as it can be,
 * and nothing after them. Parsers take more, which gives one signature many spellings.
 */
export function isDerSignature(bytes: Uint8Array): boolean {
  // The longest, for P-521, needs a second byte for its length.
  const isLong = bytes[1] === 0x81
  const length = bytes[isLong ? 2 : 1]
  const start = isLong ? 3 : 2
  if (bytes[0] !== SEQUENCE || length === undefined || bytes.length !== start + length) return false
  if (isLong !== length >= 0x80) return false
  const second = endOfInteger(bytes, start)
  return second !== null && endOfInteger(bytes, second) === bytes.length
}

/** Where a positive integer that begins there ends; null when there is none in its shortest form. */
function endOfInteger(bytes: Uint8Array, start: number): number | null {
  const length = bytes[start + 1]
  const first = bytes[start + 2]
  const next = bytes[start + 3] ?? 0
  if (bytes[start] !== INTEGER || length === undefined || length === 0 || length >= 0x80 || first === undefined)
    return null
  const end = start + 2 + length
  if (end > bytes.length || first >= 0x80) return null
  // A zero in front is there to keep the number positive, and for nothing else; zero itself is no part of a signature.
  if (first === 0 && (length === 1 || next < 0x80)) return null
  return end
}
