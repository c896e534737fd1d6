import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type App } from '../../src/compose/app.js'
import { newKeyText, readConfig, type Config } from '../../src/config/index.js'
import { movableClock, type MovableClock } from '../../src/kernel/clock.js'
import { silentLogger, type Logger } from '../../src/kernel/logger.js'
import { noAsn, noGeo, type AsnLookup, type GeoLookup } from '../../src/networks/index.js'
import { openStore, type Store } from '../../src/store/index.js'
import { aroundStore } from './around-store.js'
import { createClient, type Client, type ClientOptions } from './client.js'
import { dropDatabase, ownDatabase } from './mongo.js'
import type { StoreKind } from './stores.js'

export { STORES, type StoreKind } from './stores.js'

export interface GatewayOptions {
  readonly store?: StoreKind
  /** Settings as in the environment, besides the ones every test uses. */
  readonly env?: Readonly<Record<string, string>>
  readonly clock?: MovableClock
  readonly geo?: GeoLookup
  readonly asn?: AsnLookup
  readonly logger?: Logger
  /** Wraps the store, for example to inject faults. */
  readonly wrapStore?: (store: Store) => Store
  /** Share keys and data with another gateway: a second process of one installation. */
  readonly beside?: TestGateway
}

/** A gateway on a free port, with a clock that only moves when told to. */
export interface TestGateway {
  readonly url: string
  readonly app: App
  readonly clock: MovableClock
  /** The gateway's store, for inspection. */
  readonly store: Store
  readonly env: Readonly<Record<string, string>>
  client(options?: ClientOptions): Client
  /** The token of the newest link mailed to this address; waits for one beyond `known` when that is given. */
  linkTokenFor(address: string, known?: number): Promise<string>
  /** How many links were mailed to this address so far. */
  linksTo(address: string): Promise<number>
  mailTo(address: string): Promise<readonly Mail[]>
  close(): Promise<void>
}

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
}

/** Links that a person requested; those of notices and invitations do not count. */
const LINK = /(?<!\/(?:not-me|invitation))#token=(\S+)/

export const ADMIN = 'admin@example.com'
// Far ahead of any real clock: MongoDB's cleanup uses its own clock, and must find nothing expired.
const START = new Date('2100-03-01T09:00:00.000Z')

export async function startGateway(options: GatewayOptions = {}): Promise<TestGateway> {
  const { beside, store = 'embedded' } = options
  const clock = options.clock ?? beside?.clock ?? movableClock(START)
  const directory = beside ? null : await mkdtemp(join(tmpdir(), 'stepgate-test-'))
  // Each has its own database, dropped when it closes.
  const database = store === 'mongodb' && !beside ? ownDatabase() : null
  const env = {
    PORT: '0',
    STEPGATE_KEYS: newKeyText(),
    STEPGATE_ADMINISTRATORS: ADMIN,
    // Tests run in parallel on few cores: slow is not down. Tests of an outage set their own value.
    STEPGATE_STORE_PATIENCE: '10000',
    // No store commands except those that a test causes.
    STEPGATE_LIST_REFRESH: '3600',
    STEPGATE_RISK_SHARE: '3600',
    STEPGATE_AUDIT_CHECKPOINT: '3600',
    // The clock of a test is never that of a database.
    STEPGATE_MAX_CLOCK_SKEW: '0',
    STEPGATE_AUDIT_SWEEP: '3600',
    ...(directory === null ? {} : { STEPGATE_DATA_DIR: directory }),
    ...(database === null ? {} : { MONGODB_URI: database }),
    ...beside?.env,
    ...options.env,
  }
  const config = withCheapHashes(readConfig(env), env)
  const logger = options.logger ?? silentLogger
  const { mongodbUri, ...kept } = config.store
  const opened = await openStore({ ...kept, ...(mongodbUri === null ? {} : { mongodbUri }) }, { clock, logger })
  const keptIn = options.wrapStore?.(opened) ?? opened
  const { geo = noGeo, asn = noAsn } = options
  const app = await createApp({ config, logger, geo, asn, clock, store: keptIn })
  const server = await app.listen()
  const mailTo = async (address: string): Promise<readonly Mail[]> => {
    const response = await fetch(`${server.url}/dev/outbox`, { headers: { accept: 'application/json' } })
    const { messages } = (await response.json()) as { messages: readonly Mail[] }
    return messages.filter((mail) => mail.to === address)
  }
  const linksTo = async (address: string): Promise<readonly Mail[]> =>
    (await mailTo(address)).filter((mail) => LINK.test(mail.text))
  return {
    url: server.url,
    app,
    clock,
    store: afterDraining(opened, app),
    env,
    client: (clientOptions) => createClient(server.url, clientOptions),
    mailTo,
    linksTo: async (address) => (await linksTo(address)).length,
    linkTokenFor: async (address, known = 0) => {
      const mails = await until(async () => {
        const found = await linksTo(address)
        return found.length > known ? found : null
      })
      return LINK.exec(mails.at(-1)?.text ?? '')?.[1] ?? ''
    },
    close: async () => {
      await server.close()
      await app.close()
      if (database !== null) await dropDatabase(database)
      if (directory !== null) await rm(directory, { recursive: true, force: true })
    },
  }
}

/** Hashes passwords at a cost that a gateway refuses as too low, unless the test sets the cost: most tests are not about it. */
function withCheapHashes(config: Config, env: Readonly<Record<string, string>>): Config {
  if (Object.keys(env).some((name) => name.startsWith('STEPGATE_ARGON2_'))) return config
  return {
    ...config,
    passwords: { ...config.passwords, argon2: { ...config.passwords.argon2, memoryKib: 64, passes: 1 } },
  }
}

/** The store for inspection: events are where they belong, in the log, before anything is read. */
const afterDraining = (store: Store, app: App): Store =>
  aroundStore(store, async ({ verb }, carryOut) => {
    if (READS.has(verb)) await app.drainAudit()
    return carryOut()
  })

const READS: ReadonlySet<string> = new Set(['find', 'findOne', 'findUnless', 'count'])

/** Mail leaves after the answer: polls on the next turns of the event loop until it is there. */
export async function until<T>(look: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + 5000
  for (;;) {
    const found = await look()
    if (found !== null) return found
    if (performance.now() > deadline) throw new Error('waited in vain')
    await new Promise((resolve) => setImmediate(resolve))
  }
}
