import { createAddressSpace, type AddressSpace } from '../../../../bench/risk/world/address-space.js'
import type { AddressSource } from '../../../../bench/risk/world/address-source.js'
import { asnTable, type AsnRange } from '../../../../bench/risk/world/asn-table.js'
import { numberOf } from '../../../../bench/risk/world/ip-number.js'
import { networkKind, type NetworkKind } from '../../../../bench/risk/world/network-kind.js'
import { QUICK_WORLD, type AttackSettings, type WorldSettings } from '../../../../bench/risk/world/settings.js'
import { simulate } from '../../../../bench/risk/world/simulate.js'
import type { TrueEvent } from '../../../../bench/risk/event.js'

const COUNTRIES = ['DE', 'FR', 'NL'] as const
const NAMES = [
  ...['Telekom', 'Kabel', 'City Net'],
  ...['One Mobile', 'Two Mobile', 'Three Cellular'],
  ...['First Hosting', 'Cheap VPS', 'Big Cloud'],
  'Technical University',
]

/** Ten networks a country, each a /16: country c has 10·c to 10·c + 9 as first octet, and the second octet is a city. */
const RANGES: readonly AsnRange[] = COUNTRIES.flatMap((country, index) =>
  NAMES.flatMap((name, network) =>
    [0, 1].map((city) => {
      const start = numberOf(`${(index + 2) * 10 + network}.${city}.0.0`)
      return { start, end: start + 65_535, asn: (index + 1) * 100 + network, name: `${name} ${country}` }
    }),
  ),
)

const SOURCE: AddressSource = {
  asns: asnTable(RANGES),
  locate: (address) => {
    const [first = 0, second = 0] = address.split('.').map(Number)
    const country = COUNTRIES[Math.floor(first / 10) - 2]
    if (!country || second > 1) return null
    // Two cities a country, 500 km apart.
    return { country, latitude: 48 + second * 4.5, longitude: Math.floor(first / 10), radiusKm: 20 }
  },
}

export const SMALL_SPACE: AddressSpace = createAddressSpace(SOURCE, COUNTRIES)

const kinds = new Map(RANGES.map(({ asn, name }) => [asn, networkKind(name)]))

export const kindOf = (asn: number | null): NetworkKind | null => kinds.get(asn ?? 0) ?? null

const NO_ATTACKS: AttackSettings = { ...QUICK_WORLD.attacks, victimShare: 0, probedShare: 0, stuffedShare: 0 }

export const PEACEFUL: WorldSettings = {
  ...QUICK_WORLD,
  people: 300,
  days: 120,
  countries: COUNTRIES,
  furtherCountries: [],
  attacks: NO_ATTACKS,
}

export const ATTACKED: WorldSettings = {
  ...PEACEFUL,
  people: 150,
  attacks: {
    ...QUICK_WORLD.attacks,
    victimShare: 0.4,
    probedShare: 0.2,
    stuffingHitRate: 0.3,
    botnetShare: 1,
    quiet: { from: 6, until: 9 },
    campaign: { from: 10, until: 14 },
  },
}

export function eventsOf(settings: WorldSettings, seed = 1): readonly TrueEvent[] {
  return [...simulate({ settings, space: SMALL_SPACE }, seed)]
}
