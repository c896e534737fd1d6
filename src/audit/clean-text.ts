// Terminal sequences go as a whole (ECMA-48 CSI and OSC), so that no half of one stays behind as text.
const TERMINAL_SEQUENCES = new RegExp(
  '(?:\\u001B\\[|\\u009B)[0-?]*[ -/]*[@-~]|(?:\\u001B\\]|\\u009D)[^\\u0007\\u001B\\u009C]*(?:\\u0007|\\u001B\\\\|\\u009C)?',
  'gu',
)

// Cc: line breaks and other controls. Cf: bidirectional overrides and invisible marks. Zl, Zp: line separators.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

// Half of a pair has no UTF-8 form: a store would change it, and the hash with it.
const LONE_SURROGATES = /\p{Surrogate}/gu

/** Text from outside, made safe for a log line and a terminal: one line, no control characters, at most `maxLength`. */
export function cleanText(text: string, maxLength: number): string {
  // Cut first, with some slack for what goes: the patterns never see megabytes.
  const cut = text.slice(0, maxLength * 4)
  const clean = cut.replace(TERMINAL_SEQUENCES, '').replace(UNPRINTABLE, ' ').trim()
  return clean.slice(0, maxLength).replace(LONE_SURROGATES, '\uFFFD')
}

export function cleanTextOrNull(text: string | null | undefined, maxLength: number): string | null {
  return text === null || text === undefined ? null : cleanText(text, maxLength)
}
