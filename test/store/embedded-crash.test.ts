import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Stored } from '../../src/store/index.js'
import { startChild } from './child-process.js'

const KILLS = 8

describe('the embedded store, killed in mid-write', () => {
  let directory: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stepgate-crash-'))
  })
  afterEach(() => rm(directory, { recursive: true }))

  it(`holds everything acknowledged after each of ${KILLS} kills`, async () => {
    const acknowledged = new Set<string>()
    const gone = new Set<string>()
    let count = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const child = startChild('embedded-child.ts', [directory, 'write'])
      await child.said('ready')
      await new Promise((resolve) => setTimeout(resolve, 40 + 37 * kill))
      await child.kill()
      for (const line of child.lines()) {
        const [verb, what = ''] = line.split(' ')
        if (verb === 'insert') acknowledged.add(what)
        if (verb === 'gone') gone.add(what)
        if (verb === 'count') count = Math.max(count, Number(what))
      }

      const store = await openStore({ dataDirectory: directory })
      const rows = store.collection<Stored & { readonly n: number }>({ name: 'rows', indexes: [] })
      await store.prepare()
      const ids = new Set((await rows.find({})).map(({ _id }) => _id))
      expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([])
      expect([...gone].filter((id) => ids.has(id))).toEqual([])
      const stored = (await rows.findOne({ _id: 'counter' }))?.n ?? 0
      // One more may have been written and not yet said.
      expect(stored - count === 0 || stored - count === 1).toBe(true)
      count = stored
      await store.close()
    }
    expect(acknowledged.size).toBeGreaterThan(KILLS)
  }, 120_000)
})
