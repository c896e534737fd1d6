import { appendFile, chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { movableClock } from '../../src/kernel/clock.js'
import { silentLogger, type Logger } from '../../src/kernel/logger.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import {
  DamagedDatafile,
  openStore,
  type Collection,
  type Index,
  type Store,
  type Stored,
} from '../../src/store/index.js'

interface Row extends Stored {
  readonly [field: string]: unknown
}

describe('the files of the embedded store', () => {
  let directory: string
  let file: string
  let store: Store
  const warnings: { readonly fields: object; readonly message: string }[] = []
  const logger: Logger = { ...silentLogger, warn: (fields, message) => void warnings.push({ fields, message }) }
  const clock = movableClock()

  const open = async (indexes: readonly Index[] = []): Promise<Collection<Row>> => {
    store = await openStore({ dataDirectory: directory }, { logger, clock })
    const rows = store.collection<Row>({ name: 'rows', indexes })
    await store.prepare()
    return rows
  }
  const lines = async (): Promise<number> => (await readFile(file, 'utf8')).split('\n').length
  /** Waits for what the store does by itself. */
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    while (!(await holds())) await new Promise((resolve) => setImmediate(resolve))
  }
  const reopen = async (indexes: readonly Index[] = []): Promise<Collection<Row>> => {
    await store.close()
    return open(indexes)
  }

  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'stepgate-file-')), 'data')
    file = join(directory, 'store.journal')
    warnings.length = 0
  })
  afterEach(async () => {
    await store.close()
    await rm(join(directory, '..'), { recursive: true })
  })

  it('keep what was written for the next start', async () => {
    const row = { _id: 'a', at: new Date(5), empty: {}, nothing: null, list: [{ at: new Date(6) }] }
    await (await open()).insert([row, { _id: 'b' }])
    const rows = await reopen()
    await rows.deleteMany({ _id: 'b' })
    await rows.updateOne({ _id: 'a' }, { $set: { n: 1 } })
    expect(await (await reopen()).find({})).toEqual([{ ...row, n: 1 }])
    expect(warnings).toEqual([])
  })

  it('can only be read by their owner, also if others could read them before', async () => {
    await mkdir(directory, { mode: 0o755 })
    await writeFile(file, '', { mode: 0o644 })
    await chmod(directory, 0o755)
    await (await open()).insert([{ _id: 'a' }])
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
    for (const name of ['store.journal', 'lock']) expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600)
  })

  it('lose an unfinished last line, and say so', async () => {
    await (await open()).insert([{ _id: 'a' }])
    await store.close()
    await appendFile(file, '01234567 {"col')
    const rows = await open()
    expect(await rows.find({})).toEqual([{ _id: 'a' }])
    expect(warnings).toMatchObject([{ fields: { file, droppedBytes: 14 } }])
    await rows.insert([{ _id: 'c' }])
    expect(await (await reopen()).count({})).toBe(2)
  })

  it('lose an unfinished line longer than a read', async () => {
    await (await open()).insert([{ _id: 'a' }])
    await store.close()
    await appendFile(file, `01234567 {"text":"${'x'.repeat(3_000_000)}`)
    expect(await (await open()).find({})).toEqual([{ _id: 'a' }])
  })

  it('read a line longer than a read', async () => {
    const text = 'ü'.repeat(2_000_000)
    await (await open()).insert([{ _id: 'a', text }, { _id: 'b' }])
    expect((await (await reopen()).findOne({ _id: 'a' }))?.['text']).toBe(text)
  })

  /** Changes one byte in the middle of the line that holds a text. */
  const damage = async (text: string): Promise<Buffer> => {
    const bytes = await readFile(file)
    const at = bytes.indexOf(text)
    bytes[at] = 1 ^ (bytes[at] ?? 0)
    await writeFile(file, bytes)
    return bytes
  }

  it('refuse to start when any other line is damaged, and stay as they are', async () => {
    const rows = await open()
    for (let n = 0; n < 100; n++) await rows.insert([{ _id: `row-${n}-` }])
    await store.close()
    const damaged = await damage('row-50-')
    await expect(open()).rejects.toThrow(DamagedDatafile)
    await store.close()
    await expect(open()).rejects.toMatchObject({ file, line: 52 })
    expect(await readFile(file)).toEqual(damaged)
  })

  it('refuse to start when the damaged line is the last of those that were written anew', async () => {
    await (await open()).insert([{ _id: 'row' }])
    await store.purge()
    await (await reopen()).updateOne({ _id: 'row' }, { $set: { n: 1 } })
    await store.purge()
    await store.close()
    await damage('"row"')
    await expect(open()).rejects.toThrow(DamagedDatafile)
  })

  it('lose lines that no later one says were on the disk, from the first unreadable one on', async () => {
    const rows = await open()
    await rows.insert([{ _id: 'kept' }])
    await Promise.all(['torn', 'whole', 'last'].map((_id) => rows.insert([{ _id }])))
    await store.close()
    await damage('"torn"')
    expect(await (await open()).find({})).toEqual([{ _id: 'kept' }])
    expect(warnings).toHaveLength(1)
    await store.collection<Row>({ name: 'rows', indexes: [] }).insert([{ _id: 'next' }])
    expect(await (await reopen()).count({})).toBe(2)
  })

  it('keep names that hold every kind of line break', async () => {
    const name = 'a\u2028b\u2029c\u0085d\ne\r\nf\vg\fh'
    await (await open()).insert([{ _id: 'a', name }])
    expect(await (await reopen()).find({})).toEqual([{ _id: 'a', name }])
  })

  it('forget the unique keys an earlier version asked for', async () => {
    const unique: Index = { fields: { email: 1 }, unique: true }
    await (await open([unique])).insert([{ _id: 'a', email: 'x' }])
    const rows = await reopen()
    expect((await rows.insert([{ _id: 'b', email: 'x' }])).duplicate).toBe(false)
    await expect(reopen([unique])).rejects.toThrow()
  })

  it('are written anew at a start, without what is superseded', async () => {
    const rows = await open()
    await rows.insert([{ _id: 'a', n: 0 }])
    for (let n = 0; n < 50; n++) await rows.updateOne({ _id: 'a' }, { $inc: { n: 1 } })
    expect(await lines()).toBeGreaterThan(50)
    const again = await reopen()
    await until(async () => (await lines()) < 5)
    expect(await again.find({})).toEqual([{ _id: 'a', n: 50 }])
  })

  it('are written anew while running once most of their lines are superseded', async () => {
    const rows = await open()
    await rows.insert(Array.from({ length: 2_600 }, (_, n) => ({ _id: `r${n}`, gone: n > 0 })))
    const before = (await stat(file)).size
    await rows.deleteMany({ gone: true })
    await until(async () => (await stat(file)).size < before / 2)
    expect(await (await reopen()).find({})).toEqual([{ _id: 'r0', gone: false }])
  })

  it('are swept of what expired, by our own clock', async () => {
    const rows = await open([{ fields: { expiresAt: 1 }, expireAfterSeconds: 60 }])
    const now = clock.now().getTime()
    await rows.insert([
      { _id: 'old', expiresAt: new Date(now) },
      { _id: 'young', expiresAt: new Date(now + 30_000) },
      { _id: 'never', expiresAt: null },
      { _id: 'none' },
    ])
    clock.advance(61)
    await store.prepare()
    expect((await rows.find({}, { sort: { _id: 1 } })).map(({ _id }) => _id)).toEqual(['never', 'none', 'young'])
  })

  it('keep what is written while they are written anew', async () => {
    const rows = await open()
    await rows.insert(Array.from({ length: 2_000 }, (_, n) => ({ _id: `r${n}`, n: 0 })))
    await rows.updateMany({}, { $inc: { n: 1 } })
    const purged = store.purge()
    const written: Promise<unknown>[] = []
    for (let n = 0; n < 50; n++) {
      written.push(rows.insert([{ _id: `new${n}` }]), rows.updateOne({ _id: `r${n}` }, { $inc: { n: 1 } }))
      written.push(rows.deleteMany({ _id: `r${1_999 - n}` }))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await Promise.all([purged, store.purge(), ...written])
    const expected = await rows.find({}, { sort: { _id: 1 } })
    expect(expected).toHaveLength(2_000)
    expect(await (await reopen()).find({}, { sort: { _id: 1 } })).toEqual(expected)
    expect(await readdir(directory)).not.toContain('store.journal~')
  })

  it('are a backup when they are copied while being written', async () => {
    const rows = await open()
    const acknowledged: string[] = []
    const insertOne = async (n: number): Promise<void> => {
      await rows.insert([{ _id: `r${n}`, text: 'x'.repeat(50 * (n % 100)) }])
      acknowledged.push(`r${n}`)
    }
    const writing = Promise.all(Array.from({ length: 2_000 }, (_, n) => insertOne(n)))
    while (acknowledged.length < 500) await new Promise((resolve) => setImmediate(resolve))
    const before = [...acknowledged]
    const copy = await mkdtemp(join(tmpdir(), 'stepgate-copy-'))
    await cp(file, join(copy, 'store.journal'))
    await writing
    const restored = await openStore({ dataDirectory: copy })
    const found = restored.collection<Row>({ name: 'rows', indexes: [] })
    expect(await found.count({ _id: { $in: before } })).toBe(before.length)
    await restored.close()
    await rm(copy, { recursive: true })
  })

  it('hold nothing of what was replaced or removed after a purge', async () => {
    const rows = await open()
    await rows.insert([
      { _id: 'a', secret: 'first-secret' },
      { _id: 'b', secret: 'second-secret' },
    ])
    await rows.updateOne({ _id: 'a' }, { $set: { secret: null } })
    await rows.deleteMany({ _id: 'b' })
    expect(await readFile(file, 'utf8')).toContain('second-secret')
    await store.purge()
    expect(await readFile(file, 'utf8')).not.toContain('-secret')
  })

  it('are closed to every call after close', async () => {
    const rows = await open()
    const last = rows.insert([{ _id: 'a' }])
    await store.close()
    expect(await last).toEqual({ inserted: 1, duplicate: false })
    await expect(rows.findOne({ _id: 'a' })).rejects.toThrow(Unavailable)
    await expect(store.ping()).rejects.toThrow(Unavailable)
    expect(await (await open()).count({})).toBe(1)
  })
})
