import { distantStore } from '../support/around-store.js'
import { startGateway, STORES, type StoreKind } from '../support/gateway.js'
import { ROOMY } from '../support/answers.js'
import type { Arena } from './arena.js'
import { describeRaces } from './races.js'

const ENV = { ...ROOMY, STEPGATE_MFA_POLICY: 'REQUIRED' }

/** One gateway where the store allows only one, otherwise two; the clock is fixed. */
async function open(store: StoreKind): Promise<Arena> {
  const first = await startGateway({ store, env: ENV, ...(store === 'embedded' ? { wrapStore: distantStore } : {}) })
  const second = store === 'mongodb' ? await startGateway({ beside: first }) : null
  return {
    urls: second ? [first.url, second.url] : [first.url],
    store: first.store,
    keys: first.env['STEPGATE_KEYS'] ?? '',
    now: () => first.clock.now(),
    linkTokenFor: (address) => first.linkTokenFor(address),
    close: async () => {
      await second?.close()
      await first.close()
    },
  }
}

if (STORES.includes('embedded')) describeRaces('races in one process', () => open('embedded'), 5)
if (STORES.includes('mongodb')) describeRaces('races over two gateways', () => open('mongodb'), 5)
