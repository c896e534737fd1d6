import type { Signal } from '../evidence.js'
import { shareOf, type LevelShare } from '../model/chain.js'
import { sharesAt } from '../model/level.js'
import type { Likelihood } from '../model/likelihood.js'
import { countOf } from '../profile/profile.js'
import { sightingsOfNetwork } from './network.js'

const SUBNET = { mass: 3, base: { weight: 20, share: 1 / 400 } } as const
const HOST_MASS = 4
/** Hosts are not counted in the population: an address is only usual for the people behind it. */
const HOST_SHARE = 1 / 64

/** An attacker in the victim's network may be nearby: in the same town, house or wireless network. */
const NEAR_VICTIM = { subnet: 0.15, host: 0.05 } as const

/** A new or familiar address counts for no more than this: addresses are shared, and they change. */
const BOUNDS = [-3.5, 1] as const

/**
 * The part of a familiar network and the address in it. Parts of a network that is itself new are not counted again.
 */
export const address: Signal = (evidence) => {
  const { seen, history, population } = evidence
  const { country, network, subnet, host } = seen.observation
  const parentCount = sightingsOfNetwork(evidence)
  if (subnet === null || host === null || parentCount === 0) return null
  const isNewCountry = country !== null && countOf(history.countries, country) === 0
  if (isNewCountry && countOf(history.subnets, subnet) === 0) return null
  const { mass, base } = SUBNET
  const part = sharesAt(population, { counted: history.subnets, key: subnet, parent: network, parentCount, mass, base })
  const likelihoods = [fine(part, part.population, 'SUBNET', NEAR_VICTIM.subnet)]
  const count = countOf(history.hosts, host)
  const subnetCount = countOf(history.subnets, subnet)
  if (subnetCount > 0) {
    const level = { counted: history.hosts, count, parent: subnet, parentCount: subnetCount, mass: HOST_MASS }
    const share = shareOf({ ...level, populationShare: HOST_SHARE })
    likelihoods.push(fine(share, HOST_SHARE, 'ADDRESS', NEAR_VICTIM.host))
  }
  return { likelihoods, bounds: BOUNDS }
}

/** An attacker's address is like any other in that network, unless the attacker is near the victim. */
function fine(share: LevelShare, inPopulation: number, what: 'SUBNET' | 'ADDRESS', nearVictim: number): Likelihood {
  const isKnown = share.own > 0
  return {
    finding: { code: isKnown ? `${what}_USUAL` : `${what}_NEW` },
    person: share.person,
    attacker: ({ network }) =>
      network === 'victim' ? nearVictim * share.own + (1 - nearVictim) * inPopulation : inPopulation,
  }
}
