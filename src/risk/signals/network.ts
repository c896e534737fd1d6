import type { Evidence, Sighting, Signal } from '../evidence.js'
import type { Suspect } from '../model/attackers.js'
import { sharesAt, type Shares } from '../model/level.js'
import type { Likelihood } from '../model/likelihood.js'
import { countOf } from '../profile/profile.js'

const COUNTRY = { mass: 0.6, base: { weight: 10, share: 1 / 100 } } as const
const OPERATOR = { mass: 1.5, base: { weight: 20, share: 1 / 50 } } as const

/** An attacker who rents a server rents it in one of this many networks. */
const HOSTING_NETWORKS = 30
/** The share of an attacker's hosting in networks that are not classified as hosting. */
const UNLISTED_HOSTING = 0.1

/** Country and network operator. In a new country, a new network adds nothing. */
export const network: Signal = (evidence) => {
  const likelihoods = [country(evidence), operator(evidence)].filter((likelihood) => likelihood !== null)
  return { likelihoods, bounds: [-Infinity, Infinity] }
}

function country({ seen, history, population }: Evidence): Likelihood {
  const key = seen.observation.country
  if (key === null) {
    const finding = { code: 'COUNTRY_UNKNOWN', facts: { gap: seen.countryGap ?? 'unknown' } } as const
    return { finding, person: 1, attacker: () => 1 }
  }
  // If the data moves a familiar network to another country, the data changed and the person did not.
  if (countOf(history.countries, key) === 0 && countOf(history.subnets, seen.observation.subnet) > 0) {
    return { finding: { code: 'COUNTRY_USUAL', facts: { where: 'subnet' } }, person: 1, attacker: () => 1 }
  }
  const { mass, base } = COUNTRY
  const parentCount = history.total
  const share = sharesAt(population, { counted: history.countries, key, parent: null, parentCount, mass, base })
  const isKnown = share.own > 0
  return {
    finding: { code: isKnown ? 'COUNTRY_USUAL' : 'COUNTRY_NEW', facts: { where: whereIs(seen) } },
    person: share.person,
    attacker: ({ country: from }) => (from === 'home' && history.total > 0 ? share.own : share.population),
  }
}

function operator(evidence: Evidence): Likelihood | null {
  const { seen, history, population } = evidence
  const { network: key, country: parent } = seen.observation
  const parentCount = parent === null ? history.total : countOf(history.countries, parent)
  if (key === null || parentCount === 0) return null
  const count = sightingsOfNetwork(evidence)
  const { mass, base } = OPERATOR
  const share = sharesAt(population, { counted: history.networks, key, count, parent, parentCount, mass, base })
  return {
    finding: { code: codeOfNetwork(evidence, count) },
    person: share.person,
    attacker: (suspect) => ofAttackersNetwork(evidence, suspect, share),
  }
}

/** Whether the data places the address; an address that it does not know is a country of its own. */
export const whereIs = ({ countryGap }: Sighting): 'country' | 'unlocated' =>
  countryGap === null ? 'country' : 'unlocated'

function codeOfNetwork({ seen }: Evidence, count: number): 'NETWORK_USUAL' | 'NETWORK_NEW_ASN' | 'NETWORK_NEW' {
  if (count > 0) return 'NETWORK_USUAL'
  return seen.networkGap === null ? 'NETWORK_NEW_ASN' : 'NETWORK_NEW'
}

function ofAttackersNetwork({ seen }: Evidence, suspect: Suspect, share: Shares): number {
  if (suspect.network === 'victim') return share.own
  if (suspect.network === 'population' || seen.networkGap !== null) return share.population
  return seen.observation.networkClass === null ? UNLISTED_HOSTING * share.population : 1 / HOSTING_NETWORKS
}

/** By ASN or by /16, whichever was seen more, so that a change of the ASN data does not make every network new. */
export function sightingsOfNetwork({ seen: { observation }, history }: Pick<Evidence, 'seen' | 'history'>): number {
  return Math.max(countOf(history.networks, observation.network), countOf(history.prefixes, observation.prefix))
}
