/** The first language of an `Accept-Language` header without its region, in lower case; empty when there is none. */
export function primaryLanguage(header: string): string {
  const [first = ''] = header.slice(0, 200).split(/[,;]/, 1)
  const [language = ''] = first.trim().toLowerCase().split(/[-_]/, 1)
  return /^[a-z]{1,8}$/.test(language) ? language : ''
}
