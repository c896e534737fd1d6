import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { DirectoryInUse, openStore, type Store } from '../../src/store/index.js'
import { startChild } from './child-process.js'

describe('the lock of the data directory', () => {
  let directory: string
  const stores: Store[] = []
  const open = async (): Promise<Store> => {
    const store = await openStore({ dataDirectory: directory })
    stores.push(store)
    await store.prepare()
    return store
  }
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stepgate-lock-'))
  })
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()))
    await rm(directory, { recursive: true })
  })
  const leaveLock = (owner: object): Promise<void> => writeFile(join(directory, 'lock'), JSON.stringify(owner))

  it('refuses a second process while the first one runs, and lets it in once that is killed', async () => {
    const first = startChild('embedded-child.ts', [directory, 'hold'])
    await first.said('ready')
    const second = startChild('embedded-child.ts', [directory, 'hold'])
    await second.said('DirectoryInUse')
    await second.ended()
    await expect(open()).rejects.toThrow(DirectoryInUse)
    await first.kill()
    await open()
  })

  it('names the owner', async () => {
    await open()
    await expect(open()).rejects.toMatchObject({ directory, owner: { pid: process.pid, host: hostname() } })
  })

  it('is released by close', async () => {
    const store = await open()
    await store.close()
    expect(await readdir(directory)).not.toContain('lock')
    await open()
  })

  it('is taken over at once from an earlier process that had our own number', async () => {
    await leaveLock({ pid: process.pid, host: hostname(), incarnation: 'earlier/1' })
    await open()
    expect(JSON.parse(await readFile(join(directory, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid })
  })

  it('is taken over at once from a process whose number another program has now', async () => {
    await leaveLock({ pid: process.ppid, host: hostname(), incarnation: 'earlier/1' })
    await open()
  })

  it('is taken over from a process on another host only after its silence', async () => {
    await leaveLock({ pid: 1, host: 'elsewhere', incarnation: null })
    await expect(open()).rejects.toThrow(DirectoryInUse)
    const longAgo = new Date(Date.now() - 60_000)
    await utimes(join(directory, 'lock'), longAgo, longAgo)
    await open()
  })

  it('is taken over when it was torn by a crash', async () => {
    await writeFile(join(directory, 'lock'), '{"pid":')
    const longAgo = new Date(Date.now() - 60_000)
    await utimes(join(directory, 'lock'), longAgo, longAgo)
    await open()
  })

  it('closes the store when another process took it', async () => {
    const store = await open()
    const rows = store.collection({ name: 'rows', indexes: [] })
    const others = store.collection({ name: 'others', indexes: [] })
    await rows.insert([{ _id: 'a' }])
    await leaveLock({ pid: 1, host: 'elsewhere', incarnation: null })
    const isOpen = (): Promise<boolean> => rows.findOne({}).then(Boolean, () => false)
    while (await isOpen()) await new Promise((resolve) => setTimeout(resolve, 50))
    await expect(rows.insert([{ _id: 'b' }])).rejects.toThrow(Unavailable)
    await expect(others.insert([{ _id: 'c' }])).rejects.toThrow(Unavailable)
  })

  it('goes to one of ten that race for a dead one, and leaves nothing behind, fifty times', async () => {
    for (let round = 0; round < 50; round++) {
      await leaveLock({ pid: 2 ** 30, host: hostname(), incarnation: 'earlier/1' })
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, open))
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect((await readdir(directory)).filter((name) => name.startsWith('lock'))).toEqual(['lock'])
      await Promise.all(stores.splice(0).map((store) => store.close()))
    }
  })

  it('is taken over even from a process that died while it took over', async () => {
    const dead = { pid: 2 ** 30, host: hostname(), incarnation: 'earlier/1' }
    await leaveLock(dead)
    await writeFile(join(directory, 'lock.takeover'), JSON.stringify(dead))
    await open()
    expect((await readdir(directory)).filter((name) => name.startsWith('lock'))).toEqual(['lock'])
  })
})
