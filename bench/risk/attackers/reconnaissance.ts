import type { SignInEvent } from '../event.js'
import type { AddressSpace } from '../world/address-space.js'
import type { Random } from '../world/random.js'
import { HOUR_MS } from '../world/time.js'
import type { Victim } from './attacker.js'

/** The country most sign-ins came from that networks are known in: what any list of addresses tells. */
export function usualCountry({ recent }: Victim, space: AddressSpace): string {
  return (
    mostFrequent(recent.map(({ country }) => country).filter((country) => space.countries.includes(country))) ??
    space.countries[0]!
  )
}

/** A sign-in like most of them: of those from the usual network the latest. */
export function usualSignIn({ recent }: Victim): SignInEvent {
  const network = mostFrequent(recent.map(({ asn, country }) => `${asn}/${country}`))
  return recent.findLast(({ asn, country }) => `${asn}/${country}` === network) ?? latestSignIn({ recent })
}

export const latestSignIn = ({ recent }: Pick<Victim, 'recent'>): SignInEvent => recent.at(-1)!

/** Within the next day, at an hour at which the victim signs in. */
export function atVictimsHour({ recent }: Victim, at: number, random: Random): number {
  const model = random.pick(recent)
  const hours = (((model.at - at) / HOUR_MS) % 24) + 24 + random.between(-0.5, 0.5)
  return at + Math.round((((hours % 24) + 24) % 24) * HOUR_MS)
}

/** Within the next day, at any hour: the attacker's afternoon may be the victim's night. */
export const atAnyHour = (at: number, random: Random): number => at + random.below(24 * HOUR_MS)

function mostFrequent(values: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const [most = null] = [...counts].toSorted((a, b) => b[1] - a[1])
  return most && most[0]
}
