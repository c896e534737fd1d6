import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, type Logger } from '../../src/kernel/logger.js'
import { DamagedDatafile, openStore, type Collection, type Store, type Stored } from '../../src/store/index.js'

type Row = Stored & Readonly<Record<string, unknown>>

// Written by the store of version 0.1: nedb's lines of JSON.
const PEOPLE = [
  '{"$$indexCreated":{"fieldName":"emailKey","unique":true,"sparse":false}}',
  '{"_id":"ann","emailKey":"ann@old.example","createdAt":{"$$date":1000},"sessions":{"s":{"proofs":[{"at":{"$$date":2000}}]}}}',
  '{"_id":"bob","emailKey":"bob@example.org","name":"a\\u2028b"}',
  '{"_id":"cy","emailKey":"cy@example.org"}',
  '{"$$deleted":true,"_id":"cy"}',
  '{"_id":"ann","emailKey":"ann@example.org","createdAt":{"$$date":1000},"sessions":{"s":{"proofs":[{"at":{"$$date":2000}}]}}}',
].join('\n')
const ANN = {
  _id: 'ann',
  emailKey: 'ann@example.org',
  createdAt: new Date(1000),
  sessions: { s: { proofs: [{ at: new Date(2000) }] } },
}
const BOB = { _id: 'bob', emailKey: 'bob@example.org', name: 'a\u2028b' }

describe('files of the store of version 0.1', () => {
  let directory: string
  let store: Store
  const logged: string[] = []
  const logger: Logger = { ...silentLogger, warn: (_, message) => void logged.push(message) }

  const open = async (): Promise<Collection<Row>> => {
    store = await openStore({ dataDirectory: directory }, { logger })
    const people = store.collection<Row>({ name: 'people', indexes: [{ fields: { emailKey: 1 }, unique: true }] })
    await store.prepare()
    return people
  }
  const kept = (): Promise<string[]> => readdir(join(directory, 'before-journal'))

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stepgate-import-'))
    await writeFile(join(directory, 'people.jsonl'), `${PEOPLE}\n{"_id":"torn","em`)
    await writeFile(join(directory, 'things.jsonl'), '{"_id":"thing"}\n')
    logged.length = 0
  })
  afterEach(async () => {
    await store.close()
    await rm(directory, { recursive: true })
  })

  it('are taken over once, and kept aside', async () => {
    const people = await open()
    expect(await people.find({}, { sort: { _id: 1 } })).toEqual([ANN, BOB])
    expect(await store.collection<Row>({ name: 'things', indexes: [] }).find({})).toEqual([{ _id: 'thing' }])
    expect((await kept()).sort()).toEqual(['people.jsonl', 'things.jsonl'])
    expect((await readdir(directory)).filter((name) => name.endsWith('.jsonl'))).toEqual([])
    await people.deleteMany({ _id: 'bob' })
    await store.close()
    expect(await (await open()).find({})).toEqual([ANN])
  })

  it('are not read again when the first start ended before all were aside', async () => {
    await (await open()).deleteMany({ _id: 'bob' })
    await store.close()
    await writeFile(join(directory, 'people.jsonl'), PEOPLE)
    expect(await (await open()).find({})).toEqual([ANN])
    expect(await kept()).toContain('people.jsonl')
  })

  it('are read again when the first start ended before all was written', async () => {
    await writeFile(join(directory, 'store.journal~'), '01234567 {"collection":"peo')
    expect(await (await open()).count({})).toBe(2)
  })

  it('stop the start when one of their lines cannot be read, and stay as they are', async () => {
    const damaged = PEOPLE.replace('"emailKey":"bob', '"emailKey:"bob')
    await writeFile(join(directory, 'people.jsonl'), `${damaged}\n`)
    await expect(open()).rejects.toThrow(DamagedDatafile)
    expect(await readFile(join(directory, 'people.jsonl'), 'utf8')).toBe(`${damaged}\n`)
    expect(await readdir(directory)).not.toContain('store.journal')
  })

  it('are deleted with the first erasure after it, because they hold what was erased', async () => {
    const people = await open()
    await people.deleteMany({ _id: 'bob' })
    await store.purge()
    expect(await readdir(directory)).not.toContain('before-journal')
    expect(await readFile(join(directory, 'store.journal'), 'utf8')).not.toContain('bob@example.org')
    expect(logged).toHaveLength(1)
  })
})
