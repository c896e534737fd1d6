import type { Connection } from 'mongoose'
import { newId } from '../../src/kernel/ids.js'

/** A separate database on the server that MONGODB_URI names. */
export function ownDatabase(): string {
  const uri = new URL(process.env['MONGODB_URI'] ?? '')
  uri.pathname = `/stepgate-test-${newId().replace(/[^A-Za-z0-9]/g, '')}`
  return uri.toString()
}

/** A connection that bypasses the gateway; the driver is only loaded where a test needs one. */
export async function connectTo(uri: string): Promise<Connection> {
  const { default: mongoose } = await import('mongoose')
  return mongoose.createConnection(uri, { serverSelectionTimeoutMS: 2000 }).asPromise()
}

export async function dropDatabase(uri: string): Promise<void> {
  const connection = await connectTo(uri)
  await connection.dropDatabase()
  await connection.close()
}
