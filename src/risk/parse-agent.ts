import { createBoundedCache } from '../kernel/bounded-cache.js'
import type { RequestOrigin } from '../kernel/request-context.js'
import { readUserAgent } from '../kernel/user-agent.js'

/** A user agent reduced to what stays the same between sign-ins. */
export interface ParsedAgent {
  readonly system: string
  readonly browser: string
  readonly major: number | null
}

// Browsers send about 120 characters. What is longer is cut before any pattern sees it (R087).
const LONGEST_AGENT = 400
const LONGEST_HINT = 300

const MOBILE = /Mobi|Android|iPhone|iPad|Tablet/i
// Chromium mixes in an invented brand so that nobody relies on the list: "Not A;Brand", "Not/A)Brand" and so on.
const INVENTED_BRAND = /not[^a-z]{0,3}a[^a-z]{0,3}brand/i
const BRAND = /"([^"]{1,60})"/g

// Most people use one of a few agents, and a sign-in looks at its agent three times.
const KEPT_CHARACTERS = 250_000
const parsed = createBoundedCache<ParsedAgent>(KEPT_CHARACTERS)

/**
 * Reads the user agent together with the client hints. A hint that is missing, or says otherwise than the user agent,
 * makes another agent: leaving hints out or forging one header never turns a stranger's client into a familiar one.
 */
export function parseAgent(origin: Pick<RequestOrigin, 'userAgent' | 'clientHints'>): ParsedAgent {
  const { brands, mobile, platform } = origin.clientHints
  const key = JSON.stringify([origin.userAgent, brands, mobile, platform])
  const known = parsed.get(key)
  if (known) return known
  const agent = Object.freeze(parseNew(origin))
  parsed.set(key, agent, key.length)
  return agent
}

function parseNew(origin: Pick<RequestOrigin, 'userAgent' | 'clientHints'>): ParsedAgent {
  const userAgent = origin.userAgent.slice(0, LONGEST_AGENT)
  const { brands, mobile, platform } = origin.clientHints
  const read = readUserAgent(userAgent)
  const form = MOBILE.test(userAgent) ? 'mobile' : 'desktop'
  const product = read.browser === null ? productOf(userAgent) : { name: read.browser, major: majorOf(read.version) }
  return {
    system: [read.system ?? '', form, short(platform), short(mobile)].join('|'),
    browser: [product.name, brandOf(brands)].join('|'),
    major: product.major,
  }
}

/** Clients that are no browsers call themselves `Name/version` (RFC 9110 section 10.1.5). */
function productOf(userAgent: string): { readonly name: string; readonly major: number | null } {
  const [product = ''] = userAgent.split(' ', 1)
  const [name = '', version] = product.split('/', 2)
  return { name: name.slice(0, 60), major: majorOf(version) }
}

function majorOf(version: string | null | undefined): number | null {
  const major = Number.parseInt(version ?? '', 10)
  return Number.isSafeInteger(major) && major >= 0 ? major : null
}

const short = (hint: string): string => hint.slice(0, 40).replaceAll('"', '').trim()

/** The brands without the invented one and, where there is a more telling one, without "Chromium". */
function brandOf(brands: string): string {
  const quoted = Array.from(brands.slice(0, LONGEST_HINT).matchAll(BRAND), (match) => match[1] ?? '')
  const names = quoted.filter((name) => !/^[\d.]+$/.test(name) && !INVENTED_BRAND.test(name)).sort()
  const telling = names.filter((name) => name !== 'Chromium')
  return (telling.length > 0 ? telling : names).join(',')
}
