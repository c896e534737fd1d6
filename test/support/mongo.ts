import mongoose from 'mongoose'
import { newId } from '../../src/kernel/ids.js'

/** A database nobody else has, on the server that MONGODB_URI names. */
export function ownDatabase(): string {
  const uri = new URL(process.env['MONGODB_URI'] ?? '')
  uri.pathname = `/stepgate-test-${newId().replace(/[^A-Za-z0-9]/g, '')}`
  return uri.toString()
}

export async function dropDatabase(uri: string): Promise<void> {
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 2000 }).asPromise()
  await connection.dropDatabase()
  await connection.close()
}
