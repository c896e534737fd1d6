import type { Config } from '../config/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/logger.js'
import type { Secrets } from '../kernel/secrets.js'
import {
  asnData,
  type AsnLookup,
  geoipLite,
  type GeoLookup,
  type NetworkClasses,
  networkLookup,
  noAsn,
} from '../networks/index.js'
import {
  countryOf,
  createLists,
  createRiskHash,
  listedBy,
  type ListStore,
  type RiskDeps,
  shareCounts,
  type TallyStore,
} from '../risk/index.js'

interface RiskOptions {
  readonly config: Config
  readonly logger: Logger
  readonly geo?: GeoLookup
  readonly asn?: AsnLookup
}

interface RiskParts {
  readonly clock: Clock
  readonly secrets: Secrets
  readonly networks: NetworkClasses
  readonly listStore: ListStore
  readonly tallyStore: TallyStore
}

/** The risk engine with its databases, its lists and the counts it shares with other processes. */
export async function composeRisk(
  options: RiskOptions,
  { clock, secrets, networks, listStore, tallyStore }: RiskParts,
) {
  const { config, logger } = options
  const geo = options.geo ?? geoipLite(logger, { directory: config.networks.geoDirectory })
  void geo.warmUp()
  const asn = options.asn ?? configuredAsn(options)
  void asn.warmUp()
  const lists = createLists({ store: listStore, clock, logger })
  await lists.start(config.lists.refreshSeconds)
  const counts = await shareCounts(
    { tallyStore, clock, logger },
    {
      promptBudget: { thresholds: config.risk.thresholds, share: config.risk.promptBudget },
      everySeconds: config.risk.shareSeconds,
    },
  )
  const located = { geo, networks: networkLookup(asn, networks) }
  const deps: RiskDeps = {
    clock,
    ...located,
    listed: listedBy(lists, located),
    population: counts.population,
    hash: createRiskHash(secrets),
    promptBudget: counts.promptBudget,
  }
  return {
    deps,
    asn,
    lists,
    countryOf: (address: string) => countryOf(geo, address),
    /** Before the store is closed: the last counts are written to it. */
    close: async () => {
      await lists.close()
      await counts.close()
    },
  }
}

function configuredAsn({ config, logger }: RiskOptions): AsnLookup {
  const { asnFile } = config.networks
  return asnFile === 'off' ? noAsn : asnData(logger, asnFile)
}
