import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { openStore, type Collection, type Stored } from '../../src/store/index.js'
import { startCommand, type Child } from './child-process.js'

interface Row extends Stored {
  readonly n: number
}

const KILLS = 4
const WRITES_BEFORE_KILL = 60
const WRITERS = 8
/** A command that runs a MongoDB server in the foreground, given `--port` and `--dir`. */
const command = process.env['TEST_MONGO_SERVER']
const describeWithServer = command ? describe : describe.skip

describeWithServer('MongoDB, killed under load', () => {
  let directory: string
  let port: number
  let server: Child

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stepgate-mongo-'))
    port = await freePort()
    server = startServer()
  })
  afterEach(async () => {
    await server.kill()
    await rm(directory, { recursive: true })
  })
  const startServer = (): Child => startCommand(command ?? '', ['--port', String(port), '--dir', directory])

  it(`loses nothing acknowledged in ${KILLS} kills, and the store finds it again`, async () => {
    const store = await openStore({ mongodbUri: `mongodb://127.0.0.1:${port}/crash`, dataDirectory: null })
    const rows = store.collection<Row>({ name: 'rows', indexes: [{ fields: { n: 1 } }] })
    await recovered(rows)
    await store.prepare()

    const acknowledged = new Set<string>()
    const counted = Array.from({ length: WRITERS }, () => 0)
    let running = true
    const write = async (writer: number): Promise<void> => {
      for (let n = 0; running; n++) {
        try {
          const _id = `${writer}-${n}`
          const { inserted } = await rows.insert([{ _id, n }])
          if (inserted === 1) acknowledged.add(_id)
          const counter = await rows.updateOne({ _id: `counter-${writer}` }, { $inc: { n: 1 } }, { upsert: true })
          counted[writer] = counter?.n ?? 0
        } catch (error) {
          if (!(error instanceof Unavailable)) throw error
          await pause(20)
        }
      }
    }
    const writers = counted.map((_, writer) => write(writer))
    for (let kill = 0; kill < KILLS; kill++) {
      await grown(acknowledged, WRITES_BEFORE_KILL * (kill + 1))
      await server.kill()
      await expect(rows.findOne({ _id: 'a' })).rejects.toThrow(Unavailable)
      server = startServer()
      await recovered(rows)
    }
    running = false
    await Promise.all(writers)

    const stored = new Map((await rows.find({})).map(({ _id, n }) => [_id, n]))
    expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([])
    for (const [writer, n] of counted.entries()) expect(stored.get(`counter-${writer}`)).toBeGreaterThanOrEqual(n)
    await store.close()
  }, 120_000)
})

/** Until so many more are in it; the writers are at work meanwhile. */
async function grown(set: ReadonlySet<string>, by: number): Promise<void> {
  const enough = set.size + by
  while (set.size < enough) await pause(5)
}

/** Until the store answers again by itself. */
async function recovered(rows: Collection<Row>): Promise<void> {
  const start = performance.now()
  for (;;) {
    try {
      await rows.count({ _id: 'a' })
      return
    } catch (error) {
      if (!(error instanceof Unavailable) || performance.now() - start > 30_000) throw error
      await pause(20)
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
