import { types } from 'node:util'
import { Mongoose, Schema, type Connection } from 'mongoose'
import { Unavailable } from '../../kernel/unavailable.js'
import type { Collection, CollectionSpec, Store, Stored } from '../collection.js'
import { mongoCollection, type Documents, type Send } from './mongo-collection.js'
import { answered } from './mongo-errors.js'

export interface MongoStoreOptions {
  readonly uri: string
  /** The database; null takes the one the URI names. */
  readonly database: string | null
  readonly sharded: boolean
  /** After so long without an answer a command is given up as `Unavailable`. */
  readonly patienceMilliseconds: number
}

// A little less than a command may take, so that the driver's own error comes first and names the server.
const CONNECT_SHARE = 0.8
// When an abandoned connection is closed; long enough to build an index.
const SOCKET_PATIENCE_MS = 10_000

/** A store in MongoDB, through a mongoose of its own. Finds its server again by itself when that was away. */
export function createMongoStore({ uri, database, sharded, patienceMilliseconds }: MongoStoreOptions): Store {
  // Not global, because a host application may use mongoose with other settings.
  const mongoose = new Mongoose({ autoIndex: false, autoCreate: false, bufferCommands: false })
  const connection = mongoose.createConnection()
  const specs = new Map<string, CollectionSpec>()
  let roundTrips = 0
  let connected: Promise<void> | null = null
  let closed = false

  // Once connected, the driver finds its server again by itself; until then each call tries anew.
  const connect = async (): Promise<void> => {
    if (closed) throw new Unavailable('store')
    connected ??= open(connection, { uri, database, patienceMilliseconds }).catch((error: unknown) => {
      connected = null
      throw error
    })
    await connected
  }
  // Counted here, because the driver's own monitoring would parse every answer twice.
  const sendWithin =
    (milliseconds: number): Send =>
    (command) =>
      answered(milliseconds, async () => {
        await connect()
        roundTrips += 1
        return command()
      })
  const sends = { send: sendWithin(patienceMilliseconds), sendUnhurried: sendWithin(SOCKET_PATIENCE_MS) }

  return {
    kind: 'mongodb',
    sharded,
    collection<T extends Stored>(spec: CollectionSpec): Collection<T> {
      specs.set(spec.name, spec)
      return mongoCollection<T>(spec, modelOf(connection, spec), sends)
    },
    prepare: () =>
      answered(SOCKET_PATIENCE_MS, async () => {
        await connect()
        for (const spec of specs.values()) await modelOf(connection, spec).createIndexes()
      }),
    ping: () =>
      answered(patienceMilliseconds, async () => {
        await connect()
        await connection.db?.command({ ping: 1 })
      }),
    now: () =>
      answered(patienceMilliseconds, async () => {
        await connect()
        const { localTime } = (await connection.db?.command({ hello: 1 })) ?? {}
        return types.isDate(localTime) ? localTime : null
      }),
    purge: () => Promise.resolve(),
    close: async () => {
      closed = true
      await connected?.catch(() => undefined)
      await connection.close()
    },
    get roundTrips() {
      return roundTrips
    },
  }
}

async function open(
  connection: Connection,
  { uri, database, patienceMilliseconds }: Omit<MongoStoreOptions, 'sharded'>,
): Promise<void> {
  const connectPatience = Math.round(CONNECT_SHARE * patienceMilliseconds)
  await connection.openUri(uri, {
    ...(database === null ? {} : { dbName: database }),
    appName: 'stepgate',
    writeConcern: { w: 'majority' },
    retryWrites: true,
    serverSelectionTimeoutMS: connectPatience,
    connectTimeoutMS: connectPatience,
    waitQueueTimeoutMS: connectPatience,
    socketTimeoutMS: SOCKET_PATIENCE_MS,
    heartbeatFrequencyMS: 2_000,
  })
}

function modelOf(connection: Connection, spec: CollectionSpec): Documents {
  const existing = connection.models[spec.name]
  if (existing) return existing as Documents
  // Names the collection and its indexes; what a document may hold is checked by the port.
  const schema = new Schema({ _id: String }, { collection: spec.name, strict: false, versionKey: false })
  for (const { fields, unique, sparse, expireAfterSeconds } of spec.indexes) {
    schema.index(
      { ...fields },
      {
        ...(unique ? { unique } : {}),
        ...(sparse ? { sparse } : {}),
        ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
      },
    )
  }
  return connection.model(spec.name, schema) as unknown as Documents
}
