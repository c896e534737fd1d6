import { newKeyText, readConfig } from '../../src/config/index.js'
import { newId } from '../../src/kernel/ids.js'
import { openRepositories, openStore } from '../../src/store/index.js'
import { ROOMY } from '../support/answers.js'
import { compileGateway } from '../support/gateway-process.js'
import { dropDatabase } from '../support/mongo.js'
import type { Arena } from './arena.js'
import { describeRaces } from './races.js'

const server = process.env['MONGODB_URI']

/** Two operating-system processes of one installation, by the machine's clock. */
async function open(): Promise<Arena> {
  const uri = new URL(server ?? '')
  uri.pathname = `/stepgate-test-${newId().replace(/[^A-Za-z0-9]/g, '')}`
  const env = {
    ...ROOMY,
    STEPGATE_MFA_POLICY: 'REQUIRED',
    STEPGATE_KEYS: newKeyText(),
    STEPGATE_STORE_PATIENCE: '10000',
    MONGODB_URI: uri.toString(),
  }
  const program = await compileGateway()
  // One after the other: the first makes the indexes.
  const first = await program.start(env)
  const second = await program.start(env)
  const store = openStore({ dataDirectory: null, mongodbUri: readConfig(env).store.mongodbUri ?? '' })
  openRepositories(store)
  return {
    urls: [first.url, second.url],
    store,
    now: () => new Date(),
    linkTokenFor: (address) => first.linkTokenFor(address),
    close: async () => {
      expect(await Promise.all([first.stop(), second.stop()])).toEqual([0, 0])
      await store.close()
      await dropDatabase(uri.toString())
      await program.discard()
    },
  }
}

// The embedded store takes one process only; test/store shows how it refuses a second.
if (server) describeRaces('races over two processes', open, 3)
else it.skip('races over two processes need a MongoDB', () => undefined)
