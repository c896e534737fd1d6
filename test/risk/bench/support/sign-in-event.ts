import type { SignInEvent, TrueEvent } from '../../../../bench/risk/event.js'

export const DAY_MS = 86_400_000
const STARTS_AT = Date.UTC(2025, 0, 6)

const CHROME_ON_WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'
export const NEWER_CHROME_ON_WINDOWS = CHROME_ON_WINDOWS.replace('131', '132')
export const SAFARI_ON_IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'

const BERLIN = { latitude: 52.5, longitude: 13.4, radiusKm: 20 }
export const TOKYO = { latitude: 35.7, longitude: 139.7, radiusKm: 20 }

/** A sign-in of Ada's from home, so many days after the start, with whatever differs. */
export const signInEvent = (day: number, differs: Partial<SignInEvent> = {}): SignInEvent => ({
  at: STARTS_AT + day * DAY_MS,
  userId: 'ada',
  address: '84.1.2.3',
  country: 'DE',
  asn: 3320,
  place: BERLIN,
  userAgent: CHROME_ON_WINDOWS,
  cookie: 'laptop',
  deviceToken: null,
  language: 'de',
  timeZone: 'Europe/Berlin',
  successful: true,
  ...differs,
})

export const trueEvent = (event: SignInEvent, attacker = '', groups: readonly string[] = []): TrueEvent => ({
  event,
  truth: { attacker, groups },
})
