interface Range {
  /** Lower case; `*` for every language. */
  readonly tag: string
  readonly quality: number
}

const RANGE = /^((?:[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,7})|\*)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i

/**
 * The available language that an `Accept-Language` header (RFC 9110 section 12.5.4) prefers, found by lookup (RFC 4647
 * section 3.4): `de-AT` finds `de`. Null: none of them, so the caller's default applies. For `*` the first one is taken.
 */
export function preferredLanguage<Tag extends string>(header: string, available: readonly Tag[]): Tag | null {
  const ranges = readRanges(header)
  const refused = ranges.filter(({ quality }) => quality === 0)
  const open = available.filter((tag) => !refused.some((range) => covers(range, tag)))
  const wanted = ranges.filter(({ quality }) => quality > 0)
  const unnamed = open.filter((tag) => !wanted.some((range) => covers(range, tag)))
  for (const range of wanted) {
    const found = range.tag === '*' ? unnamed[0] : lookUp(range.tag, open)
    if (found !== undefined) return found
  }
  return null
}

/**
 * The language a new account's mails are written in. When there are no templates in any language that the browser
 * accepts, its first choice is kept, such as `fr`: the operator may add templates for it later.
 */
export const mailLanguage = (header: string, written: readonly string[]): string | null =>
  preferredLanguage(header, written) ?? firstChoice(header)

function firstChoice(header: string): string | null {
  const first = readRanges(header).find(({ tag, quality }) => tag !== '*' && quality > 0)
  const language = first?.tag.split('-')[0] ?? ''
  return /^[a-z]{2,3}$/.test(language) ? language : null
}

/** Sorted by preference; what is not well-formed is left out. */
function readRanges(header: string): Range[] {
  const ranges = header.split(',').flatMap((part) => {
    const [, tag, quality = '1'] = RANGE.exec(part.trim()) ?? []
    return tag === undefined ? [] : [{ tag: tag.toLowerCase(), quality: Number(quality) }]
  })
  return ranges.sort((one, other) => other.quality - one.quality)
}

/** Whether a range names a language or all of it: `de` covers `de-AT`. `*` names nothing by itself. */
const covers = (range: Range, tag: string): boolean => `${tag.toLowerCase()}-`.startsWith(`${range.tag}-`)

function lookUp<Tag extends string>(tag: string, available: readonly Tag[]): Tag | undefined {
  const found = available.find((each) => each.toLowerCase() === tag)
  const end = tag.lastIndexOf('-')
  return found ?? (end === -1 ? undefined : lookUp(tag.slice(0, end), available))
}
