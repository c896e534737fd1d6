import { randomInt } from 'node:crypto'
import { appendFile, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Stored } from '../../src/store/index.js'
import { startChild } from './child-process.js'

const KILLS = 20
const JOURNAL = 'store.journal'

describe('the embedded store, killed in mid-write', () => {
  let root: string
  let directory: string
  let platter: string
  const acknowledged = new Set<string>()
  const gone = new Set<string>()
  let count = 0
  let rewrites = 0

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'stepgate-crash-'))
    directory = join(root, 'data')
    platter = `${directory}.platter`
    await mkdir(directory)
    await mkdir(platter)
  })
  afterAll(() => rm(root, { recursive: true }))

  it.each(Array.from({ length: KILLS }, (_, n) => n))(
    'holds everything acknowledged after kill %i, also when the power went with it',
    async (kill) => {
      await workUntilKilled(kill)
      const left = join(root, 'left-by-power-cut')
      await rm(left, { recursive: true, force: true })
      await leaveWhatPowerCutLeaves(left)
      const afterCut = await holdsEverything(left)
      const afterKill = await holdsEverything(directory)
      // The next round goes on with the one or the other.
      if (kill % 2 === 1) {
        await rm(directory, { recursive: true })
        await rename(left, directory)
      }
      count = kill % 2 === 1 ? afterCut : afterKill
      await cp(join(directory, JOURNAL), join(platter, JOURNAL))
    },
    60_000,
  )

  it('was killed in the midst of real work', () => {
    expect(acknowledged.size).toBeGreaterThan(10 * KILLS)
    expect(gone.size).toBeGreaterThan(KILLS)
    expect(rewrites).toBeGreaterThan(KILLS / 2)
  })

  async function workUntilKilled(kill: number): Promise<void> {
    const child = startChild('power-cut-child.ts', [directory, 'write'])
    await child.said('ready')
    // By what it has done and not by the clock, so that a slow machine kills in the middle of work as well.
    await Promise.all([child.said('insert', 15 + 4 * kill), child.said('gone', 3), child.said('rewritten')])
    await child.kill()
    for (const line of child.lines()) {
      const [verb, what = ''] = line.split(' ')
      if (verb === 'insert') acknowledged.add(what)
      if (verb === 'gone') gone.add(what)
      if (verb === 'count') count = Math.max(count, Number(what))
      if (verb === 'rewritten') rewrites += 1
    }
  }

  /** What was synced, and of the rest some parts: a disk writes them in the order it likes. */
  async function leaveWhatPowerCutLeaves(into: string): Promise<void> {
    await mkdir(into)
    const [synced, written] = [await readFile(join(platter, JOURNAL)), await readFile(join(directory, JOURNAL))]
    await writeFile(join(into, JOURNAL), synced)
    if (!written.subarray(0, synced.length).equals(synced)) return
    const unsynced = Buffer.from(written.subarray(synced.length))
    for (let at = 0; at < unsynced.length; at += 64) if (randomInt(3) === 0) unsynced.subarray(at, at + 64).fill(0)
    await appendFile(join(into, JOURNAL), unsynced.subarray(0, randomInt(unsynced.length + 1)))
  }

  /** Answers what the counter stands at. */
  async function holdsEverything(where: string): Promise<number> {
    const store = await openStore({ dataDirectory: where })
    const rows = store.collection<Stored & { readonly n: number }>({ name: 'rows', indexes: [] })
    await store.prepare()
    const ids = new Set((await rows.find({})).map(({ _id }) => _id))
    expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([])
    expect([...gone].filter((id) => ids.has(id))).toEqual([])
    const stored = (await rows.findOne({ _id: 'counter' }))?.n ?? 0
    // One more may have been written and not yet said.
    expect(stored - count === 0 || stored - count === 1).toBe(true)
    await store.close()
    return stored
  }
})
