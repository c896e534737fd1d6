import {
  DuplicateKey,
  type Collection,
  type Fields,
  type Filter,
  type Store,
  type Stored,
  type Update,
} from '../../src/store/index.js'

interface Person {
  readonly _id: string
  readonly [field: string]: unknown
}

export interface StoreFactory {
  /** Opens an empty store that is not prepared yet. */
  open(): Promise<Store>
  /** Closes the store and deletes its data. */
  discard(store: Store): Promise<void>
  /** False for a server that keeps a unique key after an update has replaced it, contrary to MongoDB's manual. */
  readonly freesReplacedKeys?: boolean
}

const NOON = new Date('2026-03-01T12:00:00.000Z')
const LATER = new Date('2026-03-01T12:00:00.001Z')

/** The contract that every store must meet. */
export function describeStore(name: string, factory: StoreFactory): void {
  describe(name, () => {
    let store: Store
    let people: Collection<Person>

    beforeAll(async () => {
      store = await factory.open()
      people = store.collection<Person>({
        name: 'people',
        indexes: [
          { fields: { email: 1 }, unique: true, sparse: true },
          { fields: { chain: 1, sequence: 1 }, unique: true, sparse: true },
          { fields: { rank: 1 } },
          { fields: { tags: 1 } },
          { fields: { at: -1, _id: -1 } },
          { fields: { expiresAt: 1 }, expireAfterSeconds: 3600 },
        ],
      })
      await store.prepare()
    })
    afterAll(() => factory.discard(store))
    beforeEach(async () => {
      await people.deleteMany({})
    })

    const idsOf = async (filter: Filter): Promise<string[]> =>
      (await people.find(filter, { sort: { _id: 1 } })).map(({ _id }) => _id)

    describe('documents', () => {
      it('are returned as they were inserted', async () => {
        const person: Person = {
          _id: 'a',
          text: 'Zoë\u2028\u0085\r\n"\\',
          numbers: [0, -1.5, 2 ** 40],
          yes: true,
          nothing: null,
          at: NOON,
          sessions: { one: { proofs: [{ at: LATER, type: 'TOTP' }], empty: {} } },
          none: {},
          list: [],
        }
        await people.insert([person])
        expect(await people.findOne({ _id: 'a' })).toEqual(person)
        expect((await people.findOne({ _id: 'a' }))?.['at']).toBeInstanceOf(Date)
      })

      it('have no extra fields from the store', async () => {
        await people.insert([{ _id: 'a' }])
        await people.updateOne({ _id: 'b' }, { $set: { n: 1 } }, { upsert: true })
        expect(await people.find({}, { sort: { _id: 1 } })).toEqual([{ _id: 'a' }, { _id: 'b', n: 1 }])
      })

      it('are copies: changing one does not change the store', async () => {
        const given = { _id: 'a', list: ['x'], at: new Date(NOON) }
        await people.insert([given])
        given.list.push('y')
        given.at.setFullYear(1999)
        const found = (await people.findOne({ _id: 'a' })) as unknown as typeof given
        found.list.push('z')
        found.at.setFullYear(2000)
        expect(await people.findOne({ _id: 'a' })).toEqual({ _id: 'a', list: ['x'], at: NOON })
      })

      it.each([
        ['undefined', { a: undefined }],
        ['NaN', { a: Number.NaN }],
        ['an invalid date', { a: new Date(Number.NaN) }],
        ['bytes', { a: Buffer.from('x') }],
        ['a regular expression', { a: /x/ }],
        ['a function', { a: () => 1 }],
        ['an operator as a key', { a: { $gt: '' } }],
        ['a path as a key', { 'a.b': 1 }],
        ['a prototype as a key', JSON.parse('{"a":{"__proto__":{"x":1}}}') as object],
      ])('with %s are refused', async (_what, fields) => {
        await expect(people.insert([{ _id: 'a', ...fields }])).rejects.toThrow(TypeError)
        expect(await people.count({})).toBe(0)
      })
    })

    describe('insert', () => {
      it('writes nothing for an empty list', async () => {
        expect(await people.insert([])).toEqual({ inserted: 0, duplicate: false })
      })

      it('stops at the first duplicate and returns how many were inserted', async () => {
        await people.insert([{ _id: 'c' }])
        const outcome = await people.insert([{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }, { _id: 'd' }])
        expect(outcome).toEqual({ inserted: 2, duplicate: true })
        expect(await idsOf({})).toEqual(['a', 'b', 'c'])
      })

      it('accepts one of 200 concurrent inserts of a unique key', async () => {
        const outcomes = await Promise.all(
          Array.from({ length: 200 }, (_, n) => people.insert([{ _id: `p${n}`, email: 'ann@example.org' }])),
        )
        expect(outcomes.filter(({ inserted }) => inserted === 1)).toHaveLength(1)
        expect(outcomes.filter(({ duplicate }) => duplicate)).toHaveLength(199)
        expect(await people.count({})).toBe(1)
      })

      it('accepts any number of documents without a sparse unique field, and one per compound key', async () => {
        expect(await people.insert([{ _id: 'a' }, { _id: 'b' }])).toEqual({ inserted: 2, duplicate: false })
        await people.insert([{ _id: 'c', chain: 'x', sequence: 1 }])
        expect((await people.insert([{ _id: 'd', chain: 'x', sequence: 2 }])).duplicate).toBe(false)
        expect((await people.insert([{ _id: 'e', chain: 'x', sequence: 2 }])).duplicate).toBe(true)
      })

      it('frees the unique key of a deleted document', async () => {
        await people.insert([{ _id: 'a', email: 'gone@x' }])
        await people.deleteMany({ _id: 'a' })
        expect((await people.insert([{ _id: 'b', email: 'gone@x' }])).inserted).toBe(1)
      })

      it('rejects a unique key that another document got by an update', async () => {
        await people.insert([{ _id: 'a', email: 'old@x' }])
        await people.updateOne({ _id: 'a' }, { $set: { email: 'new@x' } })
        expect((await people.insert([{ _id: 'b', email: 'new@x' }])).duplicate).toBe(true)
      })

      if (factory.freesReplacedKeys ?? true) {
        it('frees the unique key that an update replaces', async () => {
          await people.insert([{ _id: 'a', email: 'old@x' }])
          await people.updateOne({ _id: 'a' }, { $set: { email: 'new@x' } })
          expect((await people.insert([{ _id: 'b', email: 'old@x' }])).inserted).toBe(1)
        })
      }
    })

    describe('filters', () => {
      const rows: Person[] = [
        { _id: 'date', at: NOON },
        { _id: 'false', at: false },
        { _id: 'list', at: [1, 5] },
        { _id: 'missing' },
        { _id: 'none', at: [] },
        { _id: 'null', at: null },
        { _id: 'object', at: {} },
        { _id: 'one', at: 1 },
        { _id: 'text', at: '1' },
        { _id: 'two', at: 2 },
      ]
      beforeEach(async () => {
        await people.insert(rows)
      })

      it.each<[string, Filter, string[]]>([
        ['a number equals itself, including in a list', { at: 1 }, ['list', 'one']],
        ['text equals itself', { at: '1' }, ['text']],
        ['a date equals the same time', { at: new Date(NOON) }, ['date']],
        ['a boolean equals itself', { at: false }, ['false']],
        ['null equals null and missing', { at: null }, ['missing', 'null']],
        ['an empty object equals itself', { at: {} }, ['object']],
        ['an empty list equals itself', { at: [] }, ['none']],
        ['a list equals itself', { at: [1, 5] }, ['list']],
        [
          '$ne null leaves out null and missing',
          { at: { $ne: null } },
          ['date', 'false', 'list', 'none', 'object', 'one', 'text', 'two'],
        ],
        [
          '$ne finds what differs, missing too',
          { at: { $ne: 1 } },
          ['date', 'false', 'missing', 'none', 'null', 'object', 'text', 'two'],
        ],
        ['$in finds any of them', { at: { $in: [2, '1', NOON] } }, ['date', 'text', 'two']],
        ['$in with null finds missing', { at: { $in: [null, 2] } }, ['missing', 'null', 'two']],
        ['an empty $in finds nothing', { at: { $in: [] } }, []],
        [
          '$exists true finds null',
          { at: { $exists: true } },
          rows.map(({ _id }) => _id).filter((id) => id !== 'missing'),
        ],
        ['$exists false finds missing only', { at: { $exists: false } }, ['missing']],
        ['$lt compares numbers with numbers', { at: { $lt: 2 } }, ['list', 'one']],
        ['$lte includes', { at: { $lte: 2 } }, ['list', 'one', 'two']],
        ['$gt compares numbers with numbers', { at: { $gt: 1 } }, ['list', 'two']],
        ['$gte includes', { at: { $gte: 2 } }, ['list', 'two']],
        ['$lt of a date never finds null', { at: { $lt: LATER } }, ['date']],
        ['$gt of a date', { at: { $gt: new Date(0) } }, ['date']],
        ['$gt of text', { at: { $gt: '' } }, ['text']],
        ['all operators on one field must match', { at: { $gt: 1, $lt: 5, $ne: null } }, ['list', 'two']],
        ['all branches of $and must match', { $and: [{ at: { $gte: 1 } }, { at: { $lt: 2 } }] }, ['list', 'one']],
        ['one branch of $or must match', { $or: [{ at: 2 }, { at: null }] }, ['missing', 'null', 'two']],
        [
          'branches nest',
          {
            _id: { $ne: 'null' },
            $or: [{ $and: [{ at: { $gt: 1 } }, { at: { $lt: 3 } }] }, { at: { $exists: false } }],
          },
          ['list', 'missing', 'two'],
        ],
        ['an indexed _id in a list', { _id: { $in: ['one', 'two', 'nobody'] } }, ['one', 'two']],
        ['an _id with a condition that does not match', { _id: 'one', at: { $gt: 1 } }, []],
        ['an empty filter finds all', {}, rows.map(({ _id }) => _id)],
      ])('%s', async (_sentence, filter, expected) => {
        expect(await idsOf(filter)).toEqual(expected)
        expect(await people.count(filter)).toBe(expected.length)
        expect((await people.findOne(filter)) !== null).toBe(expected.length > 0)
      })

      it('follow dotted paths through objects and lists, and never into prototypes', async () => {
        await people.deleteMany({})
        await people.insert([
          { _id: 'a', sessions: { s1: { seenAt: NOON } }, members: [{ org: 'x', role: 'ADMIN' }, { org: 'y' }] },
          { _id: 'b', sessions: { s2: { seenAt: null } }, members: [] },
          { _id: 'c', sessions: null },
          { _id: 'd', sessions: 'text' },
        ])
        expect(await idsOf({ 'sessions.s1.seenAt': { $lt: LATER } })).toEqual(['a'])
        expect(await idsOf({ 'sessions.s2.seenAt': null })).toEqual(['a', 'b', 'c', 'd'])
        expect(await idsOf({ 'sessions.s2': { $exists: true } })).toEqual(['b'])
        expect(await idsOf({ 'sessions.constructor': { $exists: true } })).toEqual([])
        expect(await idsOf({ 'sessions.toString.name': { $ne: null } })).toEqual([])
        expect(await idsOf({ 'sessions.length': 4 })).toEqual([])
        expect(await idsOf({ 'members.org': 'y' })).toEqual(['a'])
        expect(await idsOf({ 'members.role': { $in: ['ADMIN'] } })).toEqual(['a'])
      })

      it.each<[string, unknown]>([
        ['a value that is missing', { _id: undefined }],
        ['an operand that is missing', { at: { $lt: undefined } }],
        ['a list with a missing value', { at: { $in: [undefined] } }],
        ['an operator inside an operand', { at: { $ne: { $gt: '' } } }],
        ['an operator inside a list', { at: { $in: [{ $gt: '' }] } }],
        ['an operator inside an object', { at: { b: { $gt: '' } } }],
        ['a regular expression', { at: /./ }],
        ['$where', { $where: 'true' }],
        ['$where inside a branch', { $or: [{ $where: 'true' }] }],
        ['$expr', { $expr: true }],
        ['$regex', { at: { $regex: '.' } }],
        ['$not', { at: { $not: { $gt: 1 } } }],
        ['$nin', { at: { $nin: [1] } }],
        ['$gt of null', { at: { $gt: null } }],
        ['$exists of text', { at: { $exists: 'no' } }],
        ['an empty $or', { $or: [] }],
        ['an empty branch', { $and: [{}] }],
        ['a branch that is not a list', { $or: { at: 1 } }],
        ['a path to a prototype', { '__proto__.x': 1 }],
        ['an empty segment', { 'at..b': 1 }],
        ['text', 'at'],
        ['null', null],
      ])('with %s are refused by every call', async (_what, filter) => {
        const bad = filter as Filter
        for (const call of [
          () => people.findOne(bad),
          () => people.find(bad),
          () => people.count(bad),
          () => people.deleteMany(bad),
          () => people.updateOne(bad, { $set: { x: 1 } }),
          () => people.changeOne(bad, { $set: { x: 1 } }),
          () => people.updateMany(bad, { $set: { x: 1 } }),
        ]) {
          await expect(call()).rejects.toThrow(TypeError)
        }
        expect(await people.count({})).toBe(rows.length)
      })
    })

    describe('find', () => {
      it('sorts by several fields and pages by key', async () => {
        await people.insert(
          Array.from({ length: 25 }, (_, n) => ({ _id: `p${String(n).padStart(2, '0')}`, at: new Date(n % 5) })),
        )
        const seen: string[] = []
        let last: Person | undefined
        do {
          const after: Filter = last
            ? { $or: [{ at: { $lt: last['at'] as Date } }, { at: last['at'] as Date, _id: { $lt: last._id } }] }
            : {}
          const page: Person[] = await people.find(after, { sort: { at: -1, _id: -1 }, limit: 7 })
          seen.push(...page.map(({ _id }) => _id))
          last = page.at(-1)
        } while (last)
        expect(new Set(seen).size).toBe(25)
        expect(seen.slice(0, 6)).toEqual(['p24', 'p19', 'p14', 'p09', 'p04', 'p23'])
      })

      it('sorts missing values like null, then numbers, text, booleans, dates', async () => {
        await people.insert([
          { _id: 'a', v: NOON },
          { _id: 'b', v: true },
          { _id: 'c', v: 'text' },
          { _id: 'd', v: 7 },
          { _id: 'e', v: null },
          { _id: 'f' },
          { _id: 'g', v: null },
        ])
        const found = await people.find({}, { sort: { v: 1, _id: 1 } })
        expect(found.map(({ _id }) => _id).join('')).toBe('efgdcba')
      })

      it('sorts by a dotted path and stops at the limit', async () => {
        await people.insert([
          { _id: 'a', x: { n: 2 } },
          { _id: 'b', x: { n: 1 } },
          { _id: 'c', x: { n: 3 } },
        ])
        expect((await people.find({}, { sort: { 'x.n': 1 }, limit: 2 })).map(({ _id }) => _id)).toEqual(['b', 'a'])
        expect(await people.find({}, { limit: 2 })).toHaveLength(2)
      })

      it.each([0, -1, 1.5, Number.NaN])('refuses the limit %p', async (limit) => {
        await expect(people.find({}, { limit })).rejects.toThrow(TypeError)
      })
    })

    describe('updateOne', () => {
      it.each<[string, object, Update, object]>([
        ['$set sets a value', { a: 1 }, { $set: { a: 2, b: null } }, { a: 2, b: null }],
        [
          '$set creates the parents',
          {},
          { $set: { 'sessions.s1.seenAt': NOON } },
          { sessions: { s1: { seenAt: NOON } } },
        ],
        [
          '$set keeps empty objects and lists',
          {},
          { $set: { a: {}, b: [], 'c.d': {} } },
          { a: {}, b: [], c: { d: {} } },
        ],
        ['$set sets a whole object', { a: { x: 1 } }, { $set: { a: { y: { at: NOON } } } }, { a: { y: { at: NOON } } }],
        ['$set keeps other fields', { a: { x: 1, y: 2 } }, { $set: { 'a.x': 3 } }, { a: { x: 3, y: 2 } }],
        ['$set accepts names like constructor', {}, { $set: { 'a.constructor': 1 } }, { a: { constructor: 1 } }],
        ['$unset removes a value', { a: { x: 1, y: 2 } }, { $unset: { 'a.x': true } }, { a: { y: 2 } }],
        ['$unset leaves an empty object', { a: { x: 1 } }, { $unset: { 'a.x': true } }, { a: {} }],
        ['$unset ignores a missing path', { a: null }, { $unset: { 'a.x': true, 'b.c': true } }, { a: null }],
        ['$inc adds', { n: { m: 1 } }, { $inc: { 'n.m': 2, 'n.k': -1 } }, { n: { m: 3, k: -1 } }],
        ['$pull removes every equal element', { l: ['a', 'b', 'a'] }, { $pull: { l: 'a' } }, { l: ['b'] }],
        [
          '$pull takes elements by their fields',
          { l: [{ id: 1, x: 1 }, { id: 2 }] },
          { $pull: { l: { id: 1 } } },
          { l: [{ id: 2 }] },
        ],
        ['$pull ignores a missing list', { a: 1 }, { $pull: { l: 'a' } }, { a: 1 }],
        ['$addToSet adds once', { l: ['a'] }, { $addToSet: { l: 'a', m: 'b' } }, { l: ['a'], m: ['b'] }],
        [
          '$addToSet makes the way and appends',
          { l: [1] },
          { $addToSet: { l: { at: NOON }, 'm.n': 'x' } },
          { l: [1, { at: NOON }], m: { n: ['x'] } },
        ],
        ['$addToSet adds a list as one element', { l: [] }, { $addToSet: { l: [1, 2] } }, { l: [[1, 2]] }],
        ['$min keeps the smaller value', { a: 5, b: 5 }, { $min: { a: 3, b: 7, c: 1 } }, { a: 3, b: 5, c: 1 }],
        [
          '$max keeps the later',
          { a: NOON, b: LATER },
          { $max: { a: LATER, b: NOON, c: NOON } },
          { a: LATER, b: LATER, c: NOON },
        ],
        [
          '$max replaces null, $min keeps it',
          { a: null, b: null },
          { $max: { a: NOON }, $min: { b: NOON } },
          { a: NOON, b: null },
        ],
        [
          'operators go together',
          { n: 1, l: [], x: 1 },
          { $set: { s: 'a' }, $inc: { n: 1 }, $addToSet: { l: 1 }, $unset: { x: true } },
          { n: 2, l: [1], s: 'a' },
        ],
      ])('%s and answers the document after it', async (_sentence, before, update, after) => {
        await people.insert([{ _id: 'a', ...before }])
        expect(await people.updateOne({ _id: 'a' }, update)).toEqual({ _id: 'a', ...after })
        expect(await people.findOne({ _id: 'a' })).toEqual({ _id: 'a', ...after })
      })

      it.each<[string, object, unknown]>([
        ['$inc of text', { a: 'x' }, { $inc: { a: 1 } }],
        ['$inc of null', { a: null }, { $inc: { a: 1 } }],
        ['$addToSet onto text', { a: 'x' }, { $addToSet: { a: 1 } }],
        ['$addToSet onto null', { a: null }, { $addToSet: { a: 1 } }],
        ['$addToSet onto an object', { a: {} }, { $addToSet: { a: 1 } }],
        ['$pull from text', { a: 'x' }, { $pull: { a: 'x' } }],
        ['a path through text', { a: 'x' }, { $set: { 'a.b': 1 } }],
        ['a path through null', { a: null }, { $set: { 'a.b': 1 } }],
        ['an unknown operator', {}, { $rename: { a: 'b' } }],
        ['a whole document', {}, { a: 1 }],
        ['no change', {}, {}],
        ['empty operators', {}, { $set: {} }],
        ['a value that is missing', {}, { $set: { a: undefined } }],
        ['an operator inside a value', {}, { $set: { a: { $gt: 1 } } }],
        ['$push', { a: [] }, { $push: { a: 1 } }],
        ['$each', {}, { $addToSet: { a: { $each: [1, 2] } } }],
        ['$pull with an operator', { a: [1] }, { $pull: { a: { $gt: 0 } } }],
        ['$inc by text', {}, { $inc: { a: '1' } }],
        ['the _id', {}, { $set: { _id: 'b' } }],
        ['a path to a prototype', {}, { $set: { '__proto__.x': 1 } }],
        ['a positional path', { a: [1] }, { $set: { 'a.$[]': 2 } }],
        ['one path twice', {}, { $set: { a: 1 }, $inc: { a: 1 } }],
        ['a path and its parent', {}, { $set: { a: {}, 'a.b': 1 } }],
      ])('refuses %s and changes nothing', async (_what, before, update) => {
        await people.insert([{ _id: 'a', ...before }])
        await expect(people.updateOne({ _id: 'a' }, update as Update)).rejects.toThrow()
        await expect(people.updateMany({ _id: 'a' }, update as Update)).rejects.toThrow()
        expect(await people.findOne({ _id: 'a' })).toEqual({ _id: 'a', ...before })
        expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
      })

      it('returns null if nothing matches', async () => {
        expect(await people.updateOne({ _id: 'nobody' }, { $set: { a: 1 } })).toBeNull()
        expect(await people.count({})).toBe(0)
      })

      it('changes one of several matching documents', async () => {
        await people.insert([
          { _id: 'a', n: 0 },
          { _id: 'b', n: 0 },
        ])
        await people.updateOne({ n: 0 }, { $inc: { n: 1 } })
        expect(await people.count({ n: 1 })).toBe(1)
      })

      it('lets exactly one of 200 concurrent updates match the filter', async () => {
        await people.insert([{ _id: 'a', challenges: { c1: { state: 'open', expiresAt: LATER } } }])
        const answers = await Promise.all(
          Array.from({ length: 200 }, (_, n) =>
            people.updateOne(
              { _id: 'a', 'challenges.c1.state': 'open', 'challenges.c1.expiresAt': { $gt: NOON } },
              { $set: { 'challenges.c1.state': 'spent', 'challenges.c1.by': n } },
            ),
          ),
        )
        expect(answers.filter((answer) => answer !== null)).toHaveLength(1)
      })

      it('counts 200 concurrent updates and stops at the limit in the filter', async () => {
        await people.insert([{ _id: 'a', attempts: 0 }])
        const answers = await Promise.all(
          Array.from({ length: 200 }, () =>
            people.updateOne({ _id: 'a', attempts: { $lt: 5 } }, { $inc: { attempts: 1 } }),
          ),
        )
        const counts = answers.flatMap((answer) => (answer ? [answer['attempts'] as number] : []))
        expect(counts.sort()).toEqual([1, 2, 3, 4, 5])
      })

      it('throws when another document has the unique key', async () => {
        await people.insert([
          { _id: 'a', email: 'a@x' },
          { _id: 'b', email: 'b@x' },
        ])
        await expect(people.updateOne({ _id: 'b' }, { $set: { email: 'a@x' } })).rejects.toThrow(DuplicateKey)
        await expect(people.changeOne({ _id: 'b' }, { $set: { email: 'a@x' } })).rejects.toThrow(DuplicateKey)
        await expect(people.updateMany({ _id: 'b' }, { $set: { email: 'a@x' } })).rejects.toThrow(DuplicateKey)
        expect(await people.findOne({ _id: 'b' })).toEqual({ _id: 'b', email: 'b@x' })
        expect(await people.findOne({ email: 'b@x' })).not.toBeNull()
      })
    })

    describe('changeOne', () => {
      it('changes one of several matching documents and returns true', async () => {
        await people.insert([
          { _id: 'a', n: 0 },
          { _id: 'b', n: 0 },
        ])
        expect(await people.changeOne({ n: 0 }, { $inc: { n: 1 }, $set: { at: NOON } })).toBe(true)
        expect(await people.find({ n: 1 })).toMatchObject([{ at: NOON }])
      })

      it('returns false if nothing matches, and true if a match needs no change', async () => {
        await people.insert([{ _id: 'a', n: 1 }])
        expect(await people.changeOne({ _id: 'a', n: 2 }, { $set: { n: 3 } })).toBe(false)
        expect(await people.changeOne({ _id: 'a' }, { $set: { n: 1 } })).toBe(true)
        expect(await people.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 1 })
      })

      it('lets exactly one of 200 concurrent updates match the filter', async () => {
        await people.insert([{ _id: 'a', state: 'open' }])
        const answers = await Promise.all(
          Array.from({ length: 200 }, (_, n) =>
            people.changeOne({ _id: 'a', state: 'open' }, { $set: { state: 'spent', by: n } }),
          ),
        )
        expect(answers.filter(Boolean)).toHaveLength(1)
        expect(await people.findOne({ _id: 'a' })).toMatchObject({ by: answers.indexOf(true) })
      })
    })

    describe('upsert', () => {
      it('creates the document from the filter’s equalities and the update', async () => {
        const filter: Filter = { _id: 'a', 'x.y': 1, n: { $lt: 5 }, $and: [{ z: NOON }, { w: { $exists: false } }] }
        const made = await people.updateOne(filter, { $inc: { n: 1 } }, { upsert: true })
        expect(made).toEqual({ _id: 'a', x: { y: 1 }, z: NOON, n: 1 })
        expect(await people.findOne({ _id: 'a' })).toEqual(made)
      })

      it('creates one document in 200 concurrent calls, and counts them all', async () => {
        const answers = await Promise.all(
          Array.from({ length: 200 }, () => people.updateOne({ _id: 'a' }, { $inc: { n: 1 } }, { upsert: true })),
        )
        expect(answers.map((answer) => answer?.['n'] as number).sort((a, b) => a - b)).toEqual(
          Array.from({ length: 200 }, (_, n) => n + 1),
        )
        expect(await people.count({})).toBe(1)
      })

      it('returns null if the document exists but does not match the filter', async () => {
        const answers = await Promise.all(
          Array.from({ length: 50 }, () =>
            people.updateOne({ _id: 'a', n: { $lt: 3 } }, { $inc: { n: 1 } }, { upsert: true }),
          ),
        )
        // A missing number is not less than three, so the first call creates the document and two more count.
        expect(answers.filter((answer) => answer !== null)).toHaveLength(3)
        expect(await people.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 3 })
      })

      it('throws when another document has the unique key', async () => {
        await people.insert([{ _id: 'a', email: 'a@x' }])
        const upsert = people.updateOne({ _id: 'b' }, { $set: { email: 'a@x' } }, { upsert: true })
        await expect(upsert).rejects.toThrow(DuplicateKey)
        expect(await people.count({})).toBe(1)
      })

      it('requires the _id in the filter', async () => {
        await expect(people.updateOne({ email: 'a@x' }, { $set: { n: 1 } }, { upsert: true })).rejects.toThrow(
          TypeError,
        )
      })
    })

    describe('updateMany and deleteMany', () => {
      it('change and delete all matching documents, and return how many', async () => {
        await people.insert(Array.from({ length: 450 }, (_, n) => ({ _id: `p${n}`, rank: n % 3 })))
        expect(await people.updateMany({ rank: { $gte: 1 } }, { $set: { seen: true } })).toBe(300)
        expect(await people.updateMany({ rank: 1 }, { $set: { seen: true } })).toBe(150)
        expect(await people.deleteMany({ seen: true })).toBe(300)
        expect(await people.deleteMany({ seen: true })).toBe(0)
        expect(await people.count({})).toBe(150)
      })
    })

    describe('fields', () => {
      const person: Person = {
        _id: 'a',
        email: 'ann@example.org',
        at: NOON,
        nothing: null,
        account: { name: 'Ann', sealed: 'secret' },
        current: { device: 'd2' },
        sessions: {
          s1: { id: 's1', proofs: [{ at: LATER }] },
          s2: { id: 's2', replaces: 's1', hash: 'h' },
          s3: { id: 's3' },
        },
        devices: { d1: { id: 'd1', until: NOON, hash: 'h' }, d2: { id: 'd2', until: null, hash: 'h' } },
        factors: {
          f1: { id: 'f1', type: 'TOTP', material: { seed: 'secret' } },
          f2: { id: 'f2', type: 'RECOVERY_CODE', material: { codes: { c0: 'x', c1: 'y' } } },
          f3: { id: 'f3', material: { codes: null } },
        },
      }
      const sessions = person['sessions'] as Record<string, object>
      beforeEach(async () => {
        await people.insert([person])
      })

      /** What `findOne` and `updateOne` answer; they read by the same rule. */
      const read = async (fields: Fields<Person>): Promise<Person | null> => {
        const found = await people.findOne({ _id: 'a' }, fields)
        expect(await people.find({ _id: 'a' }, { limit: 1 }, fields)).toEqual([found])
        expect(await people.updateOne({ _id: 'a' }, { $set: { touched: 1 } }, { fields })).toEqual(found)
        expect(await people.findUnless('a', { field: 'email', value: 'another' }, fields)).toEqual(found)
        return found
      }

      it('are not read while a field has the known value', async () => {
        const fields = { paths: ['at'] }
        const known = { field: 'tag', value: 'first' }
        expect(await people.findUnless('a', known, fields)).toEqual({ _id: 'a', at: NOON })
        await people.changeOne({ _id: 'a' }, { $set: { tag: 'first' } })
        expect(await people.findUnless('a', known, fields)).toBe('unchanged')
        await people.changeOne({ _id: 'a' }, { $set: { tag: 'second' } })
        expect(await people.findUnless('a', known, fields)).toEqual({ _id: 'a', at: NOON })
        expect(await people.findUnless('b', known, fields)).toBeNull()
      })

      it('are read if the known value only looks like an expression', async () => {
        const known = { field: 'email', value: '$email' }
        expect(await people.findUnless('a', known, { paths: ['at'] })).toEqual({ _id: 'a', at: NOON })
      })

      it('read paths whole, with the _id and nothing else', async () => {
        expect(await read({ paths: ['email', 'at', 'nothing', 'account.name', 'sessions.s1'] })).toEqual({
          _id: 'a',
          email: 'ann@example.org',
          at: NOON,
          nothing: null,
          account: { name: 'Ann' },
          sessions: { s1: { id: 's1', proofs: [{ at: LATER }] } },
        })
      })

      it('leave out what the document does not have', async () => {
        expect(await read({ paths: ['none', 'missing.at.all', 'account.none', 'email.none'] })).toEqual({
          _id: 'a',
          account: {},
        })
      })

      it('choose entries of a map by key, by a key in the document, and by a field', async () => {
        const { s1, s2 } = sessions
        const entries = { keys: ['s1', 'unknown'], where: { replaces: 's1' } }
        const devices = { entries: { keyAt: 'current.device' }, fields: ['id', 'until', 'none'] }
        expect(await read({ paths: ['email'], maps: { sessions: { entries }, devices } })).toEqual({
          _id: 'a',
          email: 'ann@example.org',
          sessions: { s1, s2 },
          devices: { d2: { id: 'd2', until: null } },
        })
      })

      it('choose no entry by a key that the document lacks', async () => {
        const maps = { devices: { entries: { keyAt: 'current.none' } }, sessions: { entries: { keys: [] } } }
        expect(await read({ paths: [], maps })).toEqual({ _id: 'a', devices: {}, sessions: {} })
      })

      it('take what looks like an expression as text', async () => {
        const maps = { sessions: { entries: { keys: ['$_id'], where: { replaces: '$$ROOT._id' } } } }
        expect(await read({ paths: [], maps })).toEqual({ _id: 'a', sessions: {} })
      })

      it('read fields of every entry, and the sizes of maps in it, in the order of the map', async () => {
        const factors = { fields: ['id', 'type'], sizes: { left: 'material.codes' } }
        const found = await read({ paths: [], maps: { factors } })
        expect(found).toEqual({
          _id: 'a',
          factors: {
            f1: { id: 'f1', type: 'TOTP' },
            f2: { id: 'f2', type: 'RECOVERY_CODE', left: 2 },
            f3: { id: 'f3' },
          },
        })
        expect(Object.keys(found?.['factors'] as object)).toEqual(['f1', 'f2', 'f3'])
      })

      it('read a map that is missing as an empty one', async () => {
        expect(await read({ paths: [], maps: { none: { fields: ['id'] } } })).toEqual({ _id: 'a', none: {} })
      })

      it('are of the document after the change, also after an upsert', async () => {
        const update = { $set: { nothing: 'new', rank: 1 } }
        const changed = await people.updateOne({ _id: 'a' }, update, { fields: { paths: ['nothing'] } })
        expect(changed).toEqual({ _id: 'a', nothing: 'new' })
        const upserted = await people.updateOne(
          { _id: 'b' },
          { $set: { n: 1, m: 2 } },
          { upsert: true, fields: { paths: ['n'] } },
        )
        expect(upserted).toEqual({ _id: 'b', n: 1 })
        expect(await people.updateOne({ _id: 'none' }, update, { fields: { paths: ['rank'] } })).toBeNull()
      })

      it('are copies', async () => {
        const found = (await people.findOne({ _id: 'a' }, { paths: ['account'] })) as unknown as { account: object }
        Object.assign(found.account, { name: 'Eve' })
        expect((await people.findOne({ _id: 'a' }))?.['account']).toEqual({ name: 'Ann', sealed: 'secret' })
      })

      it.each<[string, Fields<Person>]>([
        ['nothing', { paths: [] }],
        ['an operator', { paths: ['$where'] }],
        ['an empty step', { paths: ['a..b'] }],
        ['a prototype', { paths: ['__proto__.x'] }],
        ['a path inside another', { paths: ['sessions', 'sessions.s1'] }],
        ['a path inside a map', { paths: ['sessions.s1'], maps: { sessions: {} } }],
        ['a path as the field of an entry', { paths: [], maps: { factors: { fields: ['material.seed'] } } }],
        ['entries chosen by nothing', { paths: [], maps: { sessions: { entries: {} } } }],
        ['entries that have no values', { paths: [], maps: { sessions: { entries: { where: {} } } } }],
        ['a value that is missing', { paths: [], maps: { sessions: { entries: { where: { id: undefined! } } } } }],
        ['sizes without fields', { paths: [], maps: { factors: { sizes: { left: 'codes' } } } }],
      ])('that name %s are refused', async (_what, fields) => {
        await expect(people.findOne({ _id: 'a' }, fields)).rejects.toThrow(TypeError)
        await expect(people.find({ _id: 'a' }, {}, fields)).rejects.toThrow(TypeError)
        await expect(people.updateOne({ _id: 'a' }, { $set: { n: 1 } }, { fields })).rejects.toThrow(TypeError)
        expect((await people.findOne({ _id: 'a' }))?.['n']).toBeUndefined()
      })
    })

    it('follows an id in a document to another collection, in one round trip', async () => {
      const pointers = store.collection<Person>({ name: 'pointers', indexes: [], fields: ['owner', 'sessions'] })
      const into = { name: 'people', indexes: [] }
      const owner: Person = { _id: 'a', at: NOON, sessions: { one: { n: 1 } }, list: [] }
      await people.insert([owner, { _id: 'b' }])
      await pointers.deleteMany({})
      await pointers.insert([{ _id: 'p', owner: 'a' }, { _id: 'gone', owner: 'x' }, { _id: 'none' }])
      const before = store.roundTrips
      expect(await pointers.follow({ _id: 'p' }, 'owner', into)).toEqual(owner)
      expect(store.roundTrips - before).toBe(1)
      for (const _id of ['gone', 'none', 'unknown']) expect(await pointers.follow({ _id }, 'owner', into)).toBeNull()
      await expect(pointers.follow({ _id: undefined! }, 'owner', into)).rejects.toThrow(TypeError)
      await expect(pointers.follow({ _id: 'p' }, 'other', into)).rejects.toThrow(TypeError)
      const found = await pointers.follow<Person>({ _id: 'p' }, 'owner', into)
      Object.assign(found ?? {}, { list: ['changed'] })
      expect(await people.findOne({ _id: 'a' })).toEqual(owner)
    })

    it('finds documents by a sparse date, before and after it changes', async () => {
      const indexes = [{ fields: { 'lease.until': 1 as const }, sparse: true }]
      const leased = store.collection<Stored & { lease?: { until: Date } }>({ name: 'leased', indexes })
      await store.prepare()
      const [now, then] = [new Date('2026-03-01T12:00:00Z'), new Date('2026-03-01T13:00:00Z')]
      await leased.insert([{ _id: 'a' }, { _id: 'b', lease: { until: now } }])
      const due = async (at: Date) => (await leased.find({ 'lease.until': { $lte: at } })).map(({ _id }) => _id)
      expect(await due(now)).toEqual(['b'])
      await leased.updateOne({ _id: 'a' }, { $set: { 'lease.until': now } })
      await leased.updateOne({ _id: 'b' }, { $set: { 'lease.until': then } })
      expect(await due(now)).toEqual(['a'])
      expect((await due(then)).toSorted()).toEqual(['a', 'b'])
    })

    it('keeps its documents after a purge', async () => {
      await people.insert([{ _id: 'a', email: 'first' }])
      await people.updateOne({ _id: 'a' }, { $set: { email: 'second' } })
      await store.purge()
      await people.updateOne({ _id: 'a' }, { $set: { rank: 1 } })
      expect(await people.find({})).toEqual([{ _id: 'a', email: 'second', rank: 1 }])
    })

    it('rejects fields that the collection does not declare', async () => {
      const strict = store.collection<Person>({ name: 'strict', indexes: [], fields: ['sessions'] })
      await expect(strict.insert([{ _id: 'a', session: {} }])).rejects.toThrow(TypeError)
      await expect(strict.findOne({ 'session.x': null })).rejects.toThrow(TypeError)
      await expect(strict.findOne({ _id: 'a' }, { paths: ['session'] })).rejects.toThrow(TypeError)
      await expect(strict.updateOne({ _id: 'a' }, { $set: { session: 1 } })).rejects.toThrow(TypeError)
      await strict.insert([{ _id: 'a', sessions: { s: { n: 1 } } }])
      const after = await strict.updateOne({ _id: 'a', 'sessions.s.n': { $lt: 2 } }, { $set: { 'sessions.t': {} } })
      expect(after).toEqual({ _id: 'a', sessions: { s: { n: 1 }, t: {} } })
    })

    it('counts one round trip for each call', async () => {
      await people.insert([{ _id: 'warm' }])
      const before = store.roundTrips
      await people.insert([{ _id: 'a' }, { _id: 'b' }])
      await people.findOne({ _id: 'a' })
      await people.updateOne({ _id: 'a' }, { $inc: { n: 1 } })
      await people.changeOne({ _id: 'a' }, { $inc: { n: 1 } })
      await people.find({}, { sort: { _id: 1 } })
      await people.count({})
      await people.updateMany({}, { $set: { x: 1 } })
      await people.deleteMany({})
      expect(store.roundTrips - before).toBe(8)
    })

    it('answers a ping and can be prepared twice', async () => {
      await store.prepare()
      await store.ping()
    })
  })
}
