import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { KeptRow } from '../../src/store/embedded/kept-row.js'
import { readJournal } from '../../src/store/embedded/read-journal.js'
import { rowCache } from '../../src/store/embedded/row-cache.js'
import { TURN } from '../../src/store/embedded/turn.js'
import { openStore, type Collection, type Index, type Store, type Stored } from '../../src/store/index.js'
import { turnsOf } from '../support/turns-of.js'
import { startChild } from './child-process.js'

type Row = Stored & Readonly<Record<string, unknown>>

const MOST_TO_LIVE = 2
const GONE = -1
const BYTES_A_LINE = 256 * 1024

describe('the embedded store as it grows', () => {
  let root: string
  let directory: string
  let file: string
  let store: Store

  const open = async (indexes: readonly Index[] = []): Promise<Collection<Row>> => {
    store = await openStore({ dataDirectory: directory, durable: false })
    const rows = store.collection<Row>({ name: 'rows', indexes })
    await store.prepare()
    return rows
  }
  const size = async (): Promise<number> => (await stat(file)).size

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'stepgate-growth-'))
    directory = join(root, 'data')
    file = join(directory, 'store.journal')
  })
  afterEach(async () => {
    await store.close()
    await rm(root, { recursive: true })
  })

  describe('the file', () => {
    it('stays within twice its rows, however long they are updated', async () => {
      const rows = await open()
      const text = 'x'.repeat(4_000)
      await rows.insert(Array.from({ length: 100 }, (_, n) => ({ _id: `r${n}`, text, seen: { at: 0, by: {} } })))
      const live = 100 * text.length
      let most = 0
      for (let n = 0; n < 12_000; n += 1) {
        const _id = `r${n % 100}`
        await rows.updateOne({ _id }, { $set: { 'seen.at': n, [`seen.by.k${n % 3}`]: new Date(n) } })
        if (n % 5 === 0) await rows.updateOne({ _id }, { $set: { text: text.replace('x', String(n % 10)) } })
        if (n % 20 === 0) most = Math.max(most, await size())
      }
      expect(most / live).toBeLessThan(MOST_TO_LIVE)
      const expected = await rows.find({}, { sort: { _id: 1 } })
      await store.close()
      expect(await (await open()).find({}, { sort: { _id: 1 } })).toEqual(expected)
    }, 60_000)

    it('grows by what an update changes, not by the document it is in', async () => {
      const rows = await open()
      const sessions = Object.fromEntries(
        Array.from({ length: 100 }, (_, n) => [`s${n}`, { text: 'x'.repeat(500), at: 0 }]),
      )
      await rows.insert([{ _id: 'a', sessions }])
      const before = await size()
      for (let n = 0; n < 10; n += 1) await rows.updateOne({ _id: 'a' }, { $max: { 'sessions.s7.at': n } })
      expect(((await size()) - before) / 10).toBeLessThan(200)
    })

    it('holds every kind of change to a row for the next start', async () => {
      const rows = await open([{ fields: { key: 1 }, unique: true }])
      const text = 'x'.repeat(3_000)
      await rows.insert([
        { _id: 'a', key: 'k1', text, map: { one: { n: 1 }, two: {} }, list: ['a', 'b'], at: new Date(1) },
      ])
      await rows.updateOne({ _id: 'a' }, { $unset: { 'map.one.n': true }, $set: { 'map.three.x': new Date(3) } })
      await rows.updateOne({ _id: 'a' }, { $pull: { list: 'a' }, $set: { at: null, 'map.two': [{ at: new Date(2) }] } })
      await rows.updateOne({ _id: 'a' }, { $unset: { map: true }, $inc: { n: 2 }, $addToSet: { list: 'ü' } })
      await rows.updateOne({ _id: 'a' }, { $set: { key: 'k2' } })
      await rows.updateOne({ _id: 'a' }, { $set: { 'map.again': {} } })
      const expected = { _id: 'a', key: 'k2', text, map: { again: {} }, list: ['b', 'ü'], at: null, n: 2 }
      await store.close()
      const again = await open([{ fields: { key: 1 }, unique: true }])
      expect(await again.findOne({ key: 'k2' })).toEqual(expected)
      expect((await again.insert([{ _id: 'b', key: 'k1' }])).duplicate).toBe(false)
      await store.purge()
      await store.close()
      expect(await (await open([{ fields: { key: 1 }, unique: true }])).findOne({ _id: 'a' })).toEqual(expected)
    })
  })

  describe('other requests', () => {
    const many = Array.from({ length: 5 * TURN.rows }, (_, n) => ({ _id: `r${n}`, n: n % 2 }))
    const large = Array.from({ length: 40 }, (_, n) => ({ _id: `r${n}`, n, text: 'x'.repeat(TURN.bytes / 10) }))

    it('get a turn while a command looks at many rows', async () => {
      const rows = await open()
      await rows.insert(many)
      expect(await turnsOf(rows.find({ n: 0 }))).toBeGreaterThanOrEqual(4)
      expect(await turnsOf(rows.count({ n: 0 }))).toBeGreaterThanOrEqual(4)
      expect(await turnsOf(rows.updateMany({ n: 0 }, { $set: { seen: true } }))).toBeGreaterThanOrEqual(4)
      expect(await rows.count({ seen: true })).toBe(many.length / 2)
      expect(await turnsOf(rows.deleteMany({ n: 1 }))).toBeGreaterThanOrEqual(4)
      expect(await rows.count({})).toBe(many.length / 2)
    })

    it('get a turn while a command reads large rows', async () => {
      await (await open()).insert(large)
      await store.close()
      const rows = await open()
      expect(await turnsOf(rows.find({ n: { $gte: 0 } }))).toBeGreaterThanOrEqual(3)
    })

    it('get a turn while the file is written anew, after each line of it', async () => {
      const rows = await open()
      await rows.insert(large)
      await rows.updateMany({}, { $inc: { n: 1 } })
      expect(await turnsOf(store.purge())).toBeGreaterThanOrEqual((large.length * TURN.bytes) / 10 / (2 * BYTES_A_LINE))
      const lengths = (await readFile(file, 'utf8')).split('\n').map(({ length }) => length)
      expect(Math.max(...lengths)).toBeLessThan(BYTES_A_LINE + TURN.bytes / 5)
    })

    it('may change the rows that a command has not looked at yet', async () => {
      const rows = await open([{ fields: { n: 1 } }])
      await rows.insert(many)
      const finding = rows.find({ n: 0 }, { sort: { n: 1 } })
      await new Promise((resolve) => setImmediate(resolve))
      const [removed] = await Promise.all([
        rows.deleteMany({ _id: { $in: ['r9998', 'r9996'] } }),
        rows.insert([{ _id: 'new', n: 0 }]),
      ])
      expect(removed).toBe(2)
      const ids = (await finding).map(({ _id }) => _id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.length).toBe(many.length / 2 - 2)
    })
  })

  describe('memory', () => {
    it('holds the rows that were used last, and of the others where they are', () => {
      const cache = rowCache(100)
      const [a, b, c] = ['a', 'b', 'c'].map((id) => new KeptRow(id)) as [KeptRow, KeptRow, KeptRow]
      cache.keep(a, { _id: 'a' }, 40)
      cache.keep(b, { _id: 'b' }, 40)
      cache.use(a)
      cache.keep(c, { _id: 'c' }, 40)
      expect([a, b, c].map(({ value }) => value?._id)).toEqual(['a', undefined, 'c'])
      cache.keep(c, { _id: 'c' }, 200)
      expect([a, c].map(({ value }) => value)).toEqual([null, null])
    })

    it('does not hide that the file was damaged after the start', async () => {
      await (await open([{ fields: { n: 1 } }])).insert([{ _id: 'a', n: 1, text: 'secret-text' }])
      await store.close()
      const rows = await open([{ fields: { n: 1 } }])
      const bytes = await readFile(file)
      bytes[bytes.indexOf('secret-text')] = 0x53
      await writeFile(file, bytes)
      await expect(rows.findOne({ _id: 'a' })).rejects.toThrow(Unavailable)
      // A damaged row must not get a new checksum.
      await rows.insert([{ _id: 'b' }])
      await rows.deleteMany({ _id: 'b' })
      await expect(store.purge()).rejects.toThrow(Unavailable)
    })

    it('needs no row of the file for indexes that it was written with', async () => {
      await (
        await open([{ fields: { n: 1, at: -1 } }])
      ).insert([{ _id: 'a', n: [1, null], at: new Date(7), text: 'x' }])
      await store.close()
      const { rows } = readJournal(file)
      expect(rows.get('rows')?.get('a')?.leaves).toEqual([new Date(7), [1, null]])
      const other = await open([{ fields: { text: 1 } }])
      expect(await other.count({ text: 'x' })).toBe(1)
    })
  })

  describe('a file of the first format', () => {
    const firstLine = (
      collection: string,
      put: readonly object[],
      remove: readonly string[],
      synced: number,
    ): string => {
      const json = JSON.stringify({ collection, put, remove, synced })
      return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`
    }
    const awkward = {
      _id: 'a',
      text: '"],[{\\" \\\\',
      list: [[], [{}], '},{'],
      at: { $date: 5 },
      deep: { '"put":[': [{}] },
    }

    beforeEach(async () => {
      await (await open()).count({})
      await store.close()
    })

    it('is read, changed and written anew', async () => {
      const lines = [
        firstLine('rows', [awkward, { _id: 'b', n: 1 }, { _id: 'c' }], [], 0),
        firstLine('rows', [{ _id: 'b', n: 2 }], ['c'], 0),
        firstLine('', [], [], 0),
      ]
      await writeFile(file, lines.join(''))
      const rows = await open([{ fields: { n: 1 } }])
      const read = { ...awkward, at: new Date(5) }
      expect(await rows.find({}, { sort: { _id: 1 } })).toEqual([read, { _id: 'b', n: 2 }])
      await rows.updateOne({ _id: 'b' }, { $inc: { n: 1 } })
      await store.close()
      expect(await readFile(file, 'utf8')).not.toContain('"collection":')
      const again = await open([{ fields: { n: 1 } }])
      expect(await again.find({}, { sort: { _id: 1 } })).toEqual([read, { _id: 'b', n: 3 }])
    })

    it('is damaged when a line that was on the disk cannot be read', async () => {
      const first = firstLine('rows', [{ _id: 'a' }], [], 0)
      await writeFile(file, first.replace('"a"', '"b"') + firstLine('rows', [{ _id: 'c' }], [], first.length))
      await expect(open()).rejects.toThrow('line 1 cannot be read')
    })
  })

  it('loses nothing acknowledged at any step of writing the file anew', async () => {
    const child = startChild('rewrite-steps-child.ts', [directory])
    await child.ended()
    const steps = Number(child.lines()[0])
    expect(steps).toBeGreaterThan(20)
    for (let step = 1; step <= steps; step += 1) {
      const copy = `${directory}.${step}`
      const acknowledged = JSON.parse(await readFile(join(copy, 'acknowledged'), 'utf8')) as Record<string, number>
      const left = await openStore({ dataDirectory: copy })
      const found = left.collection<Row>({ name: 'rows', indexes: [{ fields: { n: 1 } }] })
      await left.prepare()
      const kept = new Map((await found.find({})).map(({ _id, n }) => [_id, n as number]))
      // One more may have been written and not yet said.
      const isKept = ([id, n]: [string, number]): boolean => (n === GONE ? !kept.has(id) : (kept.get(id) ?? GONE) >= n)
      const missing = Object.entries(acknowledged).filter((each) => !isKept(each))
      expect({ step, missing }).toEqual({ step, missing: [] })
      await left.close()
    }
    store = await openStore({ dataDirectory: null })
  }, 120_000)
})
