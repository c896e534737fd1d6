import type { EventPlace, SignInEvent } from '../event.js'
import { days } from './days.js'
import type { Policy } from './policy.js'
import { rememberedValues } from './remembered-values.js'
import { travelSpeed } from './travel-speed.js'

const COUNTRY_DAYS = 180
const MOST_KM_PER_HOUR = 900
const LONGEST_IDLE_DAYS = 30

interface LastSignIn {
  readonly at: number
  /** Where the person last was known to be, which may be before the last sign-in. */
  readonly place: EventPlace | null
}

/**
 * Logto's adaptive MFA: new country in 180 days, faster than 900 km/h, idle for more than 30 days. Its fourth rule, an
 * address the proxy in front rates as a bot (score below 30), needs a verdict that no event carries, so it never fires.
 */
export function logto(): Policy {
  const countries = rememberedValues(days(COUNTRY_DAYS))
  const lastSignIns = new Map<string, LastSignIn>()

  const firedRules = (event: SignInEvent, last: LastSignIn): readonly boolean[] => [
    event.country !== '' && !countries.has(event.userId, event.country, event.at),
    isTooFast(event, last),
    event.at - last.at > days(LONGEST_IDLE_DAYS),
  ]

  return {
    name: 'Logto rules',
    judge: (event) => {
      const last = lastSignIns.get(event.userId)
      // Without an earlier sign-in none of its rules says anything.
      const score = last ? firedRules(event, last).filter(Boolean).length : 0
      return { score, prompts: score > 0 }
    },
    learn: ({ userId, country, place, at }) => {
      if (country !== '') countries.remember(userId, country, at)
      lastSignIns.set(userId, { at, place: place ?? lastSignIns.get(userId)?.place ?? null })
    },
    fail: () => undefined,
    profileBytes: () => null,
  }
}

function isTooFast({ place, at }: SignInEvent, last: LastSignIn): boolean {
  if (place === null || last.place === null) return false
  return (travelSpeed(last.place, place, at - last.at) ?? 0) > MOST_KM_PER_HOUR
}
