import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'
import { openStore } from '../../src/store/index.js'
import { describeStore } from './store.js'

const uri = process.env['MONGODB_URI']

if (uri) {
  const freesReplacedKeys = await doesFreeReplacedKeys(uri)
  let database: string
  describeStore('the MongoDB store', {
    freesReplacedKeys,
    open: async () => {
      database = `stepgate-test-${randomUUID()}`
      return openStore({
        mongodbUri: uri,
        mongodbDatabase: database,
        dataDirectory: null,
        patienceMilliseconds: 10_000,
      })
    },
    discard: async (store) => {
      await store.close()
      const connection = await mongoose.createConnection(uri, { dbName: database }).asPromise()
      await connection.dropDatabase()
      await connection.close()
    },
  })
} else {
  it.todo('runs against the MongoDB that MONGODB_URI names; none was given')
}

/**
 * Asks the server itself, without our code: one that speaks MongoDB's protocol may differ from MongoDB here, and then
 * the one test about it says nothing of our adapter.
 */
async function doesFreeReplacedKeys(at: string): Promise<boolean> {
  const connection = await mongoose.createConnection(at, { dbName: `stepgate-probe-${randomUUID()}` }).asPromise()
  const probes = connection.collection<{ _id: string; key: string }>('probes')
  await probes.createIndexes([{ key: { key: 1 }, unique: true }])
  await probes.insertOne({ _id: 'a', key: 'old' })
  await probes.updateOne({ _id: 'a' }, { $set: { key: 'new' } })
  const isFree = await probes.insertOne({ _id: 'b', key: 'old' }).then(
    () => true,
    () => false,
  )
  await connection.dropDatabase()
  await connection.close()
  if (!isFree) process.stderr.write('This server keeps unique keys that an update replaced: MongoDB would free them.\n')
  return isFree
}
