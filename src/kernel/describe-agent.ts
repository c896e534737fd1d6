import type { RequestOrigin } from './request-context.js'

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\bChrom(e|ium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b|\biPad\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/**
 * Browser and system by name, as far as the user agent reveals them. Only names from the lists above, never text from a
 * client.
 */
export interface SoftwareNames {
  readonly browser: string | null
  readonly system: string | null
}

export function namesOfAgent(origin: Pick<RequestOrigin, 'userAgent'>): SoftwareNames {
  const agent = origin.userAgent.slice(0, 512)
  const nameIn = (list: typeof BROWSERS): string | null => list.find(([pattern]) => pattern.test(agent))?.[1] ?? null
  return { browser: nameIn(BROWSERS), system: nameIn(SYSTEMS) }
}

/** A default name for a device, such as "Firefox on Linux". Its owner may change it; no decision depends on it. */
export function describeAgent(origin: Pick<RequestOrigin, 'userAgent'>): string {
  const { browser, system } = namesOfAgent(origin)
  if (browser && system) return `${browser} on ${system}`
  return browser ?? system ?? 'Unknown device'
}
