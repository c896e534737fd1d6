import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestGateway } from './gateway.js'
import { connectTo } from './mongo.js'

export type StoredDocument = { readonly _id: string } & Readonly<Record<string, unknown>>

/** What a collection holds right now, read past the gateway, in the order of the ids. */
export async function storedIn(gateway: TestGateway, collection: string): Promise<readonly StoredDocument[]> {
  const uri = gateway.env['MONGODB_URI']
  const found = uri === undefined ? await fromFile(gateway, collection) : await fromMongo(uri, collection)
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

async function fromFile(gateway: TestGateway, collection: string): Promise<StoredDocument[]> {
  const text = await readFile(join(gateway.env['STEPGATE_DATA_DIR'] ?? '', `${collection}.jsonl`), 'utf8')
  const rows = new Map<string, StoredDocument>()
  for (const line of text.split('\n')) {
    const row = line === '' ? null : (JSON.parse(line) as StoredDocument & { readonly $$deleted?: boolean })
    if (row?.$$deleted) rows.delete(row._id)
    else if (row?._id) rows.set(row._id, row)
  }
  return [...rows.values()]
}

async function fromMongo(uri: string, collection: string): Promise<StoredDocument[]> {
  const connection = await connectTo(uri)
  const found = await connection.collection<StoredDocument>(collection).find().toArray()
  await connection.close()
  return found
}
