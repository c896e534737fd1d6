import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'
import { openStore } from '../../src/store/index.js'
import { describeStore } from './store.js'

const uri = process.env['MONGODB_URI']

if (uri) {
  let database: string
  describeStore('the MongoDB store', {
    open: async () => {
      database = `stepgate-test-${randomUUID()}`
      return openStore({ mongodbUri: uri, mongodbDatabase: database, dataDirectory: null })
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
