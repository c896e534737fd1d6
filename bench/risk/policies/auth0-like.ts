import type { EventPlace, SignInEvent } from '../event.js'
import { agentLevels } from './agent-levels.js'
import { days } from './days.js'
import type { Policy } from './policy.js'
import { rememberedValues, type RememberedValues } from './remembered-values.js'
import { travelSpeed } from './travel-speed.js'

const KEPT_DAYS = 30
// The documentation names no speed; a passenger aircraft does not go faster.
const MOST_KM_PER_HOUR = 1000

const NOTHING_MATCHES = 2

interface LastPlace {
  readonly at: number
  readonly place: EventPlace
}

/**
 * After Auth0's adaptive MFA as documented: asks when confidence is low, that is when neither the device cookie nor the
 * browser was seen on the account for 30 days, or when the person cannot travel that fast. One match of two is enough.
 */
export function auth0Like(): Policy {
  const cookies = rememberedValues(days(KEPT_DAYS))
  const browsers = rememberedValues(days(KEPT_DAYS))
  const lastPlaces = new Map<string, LastPlace>()

  return {
    name: 'Auth0-like',
    judge: (event) => {
      const travel = isTooFast(event, lastPlaces.get(event.userId)) ? NOTHING_MATCHES : 0
      const score = travel + unfamiliar(event, cookies, browsers)
      return { score, prompts: score >= NOTHING_MATCHES }
    },
    learn: ({ userId, cookie, userAgent, place, at }) => {
      if (cookie !== null) cookies.remember(userId, cookie, at)
      browsers.remember(userId, agentLevels(userAgent).family, at)
      if (place !== null) lastPlaces.set(userId, { at, place })
    },
    fail: () => undefined,
    profileBytes: () => null,
  }
}

/** How many of cookie and browser are new: none, one or both. */
function unfamiliar(event: SignInEvent, cookies: RememberedValues, browsers: RememberedValues): number {
  const { userId, cookie, userAgent, at } = event
  const hasCookie = cookie !== null && cookies.has(userId, cookie, at)
  return Number(!hasCookie) + Number(!browsers.has(userId, agentLevels(userAgent).family, at))
}

function isTooFast({ place, at }: SignInEvent, last: LastPlace | undefined): boolean {
  if (place === null || last === undefined) return false
  return (travelSpeed(last.place, place, at - last.at) ?? 0) > MOST_KM_PER_HOUR
}
