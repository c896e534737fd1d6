import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { betterAuth } from 'better-auth'
import { mongodbAdapter } from 'better-auth/adapters/mongodb'
import { toNodeHandler } from 'better-auth/node'
import { twoFactor } from 'better-auth/plugins'
import mongoose from 'mongoose'
import { createPasswordHasher } from '../../src/accounts/index.js'
import { newKeyText, readConfig } from '../../src/config/index.js'
import { newId } from '../../src/kernel/ids.js'
import { answerParent } from '../support/answer-parent.js'

// Better Auth as its documentation sets it up, with these differences, none of which costs it anything:
// - Passwords are hashed with the library and the parameters of the gateway. Its own scrypt takes four times as long.
// - Its lookups have indexes: its MongoDB adapter makes none.
// - It limits and logs nothing, and runs no transactions. See docs/decisions/0080.
const COUNTING = process.argv[2] === 'counting'
const INDEXES = {
  user: ['email'],
  session: ['token', 'userId'],
  account: ['userId'],
  verification: ['identifier', 'expiresAt'],
  twoFactor: ['userId'],
}

const address = new URL(process.env['MONGODB_URI'] ?? '')
address.pathname = `/stepgate-rival-${newId().replace(/[^A-Za-z0-9]/g, '')}`
const client = new mongoose.mongo.MongoClient(address.toString(), { monitorCommands: COUNTING })
await client.connect()
let roundTrips = 0
client.on('commandStarted', () => {
  roundTrips += 1
})
const database = client.db()
for (const [name, fields] of Object.entries(INDEXES)) {
  await database.collection(name).createIndexes(fields.map((field) => ({ key: { [field]: 1 } })))
}
const passwords = await createPasswordHasher(readConfig({}).passwords.argon2)

const server = createServer((req, res) => void handle(req, res))
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
// As long as the gateway keeps a connection.
server.keepAliveTimeout = 65_000

const auth = betterAuth({
  baseURL: url,
  secret: newKeyText(),
  database: mongodbAdapter(database),
  emailAndPassword: {
    enabled: true,
    password: {
      hash: (password) => passwords.hash(password),
      verify: ({ hash, password }) => passwords.verify(password, hash),
    },
  },
  plugins: [twoFactor()],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
})
const handle = toNodeHandler(auth)

answerParent(url, { 'round-trips': () => roundTrips }, async () => {
  server.closeAllConnections()
  await database.dropDatabase()
  await client.close()
})
