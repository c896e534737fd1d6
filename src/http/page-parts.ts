/** Nothing from elsewhere, nothing inline, and no frame around it, in which a button could be pressed unseen. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as it may stand in markup. */
export const escapeText = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '')

export type PageLanguage = 'en' | 'de'

export const pageLanguage = (language: string | null): PageLanguage => (language === 'de' ? 'de' : 'en')
