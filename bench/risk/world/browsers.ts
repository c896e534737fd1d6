import type { Random } from './random.js'
import { byShare } from './weighted.js'

export type Platform = 'windows' | 'macos' | 'linux' | 'android' | 'android-tablet' | 'ios' | 'ipados'
export type BrowserFamily = 'chrome' | 'edge' | 'firefox' | 'safari' | 'samsung'

/** A browser on a system, as statistics of visits count them. */
export interface Client {
  readonly platform: Platform
  readonly family: BrowserFamily
}

/** What the browser says of itself at a moment, after the lag with which its owner gets new versions. */
export function userAgentOf(client: Client, at: number, lagMs = 0): string {
  const release = releaseOf(client.family, at - lagMs)
  const key = `${client.platform}/${client.family}/${release}`
  const known = strings.get(key)
  if (known !== undefined) return known
  const made = agentString(client, release)
  strings.set(key, made)
  clients.set(made, client)
  return made
}

/** What a user agent made here says to a reader; null for other strings. */
export const clientOf = (userAgent: string): Client | null => clients.get(userAgent) ?? null

export const drawFamily = (platform: Platform, random: Random): BrowserFamily => MARKET[platform](random)

export const drawDesktop = (random: Random): Platform => DESKTOPS(random)

/** What most people have, and who wants to look like most people. */
export const POPULAR_CLIENT: Client = { platform: 'windows', family: 'chrome' }

const DESKTOPS = byShare<Platform>({ windows: 0.74, macos: 0.21, linux: 0.05 })

const MARKET = {
  windows: byShare<BrowserFamily>({ chrome: 0.68, edge: 0.2, firefox: 0.12 }),
  macos: byShare<BrowserFamily>({ safari: 0.46, chrome: 0.45, firefox: 0.07, edge: 0.02 }),
  linux: byShare<BrowserFamily>({ firefox: 0.48, chrome: 0.52 }),
  android: byShare<BrowserFamily>({ chrome: 0.8, samsung: 0.15, firefox: 0.04, edge: 0.01 }),
  'android-tablet': byShare<BrowserFamily>({ chrome: 0.78, samsung: 0.22 }),
  ios: byShare<BrowserFamily>({ safari: 0.9, chrome: 0.09, firefox: 0.01 }),
  ipados: byShare<BrowserFamily>({ safari: 0.92, chrome: 0.08 }),
}

// Agents are few and looked for at each sign-in: the same string is made once.
const strings = new Map<string, string>()
const clients = new Map<string, Client>()

const FOUR_WEEKS_MS = 28 * 86_400_000
const CHROME_132 = Date.UTC(2025, 0, 14)
const FIREFOX_134 = Date.UTC(2025, 0, 7)

type Releases = readonly (readonly [from: number, version: string])[]

const SAFARI: Releases = [
  [0, '18.1'],
  [Date.UTC(2024, 11, 11), '18.2'],
  [Date.UTC(2025, 0, 27), '18.3'],
  [Date.UTC(2025, 2, 31), '18.4'],
  [Date.UTC(2025, 4, 12), '18.5'],
  [Date.UTC(2025, 6, 29), '18.6'],
  [Date.UTC(2025, 8, 15), '26.0'],
  [Date.UTC(2025, 10, 3), '26.1'],
  [Date.UTC(2025, 11, 12), '26.2'],
]

/** Samsung Internet and the Chromium it is built on. */
const SAMSUNG: Releases = [
  [0, '26.0 Chrome/122.0.0.0'],
  [Date.UTC(2024, 10, 6), '27.0 Chrome/125.0.0.0'],
  [Date.UTC(2025, 3, 2), '28.0 Chrome/130.0.0.0'],
  [Date.UTC(2025, 9, 20), '29.0 Chrome/136.0.0.0'],
]

function releaseOf(family: BrowserFamily, at: number): string {
  switch (family) {
    case 'chrome':
    case 'edge':
      return String(132 + Math.floor((at - CHROME_132) / FOUR_WEEKS_MS))
    case 'firefox':
      return String(134 + Math.floor((at - FIREFOX_134) / FOUR_WEEKS_MS))
    case 'safari':
      return latestOf(SAFARI, at)
    case 'samsung':
      return latestOf(SAMSUNG, at)
  }
}

const latestOf = (releases: Releases, at: number): string =>
  releases.findLast(([from]) => from <= at)?.[1] ?? releases[0]![1]

/** Browsers freeze what they say of the system, so the version of the browser is all that moves. */
const SYSTEMS: Readonly<Record<Platform, string>> = {
  windows: 'Windows NT 10.0; Win64; x64',
  macos: 'Macintosh; Intel Mac OS X 10_15_7',
  linux: 'X11; Linux x86_64',
  android: 'Linux; Android 10; K',
  'android-tablet': 'Linux; Android 10; K',
  ios: 'iPhone; CPU iPhone OS 18_7 like Mac OS X',
  // Safari on an iPad asks for desktop pages and calls itself a Mac.
  ipados: 'Macintosh; Intel Mac OS X 10_15_7',
}

function agentString({ platform, family }: Client, release: string): string {
  if (platform === 'ios' || (platform === 'ipados' && family !== 'safari'))
    return webKitShell(platform, family, release)
  if (family === 'firefox') return firefox(platform, release)
  const system = `Mozilla/5.0 (${SYSTEMS[platform]})`
  if (family === 'safari')
    return `${system} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${release} Safari/605.1.15`
  const end = `${platform === 'android' ? 'Mobile ' : ''}Safari/537.36`
  const blink = `${system} AppleWebKit/537.36 (KHTML, like Gecko)`
  if (family === 'samsung') return `${blink} SamsungBrowser/${release} ${end}`
  const chrome = `${blink} Chrome/${release}.0.0.0 ${end}`
  if (family === 'chrome') return chrome
  return `${chrome} ${platform === 'android' ? 'EdgA' : 'Edg'}/${release}.0.0.0`
}

/** Every browser on iOS is WebKit under another name. */
function webKitShell(platform: 'ios' | 'ipados', family: BrowserFamily, release: string): string {
  const system = platform === 'ios' ? SYSTEMS.ios : 'iPad; CPU OS 18_7 like Mac OS X'
  const names: Partial<Record<BrowserFamily, string>> = {
    chrome: `CriOS/${release}.0.0.0`,
    firefox: `FxiOS/${release}.0`,
    edge: `EdgiOS/${release}.0.0.0`,
  }
  const name = names[family] ?? `Version/${release}`
  return `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) ${name} Mobile/15E148 Safari/604.1`
}

function firefox(platform: Platform, release: string): string {
  if (platform === 'android' || platform === 'android-tablet') {
    return `Mozilla/5.0 (Android 15; Mobile; rv:${release}.0) Gecko/${release}.0 Firefox/${release}.0`
  }
  const system = platform === 'macos' ? 'Macintosh; Intel Mac OS X 10.15' : SYSTEMS[platform]
  return `Mozilla/5.0 (${system}; rv:${release}.0) Gecko/20100101 Firefox/${release}.0`
}
