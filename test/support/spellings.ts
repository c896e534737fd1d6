const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * Texts that lenient decoders read as the same token: bits after the end, padding, the other alphabet, spaces, escapes,
 * and extra parts. None is the text itself.
 */
export function otherSpellingsOf(token: string): readonly (readonly [name: string, text: string])[] {
  const last = token.at(-1) ?? ''
  const first = token.at(0) ?? ''
  const segments = token.split(/(?<=[.~])|(?=[.~])/)
  const bits = segments.flatMap((segment, at) =>
    neighboursOf(segment).map(
      (other) => [`other bits at the end of part ${at}`, replaced(segments, at, other)] as const,
    ),
  )
  const standard = token.replaceAll('-', '+').replaceAll('_', '/')
  const all = [
    ...bits,
    ['padding', `${token}=`],
    ['two of padding', `${token}==`],
    ['the other alphabet', standard],
    ['a space at the end', `${token} `],
    ['a space in front', ` ${token}`],
    ['a line that ends', `${token}\n`],
    ['an escaped letter', `%${first.charCodeAt(0).toString(16)}${token.slice(1)}`],
    ['an escaped end', `${token.slice(0, -1)}%${last.charCodeAt(0).toString(16)}`],
    ['a part that follows', `${token}.AA`],
    ['another part that follows', `${token}~AA`],
    ['a point that follows', `${token}.`],
    ['quotes', `"${token}"`],
  ] as const
  return all.filter(([, text]) => text !== token)
}

/** The spellings that fit into a header or a cookie. */
export const spellingsInHeaders = (token: string) =>
  otherSpellingsOf(token).filter(([name]) => !/space|line/.test(name))

/** Texts that decode to the same bytes: they differ in the unused bits of the last character. */
function neighboursOf(segment: string): readonly string[] {
  if (!/^[A-Za-z0-9_-]{4,}$/.test(segment) || segment.length % 4 === 0) return []
  const unused = segment.length % 4 === 2 ? 4 : 2
  const value = ALPHABET.indexOf(segment.at(-1) ?? '')
  const bytes = Buffer.from(segment, 'base64url')
  return Array.from({ length: 2 ** unused - 1 }, (_, index) => ALPHABET.at(value ^ (index + 1)) ?? '')
    .map((letter) => `${segment.slice(0, -1)}${letter}`)
    .filter((other) => Buffer.from(other, 'base64url').equals(bytes))
    .slice(0, 2)
}

const replaced = (segments: readonly string[], at: number, other: string): string =>
  segments.map((segment, index) => (index === at ? other : segment)).join('')
