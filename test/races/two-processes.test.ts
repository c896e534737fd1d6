import { newKeyText, readConfig } from '../../src/config/index.js'
import { openRepositories, openStore } from '../../src/store/index.js'
import { ROOMY } from '../support/answers.js'
import { compileGateway } from '../support/gateway-process.js'
import { dropDatabase, ownDatabase } from '../support/mongo.js'
import type { Arena } from './arena.js'
import { describeRaces } from './races.js'
import { OPEN_RULES } from '../support/mfa-rules.js'

/** Two operating-system processes of one installation, by the machine's clock. */
async function open(): Promise<Arena> {
  const uri = ownDatabase()
  const env = {
    ...ROOMY,
    STEPGATE_MFA_POLICY: 'REQUIRED',
    STEPGATE_KEYS: newKeyText(),
    STEPGATE_STORE_PATIENCE: '10000',
    MONGODB_URI: uri,
  }
  const program = await compileGateway()
  // One after the other: the first creates the indexes.
  const first = await program.start(env)
  const second = await program.start(env)
  const store = await openStore({ dataDirectory: null, mongodbUri: readConfig(env).store.mongodbUri ?? '' })
  openRepositories(store, async () => OPEN_RULES)
  return {
    urls: [first.url, second.url],
    store,
    keys: env.STEPGATE_KEYS,
    now: () => new Date(),
    linkTokenFor: (address) => first.linkTokenFor(address),
    close: async () => {
      expect(await Promise.all([first.stop(), second.stop()])).toEqual([0, 0])
      await store.close()
      await dropDatabase(uri)
      await program.discard()
    },
  }
}

// Only one process can use the embedded store; test/store shows how it refuses a second.
if (process.env['MONGODB_URI']) describeRaces('races over two processes', open, 3)
else it.skip('races over two processes need a MongoDB', () => undefined)
