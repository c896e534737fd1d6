import fc from 'fast-check'
import { openStore, type Store, type Stored } from '../../src/store/index.js'
import { randomFields, randomFilter } from '../support/random-rows.js'

const mongodbUri = process.env['MONGODB_URI']

// Needs a MongoDB to compare with.
const describeBoth = mongodbUri === undefined ? describe.skip : describe
describeBoth('filters', () => {
  const stores: Store[] = []
  const rows = fc.sample(randomFields, 300).map((fields, n) => ({ ...fields, _id: `r${n}` }))

  const open = async (settings: Parameters<typeof openStore>[0]) => {
    const store = await openStore(settings)
    stores.push(store)
    const collection = store.collection<Stored>({
      name: 'rows',
      indexes: [{ fields: { a: 1 } }, { fields: { 'b.c': -1 } }],
    })
    await store.prepare()
    await collection.deleteMany({})
    await collection.insert(rows)
    return async (filter: Parameters<typeof collection.find>[0]) =>
      (await collection.find(filter, { sort: { _id: 1 } })).map(({ _id }) => _id)
  }
  afterAll(() => Promise.all(stores.map((store) => store.close())))

  it('find the same in both stores', async () => {
    const own = await open({ dataDirectory: null })
    const mongodb = await open({
      dataDirectory: null,
      ...(mongodbUri === undefined ? {} : { mongodbUri }),
      mongodbDatabase: `filters-${process.pid}`,
      patienceMilliseconds: 20_000,
    })
    const agree = fc.asyncProperty(randomFilter, async (filter) => {
      expect(await own(filter)).toEqual(await mongodb(filter))
    })
    await fc.assert(agree, { numRuns: 1_000 })
  }, 60_000)
})
