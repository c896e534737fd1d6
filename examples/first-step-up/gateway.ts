import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import { createApp } from '../../src/compose/app.js'
import { readConfig } from '../../src/config/index.js'
import { movableClock, type MovableClock } from '../../src/kernel/clock.js'
import { newId } from '../../src/kernel/ids.js'
import { silentLogger } from '../../src/kernel/logger.js'

/** A separate gateway for the demo; `close` leaves nothing of it behind. */
export interface DemoGateway {
  readonly url: string
  /** The origin of the application's pages. */
  readonly pageOrigin: string
  readonly storedIn: string
  readonly clock: MovableClock
  close(): Promise<void>
}

export interface DemoOptions {
  readonly administrator: string
  /** A MongoDB to use instead of the embedded store. */
  readonly mongodbUri: string | null
}

const PAGE_ORIGIN = 'http://localhost:3000'

export async function startGateway({ administrator, mongodbUri }: DemoOptions): Promise<DemoGateway> {
  const directory = await mkdtemp(join(tmpdir(), 'stepgate-demo-'))
  const database = mongodbUri === null ? null : withDatabase(mongodbUri, `stepgate-demo-${newId().replace(/\W/g, '')}`)
  const clock = movableClock()
  // Undone in reverse order, even when something fails on the way.
  const undo: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })]
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const config = readConfig({
      PORT: '0',
      STEPGATE_ALLOWED_ORIGINS: PAGE_ORIGIN,
      STEPGATE_ADMINISTRATORS: administrator,
      STEPGATE_DATA_DIR: directory,
      ...(database === null ? {} : { MONGODB_URI: database }),
    })
    const app = await createApp({ config, clock, logger: silentLogger })
    if (database !== null) undo.push(() => dropDatabase(database))
    undo.push(() => app.close())
    const server = await app.listen()
    undo.push(() => server.close())
    const storedIn = database === null ? `files in ${directory}` : 'MongoDB, in a database of its own'
    return { url: server.url, pageOrigin: PAGE_ORIGIN, storedIn, clock, close }
  } catch (error) {
    await close()
    throw error
  }
}

const MONGODB_URI = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/

/** The same server and user, another database. */
function withDatabase(uri: string, name: string): string {
  const [, server = uri, before = '', query = ''] = MONGODB_URI.exec(uri) ?? []
  const options = new URLSearchParams(query)
  // Without `authSource`, users are looked up in the database that the address names.
  if (before !== '' && server.includes('@') && !options.has('authSource')) options.set('authSource', before)
  return options.size === 0 ? `${server}/${name}` : `${server}/${name}?${options.toString()}`
}

async function dropDatabase(uri: string): Promise<void> {
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 2_000 }).asPromise()
  await connection.dropDatabase()
  await connection.close()
}
