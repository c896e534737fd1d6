import { drawDesktop, drawFamily, POPULAR_CLIENT, userAgentOf } from '../world/browsers.js'
import { habitsOf } from '../world/countries.js'
import { platformOf } from '../world/devices.js'
import type { NetworkKind } from '../world/network-kind.js'
import type { Random } from '../world/random.js'
import { DAY_MS } from '../world/time.js'
import { byShare } from '../world/weighted.js'
import type { AttackTools } from './attacker.js'

/** A device as people of this country have them. */
export function anyUserAgent(country: string, at: number, random: Random): string {
  const platform = random.chance(0.5) ? platformOf('phone', country, random) : drawDesktop(random)
  return userAgentOf({ platform, family: drawFamily(platform, random) }, at, lag(random))
}

/** What hides best among strangers: most of the time the commonest client there is. */
export function popularUserAgent(country: string, at: number, random: Random): string {
  if (random.chance(0.7)) return userAgentOf(POPULAR_CLIENT, at, lag(random))
  return anyUserAgent(country, at, random)
}

/** Somewhere in the world, with what an attacker from there has. */
export interface Lair {
  readonly country: string
  readonly language: string
  readonly timeZone: string
}

/** Nearly half of the attackers live where the customers live, the others anywhere. */
export function drawLair({ space, settings, random }: AttackTools): Lair {
  const customers = settings.countries.filter((country) => space.countries.includes(country))
  const country = random.pick(random.chance(0.4) ? customers : space.countries)
  const habits = habitsOf(country)
  return { country, language: habits.drawLanguage(random), timeZone: habits.drawZone(random) }
}

/** The network of an attacker at home who hides nothing, or no more than a rented server does. */
export const drawOwnNetwork = byShare<NetworkKind>({ fixed: 0.55, mobile: 0.25, hosting: 0.2 })

/** Residential proxies are other people's routers, and some of their phones. */
export const drawProxyKind = byShare<NetworkKind>({ fixed: 0.75, mobile: 0.25 })

const lag = (random: Random): number => random.next() * 21 * DAY_MS
