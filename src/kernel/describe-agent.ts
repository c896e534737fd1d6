import type { RequestOrigin } from './request-context.js'
import { readUserAgent } from './user-agent.js'

/** How ua-parser-js names browsers, and what people call them. */
const BROWSERS: ReadonlyMap<string, string> = new Map([
  ...same('Brave', 'Chrome', 'Chromium', 'DuckDuckGo', 'Edge', 'Electron', 'Facebook', 'Firefox', 'Huawei Browser'),
  ...same('Instagram', 'Konqueror', 'LinkedIn', 'MIUI Browser', 'Opera', 'Opera GX', 'Opera Mini', 'Opera Touch'),
  ...same('Safari', 'Samsung Internet', 'Silk', 'Snapchat', 'TikTok', 'Vivaldi', 'WeChat', 'Whale', 'Yandex'),
  ['Android Browser', 'Android Browser'],
  ['Chrome Headless', 'Headless Chrome'],
  ['Firefox Focus', 'Firefox Focus'],
  ['Firefox Reality', 'Firefox'],
  ['GSA', 'Google app'],
  ['IE', 'Internet Explorer'],
  ['IEMobile', 'Internet Explorer'],
  ['Klar', 'Firefox Klar'],
  ['Line', 'LINE'],
  ['Mobile Firefox', 'Firefox'],
  ['Mobile Safari', 'Safari'],
  ['Opera Mobi', 'Opera'],
  ['Opera Tablet', 'Opera'],
  ['QQBrowser', 'QQ Browser'],
  ['UCBrowser', 'UC Browser'],
  // A page inside an app that does not give its own name.
  ['Chrome WebView', 'Web view'],
  ['WebKit', 'Web view'],
])

const SYSTEMS: ReadonlyMap<string, string> = new Map([
  ...same(
    'Android',
    'FreeBSD',
    'HarmonyOS',
    'KaiOS',
    'Linux',
    'PlayStation',
    'Tizen',
    'Windows',
    'Xbox',
    'iOS',
    'webOS',
  ),
  ['Android-x86', 'Android'],
  ['Chrome OS', 'ChromeOS'],
  ['Chromium OS', 'ChromeOS'],
  ['Mac OS', 'macOS'],
  ['OpenHarmony', 'HarmonyOS'],
  ['Windows Mobile', 'Windows'],
  ['Windows Phone', 'Windows'],
  ...['Arch', 'CentOS', 'Debian', 'Fedora', 'GNU', 'Gentoo', 'Mint', 'RedHat', 'SUSE', 'Ubuntu'].map(
    (distribution) => [distribution, 'Linux'] as const,
  ),
])

/**
 * Browser and system by name, as far as the user agent reveals them. Only names from the lists above, never text from a
 * client.
 */
export interface SoftwareNames {
  readonly browser: string | null
  readonly system: string | null
}

export function namesOfAgent(origin: Pick<RequestOrigin, 'userAgent'>): SoftwareNames {
  const { browser, system } = readUserAgent(origin.userAgent)
  return { browser: BROWSERS.get(browser ?? '') ?? null, system: SYSTEMS.get(system ?? '') ?? null }
}

/** A default name for a device, such as "Firefox on Linux". Its owner may change it; no decision depends on it. */
export function describeAgent(origin: Pick<RequestOrigin, 'userAgent'>): string {
  const { browser, system } = namesOfAgent(origin)
  if (browser && system) return `${browser} on ${system}`
  return browser ?? system ?? 'Unknown device'
}

function same(...names: readonly string[]): readonly (readonly [string, string])[] {
  return names.map((name) => [name, name])
}
