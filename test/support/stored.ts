import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readJournal } from '../../src/store/embedded/read-journal.js'
import { readRow } from '../../src/store/embedded/row-text.js'
import type { TestGateway } from './gateway.js'
import { connectTo } from './mongo.js'

export type StoredDocument = { readonly _id: string } & Readonly<Record<string, unknown>>

/** The content of a collection, read past the gateway, in the order of the ids. */
export async function storedIn(gateway: TestGateway, collection: string): Promise<readonly StoredDocument[]> {
  // Events are where they belong, in the log, before anything is read.
  await gateway.app.drainAudit()
  const uri = gateway.env['MONGODB_URI']
  const found = uri === undefined ? fromFile(gateway, collection) : await fromMongo(uri, collection)
  return found.sort((a, b) => (a._id < b._id ? -1 : 1))
}

/** The document of the account with this address. */
export async function storedAccount(gateway: TestGateway, email: string): Promise<StoredDocument> {
  const found = (await storedIn(gateway, 'accounts')).find((account) => account['emailKey'] === email)
  if (!found) throw new Error('there is no such account')
  return found
}

/** The value at a dotted path of a document. */
export function valueAt(document: unknown, path: string): unknown {
  return path.split('.').reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], document)
}

function fromFile(gateway: TestGateway, collection: string): StoredDocument[] {
  const file = join(gateway.env['STEPGATE_DATA_DIR'] ?? '', 'store.journal')
  const { rows } = readJournal(file)
  const bytes = readFileSync(file)
  const found = [...(rows.get(collection)?.values() ?? [])]
  return found.map((row) => readRow(row, (place) => bytes.subarray(place.offset, place.offset + place.bytes)))
}

async function fromMongo(uri: string, collection: string): Promise<StoredDocument[]> {
  const connection = await connectTo(uri)
  const found = await connection.collection<StoredDocument>(collection).find().toArray()
  await connection.close()
  return found
}
