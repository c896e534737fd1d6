import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Stored } from '../../src/store/index.js'
import { startChild } from './child-process.js'

describe('the embedded store on a disk that fails', () => {
  let directory: string
  let said: readonly string[]

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stepgate-disk-'))
    const child = startChild('faulty-disk-child.ts', [directory])
    await child.ended()
    said = child.lines()
  }, 30_000)
  afterAll(() => rm(directory, { recursive: true }))

  it('is unavailable for changes that cannot be written, and takes each of them back', () => {
    expect(said.slice(0, 4)).toEqual([
      'update when full: "Unavailable"',
      'insert when full: "Unavailable"',
      'delete when full: "Unavailable"',
      'read when full: [{"_id":"a","n":0}]',
    ])
  })

  it('goes on when there is room again', () => {
    expect(said[4]).toBe('update with room again: {"_id":"a","n":2}')
  })

  it('is unavailable for everything once a sync has failed, because it is unknown what is on the disk', () => {
    expect(said.slice(5)).toEqual([
      'insert when nothing is synced: "Unavailable"',
      'read after that: "Unavailable"',
      'update after that: "Unavailable"',
      'ping after that: "Unavailable"',
    ])
  })

  it('holds at the next start what was acknowledged, and no half of a line', async () => {
    const store = await openStore({ dataDirectory: directory })
    const rows = store.collection<Stored>({ name: 'rows', indexes: [] })
    await store.prepare()
    expect(await rows.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 2 })
    expect(await rows.count({ _id: { $in: ['b'] } })).toBe(0)
    await store.close()
  })
})
