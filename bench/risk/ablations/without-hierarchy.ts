import type { Signal } from '../../../src/risk/evidence.js'
import { assessRiskBy, RISK_MODEL } from '../../../src/risk/assess-risk.js'
import { sharesAt } from '../../../src/risk/model/level.js'
import { address } from '../../../src/risk/signals/address.js'
import { network } from '../../../src/risk/signals/network.js'
import { INSTALLED, type Variant } from '../stepgate/judge-events.js'

const OPERATOR = { mass: 1.5, base: { weight: 20, share: 1 / 1000 } } as const
const SUBNET = { mass: 3, base: { weight: 20, share: 1 / 20_000 } } as const
const HOST = { mass: 4, base: { weight: 20, share: 1 / 1_000_000 } } as const

/** The network operator by itself: a new country is also a new operator, and told as both. */
const flatNetwork: Signal = (evidence) => {
  const group = network(evidence)
  const { seen, history, population } = evidence
  const key = seen.observation.network
  if (!group || key === null) return group
  const question = { counted: history.networks, key, parent: null, parentCount: history.total, ...OPERATOR }
  const share = sharesAt(population, question)
  const country = group.likelihoods.filter(({ finding }) => finding.code.startsWith('COUNTRY_'))
  const operator = {
    finding: { code: share.own > 0 ? ('NETWORK_USUAL' as const) : ('NETWORK_NEW' as const) },
    person: share.person,
    attacker: (suspect: { readonly network: string }) => (suspect.network === 'victim' ? share.own : share.population),
  }
  return { ...group, likelihoods: [...country, operator] }
}

/** The part of the network and the address, each by itself. */
const flatAddress: Signal = ({ seen, history, population }) => {
  const { subnet, host } = seen.observation
  if (subnet === null || host === null) return null
  const all = { parent: null, parentCount: history.total }
  const part = sharesAt(population, { counted: history.subnets, key: subnet, ...all, ...SUBNET })
  const exact = sharesAt(population, { counted: history.hosts, key: host, ...all, ...HOST })
  const likelihoods = [part, exact].map((share, index) => ({
    finding: {
      code: `${index === 0 ? ('SUBNET' as const) : ('ADDRESS' as const)}_${share.own > 0 ? ('USUAL' as const) : ('NEW' as const)}` as const,
    },
    person: share.person,
    attacker: () => share.population,
  }))
  return { likelihoods, bounds: [-3.5, 1] }
}

const signals = RISK_MODEL.signals.map((signal) => {
  if (signal === network) return flatNetwork
  return signal === address ? flatAddress : signal
})

/** Every level is judged by itself, whether or not the one above it was ever seen. */
export const withoutHierarchy: Variant = {
  ...INSTALLED,
  assess: (deps, facts) => assessRiskBy({ ...RISK_MODEL, signals }, deps, facts),
}
