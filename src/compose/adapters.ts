import { loadOrCreateKeys } from '../config/index.js'
import { assurancesBy } from '../kernel/assurance.js'
import { systemClock, type Clock } from '../kernel/clock.js'
import { createKeyRing } from '../kernel/key-ring.js'
import { createSecrets } from '../kernel/secrets.js'
import { createMessages, createSentences, readTemplates, type OwnTemplates } from '../messages/index.js'
import { openNetworkClasses } from '../networks/index.js'
import { createDirectory, mfaRules } from '../organizations/index.js'
import { createServiceKeyDirectory } from '../service-keys/index.js'
import { explainStoreFailure, openRepositories, openStore, organizationRepository, type Store } from '../store/index.js'
import { composeDelivery } from './delivery.js'
import { composeIssuers } from './issuers.js'
import type { AppOptions } from './options.js'
import { relyingPartyOf } from './passkeys.js'
import { composeRisk } from './risk.js'
import { installationRule } from './settings.js'

export type Adapters = Awaited<ReturnType<typeof openAdapters>>

/** Opens everything that reaches outside the process, and reads every file the configuration names. */
export async function openAdapters(options: AppOptions) {
  const { config, logger, clock = systemClock } = options
  const explained = <T>(opening: Promise<T>): Promise<T> =>
    opening.catch((error: unknown) => {
      throw explainStoreFailure(error, config.store)
    })
  // Before anything is opened: a mistake in a file stops the start.
  const relyingParty = relyingPartyOf(config)
  const { directory: templates, language } = config.messages
  const own = templates === null ? new Map<string, OwnTemplates>() : await readTemplates(templates)
  const messages = createMessages({ service: config.serviceName, language }, own)
  const sentences = createSentences({ language }, new Map([...own].map(([each, { sentences }]) => [each, sentences])))
  const trustedIssuers = await composeIssuers(config, { clock, logger })
  const networks = await openNetworkClasses(logger, config.networks.classesFile)
  const keys = config.keys.length > 0 ? config.keys : await explained(loadOrCreateKeys(config.store.dataDirectory))
  const ring = createKeyRing(keys)
  const secrets = createSecrets(ring)
  const store = options.store ?? (await openConfiguredStore(options, clock))
  const assurances = assurancesBy(config.factors)
  const installation = installationRule(config)
  const directory = createDirectory({ organizationStore: organizationRepository(store) })
  const repositories = openRepositories(store, mfaRules({ directory, clock, assurances }, installation), config.store)
  await explained(store.prepare())
  const delivery = composeDelivery({ config, logger, clock })
  const serviceKeyDirectory = createServiceKeyDirectory(repositories.serviceKeys)
  const risk = await composeRisk(options, { clock, secrets, networks, ...repositories })
  return {
    ...{ config, logger, clock, ring, secrets, store, repositories, assurances, installation, messages, sentences },
    ...{ directory, serviceKeyDirectory, delivery, risk, networks, trustedIssuers, relyingParty },
    /** Call it last. `beforeTheStore` runs once all other writers have stopped. */
    close: async (beforeTheStore = () => Promise.resolve()) => {
      await risk.close()
      await delivery.close()
      await directory.close()
      await serviceKeyDirectory.close()
      await beforeTheStore()
      await store.close()
    },
  }
}

function openConfiguredStore({ config, logger, inMemory = false }: AppOptions, clock: Clock): Promise<Store> {
  const { mongodbUri, durable, sharded, patienceMilliseconds } = config.store
  const dataDirectory = inMemory ? null : config.store.dataDirectory
  return openStore(
    { dataDirectory, durable, sharded, patienceMilliseconds, ...(mongodbUri === null ? {} : { mongodbUri }) },
    { clock, logger },
  )
}
