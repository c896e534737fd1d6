const MAX_NESTING = 32
const QUOTE = '"'
const BACKSLASH = 92

/**
 * Parses JSON that every parser reads in the same way (R106): no duplicate keys, no `__proto__`, no byte order mark, limited
 * nesting. Returns undefined for everything else; JSON itself has no undefined.
 */
export function parseStrictJson(text: string): unknown {
  const value = parse(text)
  return value !== undefined && keysAreStrict(text) ? value : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Walks a text that is known to be valid JSON, so only strings and brackets matter. */
function keysAreStrict(text: string): boolean {
  // The keys of each open object; null for an open array.
  const open: (Set<string> | null)[] = []
  let keyComes = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '{' || character === '[') {
      keyComes = character === '{'
      open.push(keyComes ? new Set() : null)
      if (open.length > MAX_NESTING) return false
    } else if (character === '}' || character === ']') {
      open.pop()
      keyComes = false
    } else if (character === ',') {
      keyComes = open.at(-1) instanceof Set
    } else if (character === QUOTE) {
      const end = endOfString(text, at)
      if (keyComes && !isNewKey(open.at(-1), text.slice(at, end + 1))) return false
      keyComes = false
      at = end
    }
  }
  return true
}

function isNewKey(keys: Set<string> | null | undefined, quoted: string): boolean {
  const key = quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1)
  if (!keys || keys.has(key) || key === '__proto__') return false
  keys.add(key)
  return true
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf(QUOTE, start + 1)
  while (isEscaped(text, end)) end = text.indexOf(QUOTE, end + 1)
  return end
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++
  return backslashes % 2 === 1
}
