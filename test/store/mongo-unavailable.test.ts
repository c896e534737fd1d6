import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { openStore, type Store, type Stored } from '../../src/store/index.js'
import { startFaultProxy, type FaultMode, type FaultProxy } from './fault-proxy.js'

interface Row extends Stored {
  readonly n: number
}

const NO_LONGER_THAN_MS = 2_300
const uri = process.env['MONGODB_URI']

async function timeToRefuse(call: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await expect(call()).rejects.toThrow(Unavailable)
  return performance.now() - start
}

describe('the MongoDB store without a server', () => {
  it('says so in time, if no server listens and if none answers', async () => {
    const mute = createServer((socket) => socket.resume()).listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const { port } = mute.address() as AddressInfo
    for (const nowhere of [1, port]) {
      const store = await openStore({ mongodbUri: `mongodb://127.0.0.1:${nowhere}/none`, dataDirectory: null })
      const rows = store.collection<Row>({ name: 'rows', indexes: [] })
      const calls = [() => store.ping(), () => rows.findOne({ _id: 'a' }), () => store.prepare()]
      expect(Math.max(...(await Promise.all(calls.map(timeToRefuse))))).toBeLessThan(NO_LONGER_THAN_MS)
      await store.close()
    }
    mute.close()
  })
})

const describeWithMongo = uri ? describe : describe.skip

describeWithMongo('the MongoDB store, its server lost and found', () => {
  let proxy: FaultProxy
  let store: Store

  beforeEach(async () => {
    const target = new URL(uri ?? '')
    proxy = await startFaultProxy({ host: target.hostname, port: Number(target.port || 27017) })
    target.host = `127.0.0.1:${proxy.port}`
    target.pathname = `/stepgate-test-${randomUUID()}`
    target.searchParams.set('directConnection', 'true')
    store = await openStore({ mongodbUri: target.href, dataDirectory: null })
  })
  afterEach(async () => {
    await store.close()
    await proxy.close()
  })

  it.each<FaultMode>(['refuse', 'black-hole'])('is unavailable in time and recovers by itself: %s', async (fault) => {
    const rows = store.collection<Row>({ name: 'rows', indexes: [] })
    await store.prepare()
    await rows.updateOne({ _id: 'a' }, { $set: { n: 0 } }, { upsert: true })
    for (let round = 0; round < 3; round++) {
      proxy.become(fault)
      const times = await Promise.all([
        timeToRefuse(() => rows.findOne({ _id: 'a' })),
        timeToRefuse(() => rows.updateOne({ _id: 'a' }, { $set: { n: 1 } })),
        timeToRefuse(() => rows.insert([{ _id: randomUUID(), n: 1 }])),
        timeToRefuse(() => rows.count({})),
        timeToRefuse(() => store.ping()),
      ])
      expect(Math.max(...times)).toBeLessThan(NO_LONGER_THAN_MS)
      proxy.become('pass')
      const found = performance.now()
      while ((await rows.findOne({ _id: 'a' }).catch(() => null)) === null) {
        if (performance.now() - found > 5_000) throw new Error('it did not recover')
      }
    }
    await rows.deleteMany({})
  })

  it('starts as soon as the server is there', async () => {
    proxy.become('refuse')
    const rows = store.collection<Row>({ name: 'rows', indexes: [{ fields: { n: 1 }, unique: true }] })
    await expect(store.prepare()).rejects.toThrow(Unavailable)
    proxy.become('pass')
    await store.prepare()
    expect(
      await rows.insert([
        { _id: 'a', n: 1 },
        { _id: 'b', n: 1 },
      ]),
    ).toEqual({ inserted: 1, duplicate: true })
  })
})
