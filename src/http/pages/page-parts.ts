import type { IncomingMessage } from 'node:http'
import { preferredLanguage } from '../../kernel/language.js'

/** Loads nothing from other servers, allows nothing inline, and forbids frames, which allow clickjacking. */
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

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes text for markup. */
export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')

/** The languages that every page is written in. */
export const PAGE_LANGUAGES = ['en', 'de'] as const

export type PageLanguage = (typeof PAGE_LANGUAGES)[number]

export interface PageSettings {
  readonly serviceName: string
  readonly installationLanguage: string
}

/** The language a page is shown in: by `Accept-Language`, else that of the installation, else English. */
export function pageLanguage(
  { headers }: Pick<IncomingMessage, 'headers'>,
  { installationLanguage }: PageSettings,
): PageLanguage {
  const usual = PAGE_LANGUAGES.find((each) => each === installationLanguage) ?? 'en'
  return preferredLanguage(headers['accept-language'] ?? '', [usual, ...PAGE_LANGUAGES]) ?? usual
}

interface PageHead {
  readonly language: PageLanguage
  /** As markup, already escaped. */
  readonly title: string
  readonly style: string
  /** The script element. */
  readonly script: string
}

/** The page up to its body. It sends no referrer, and search engines do not index it. */
export const pageHead = ({ language, title, style, script }: PageHead): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="${style}">
${script}
</head>
`
