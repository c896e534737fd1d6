import { appendFile, chmod, mkdir, mkdtemp, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
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
  const reopen = async (indexes: readonly Index[] = []): Promise<Collection<Row>> => {
    await store.close()
    return open(indexes)
  }

  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'stepgate-file-')), 'data')
    file = join(directory, 'rows.jsonl')
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

  it('are nobody else’s to read, also when they were', async () => {
    await mkdir(directory, { mode: 0o755 })
    await writeFile(file, '', { mode: 0o644 })
    await chmod(directory, 0o755)
    await (await open()).insert([{ _id: 'a' }])
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
    for (const name of ['rows.jsonl', 'lock']) expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600)
  })

  it('lose an unfinished last line, and say so', async () => {
    await (await open()).insert([{ _id: 'a' }])
    await store.close()
    await appendFile(file, '{"_id":"b","te')
    const rows = await open()
    expect(await rows.find({})).toEqual([{ _id: 'a' }])
    expect(warnings).toMatchObject([{ fields: { file, droppedBytes: 14 } }])
    await rows.insert([{ _id: 'c' }])
    expect(await (await reopen()).count({})).toBe(2)
  })

  it('lose an unfinished line longer than a read', async () => {
    await (await open()).insert([{ _id: 'a' }])
    await store.close()
    await appendFile(file, `{"_id":"b","text":"${'x'.repeat(200_000)}`)
    expect(await (await open()).find({})).toEqual([{ _id: 'a' }])
  })

  it('refuse to start when any other line is damaged, and stay as they are', async () => {
    await (await open()).insert(Array.from({ length: 100 }, (_, n) => ({ _id: `r${n}` })))
    await store.close()
    const lines = (await readFile(file, 'utf8')).split('\n')
    const damaged = lines.with(50, lines[50]!.slice(0, 5)).join('\n')
    await writeFile(file, damaged)
    await expect(open()).rejects.toThrow(DamagedDatafile)
    await store.close()
    await expect(open()).rejects.toMatchObject({ file, unreadableLines: 1 })
    expect(await readFile(file, 'utf8')).toBe(damaged)
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
    expect((await readFile(file, 'utf8')).split('\n').length).toBeGreaterThan(50)
    await reopen()
    expect(await readFile(file, 'utf8')).toBe('{"_id":"a","n":50}\n')
  })

  it('are written anew while running once most of their lines are superseded', async () => {
    const rows = await open()
    await rows.insert(Array.from({ length: 2_600 }, (_, n) => ({ _id: `r${n}`, gone: n > 0 })))
    await rows.deleteMany({ gone: true })
    const before = (await stat(file)).size
    await store.prepare()
    expect((await stat(file)).size).toBeLessThan(before / 100)
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

  it('are unavailable while they cannot be written, and read anew afterwards', async () => {
    const rows = await open()
    await rows.insert([{ _id: 'a', n: 0 }])
    await rename(file, `${file}.away`)
    await mkdir(file)
    await expect(rows.updateOne({ _id: 'a' }, { $set: { n: 1 } })).rejects.toThrow(Unavailable)
    await expect(rows.findOne({ _id: 'a' })).rejects.toThrow(Unavailable)
    await expect(store.ping()).rejects.toThrow(Unavailable)
    await rmdir(file)
    await rename(`${file}.away`, file)
    expect(await rows.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 0 })
    expect(await rows.updateOne({ _id: 'a' }, { $set: { n: 2 } })).toEqual({ _id: 'a', n: 2 })
    expect(await (await reopen()).find({})).toEqual([{ _id: 'a', n: 2 }])
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
