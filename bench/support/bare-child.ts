import 'reflect-metadata'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApolloServer } from '@apollo/server'
import { expressMiddleware } from '@as-integrations/express5'
import express, { type Request } from 'express'
import type { Account } from '../../src/accounts/index.js'
import { buildAppSchema } from '../../src/compose/schema.js'
import { openAdapters } from '../../src/compose/adapters.js'
import { composeModules } from '../../src/compose/modules.js'
import { startServices } from '../../src/compose/services.js'
import { newKeyText, readConfig } from '../../src/config/index.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { silentLogger } from '../../src/kernel/logger.js'
import type { StoreKind } from '../../test/support/gateway.js'
import { answerParent } from './answer-parent.js'
import { contextFor, provedActor } from './caller.js'
import { embeddedFloor, mongooseFloor } from './floor-store.js'

// A bare Apollo Server with the same schema and the same resolvers. It finds the caller's session in its store, with one
// command, and knows one person. It has no policy and no locks.
const kind = process.argv[2] as StoreKind
const directory = await mkdtemp(join(tmpdir(), 'stepgate-bare-'))
const store =
  kind === 'mongodb' ? await mongooseFloor(process.env['MONGODB_URI'] ?? '', false) : await embeddedFloor(directory)
const now = new Date()
const account: Account = {
  id: 'account' as AccountId,
  email: 'ada@example.com',
  emailKey: 'ada@example.com',
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
const idOf = (token: string): string => createHash('sha256').update(token).digest('base64url')
await store.addSession({ _id: idOf('ada'), userId: account.id, state: 'active', code: '', createdAt: now })
const contextOf = async ({ headers }: Pick<Request, 'headers'>) => {
  const session = await store.findSession(idOf(/session=([^;]+)/.exec(headers.cookie ?? '')?.[1] ?? ''))
  if (session?.userId !== account.id) throw new Error('nobody is signed in')
  return context
}
const app = express()
app.use('/graphql', express.json(), expressMiddleware(apollo, { context: ({ req }) => contextOf(req) }))
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  answerParent(`http://127.0.0.1:${port}`, {}, async () => {
    server.closeAllConnections()
    await store.close()
    await rm(directory, { recursive: true, force: true })
    await services.close()
    await adapters.close()
  })
})
