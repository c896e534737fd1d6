import type { AddressInfo } from 'node:net'
import { ApolloServer } from '@apollo/server'
import { expressMiddleware } from '@as-integrations/express5'
import express from 'express'
import type { Account } from '../../src/accounts/index.js'
import { buildAppSchema } from '../../src/compose/schema.js'
import { openAdapters } from '../../src/compose/adapters.js'
import { composeModules } from '../../src/compose/modules.js'
import { startServices } from '../../src/compose/services.js'
import { newKeyText, readConfig } from '../../src/config/index.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { silentLogger } from '../../src/kernel/logger.js'
import { answerParent } from './answer-parent.js'
import { contextFor, provedActor } from './caller.js'

// A bare Apollo Server with the same schema and the same resolvers: no policy, no locks, no store, and a viewer who is
// always the same.
const now = new Date()
const account: Account = {
  id: 'account' as AccountId,
  email: 'somebody@example.com',
  emailKey: 'somebody@example.com',
  status: 'ACTIVE',
  createdAt: now,
  passwordHash: '',
  passwordChangedAt: now,
  emailChangedAt: null,
  lastSignInAt: now,
  sealedProfile: null,
  roles: {},
  language: null,
  languageIsChosen: false,
  linkedTo: null,
}
const context = { ...contextFor(provedActor(now)), viewer: { account, roles: [] } }

const config = readConfig({ STEPGATE_KEYS: newKeyText() })
const adapters = await openAdapters({ config, logger: silentLogger, inMemory: true })
const services = await startServices(adapters)
const modules = composeModules(adapters, services, () => {
  throw new Error('there is no policy here')
})
const schema = buildAppSchema(modules.resolvers)
const apollo = new ApolloServer({ schema, nodeEnv: 'production', stopOnTerminationSignals: false })
await apollo.start()
const app = express()
app.use('/graphql', express.json(), expressMiddleware(apollo, { context: () => Promise.resolve(context) }))
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  answerParent(`http://127.0.0.1:${port}`, {}, async () => {
    server.closeAllConnections()
    await services.close()
    await adapters.close()
  })
})
