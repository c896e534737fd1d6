import type { Filter, Stored, Update } from '../../../src/store/index.js'
import { STORES } from '../../support/stores.js'
import { watchedRepositories } from '../../support/watched-repositories.js'
import { INTERLEAVINGS, UNCONDITIONAL } from './cases/index.js'
import { READS_AGAIN, titleOf, type Interleaving } from './interleaving.js'

describe.each(STORES)('R156 between a read and its write, on the %s store', (kind) => {
  const { watched, repositories } = watchedRepositories(kind)

  /** All but the tags, which are random: another one with every write. */
  async function kept({ collection }: Interleaving): Promise<object[]> {
    const found = await watched.raw(collection).find<Stored & { readonly etag?: string }>({}, { sort: { _id: 1 } })
    return found.map(({ etag, ...content }) => content)
  }

  /** Stores only this document, as it was read. */
  async function seed({ collection, document }: Interleaving): Promise<void> {
    await watched.raw(collection).deleteMany({})
    await watched.raw(collection).insert([document])
    watched.conditions(collection)
  }

  const comes = ({ collection, document }: Interleaving, rival: Update) =>
    watched.raw(collection).changeOne({ _id: document._id }, rival)

  it.each(INTERLEAVINGS.map((each) => [titleOf(each), each] as const))(
    '%s succeeds without a rival',
    async (_, interleaving) => {
      await seed(interleaving)
      expect(await interleaving.act(repositories())).toEqual(interleaving.done)
    },
  )

  const rivals = INTERLEAVINGS.flatMap((each) =>
    Object.entries(each.rivals).map(([fact, rival]) => [titleOf(each), fact, each, rival] as const),
  )

  it.each(rivals.filter(([, , { refused }]) => refused !== READS_AGAIN))(
    '%s is refused when %s, which stays',
    async (_, __, interleaving, rival) => {
      await seed(interleaving)
      await comes(interleaving, rival)
      const stands = await kept(interleaving)
      await seed(interleaving)
      watched.interrupt('before', interleaving.collection, () => comes(interleaving, rival))
      expect(await interleaving.act(repositories())).toEqual(interleaving.refused)
      expect(await kept(interleaving)).toEqual(stands)
    },
  )

  it.each(rivals.filter(([, , { refused }]) => refused === READS_AGAIN))(
    '%s ends as if it had begun after %s',
    async (_, __, interleaving, rival) => {
      await seed(interleaving)
      await comes(interleaving, rival)
      const answer = await interleaving.act(repositories())
      const stands = await kept(interleaving)
      await seed(interleaving)
      watched.interrupt('before', interleaving.collection, () => comes(interleaving, rival))
      expect(await interleaving.act(repositories())).toEqual(answer)
      expect(await kept(interleaving)).toEqual(stands)
    },
  )

  const givingWay = rivals.flatMap(([title, fact, interleaving, rival]) =>
    fact in (interleaving.givesWay ?? {}) ? [[title, fact, interleaving, rival] as const] : [],
  )

  it.each(givingWay)('%s gives way where %s', async (_, fact, interleaving, rival) => {
    await seed(interleaving)
    await comes(interleaving, rival)
    const stands = await kept(interleaving)
    expect(await interleaving.act(repositories())).toEqual(interleaving.givesWay?.[fact])
    expect(await kept(interleaving)).toEqual(stands)
  })

  it.each(rivals)('%s succeeds, and what comes right after it, %s, stays too', async (_, __, interleaving, rival) => {
    await seed(interleaving)
    await interleaving.act(repositories())
    await comes(interleaving, rival)
    const stands = await kept(interleaving)
    await seed(interleaving)
    watched.interrupt('after', interleaving.collection, () => comes(interleaving, rival))
    expect(await interleaving.act(repositories())).toEqual(interleaving.done)
    expect(await kept(interleaving)).toEqual(stands)
  })

  it.each(INTERLEAVINGS.map((each) => [titleOf(each), each] as const))(
    'each condition of %s is broken alone by one rival',
    async (_, interleaving) => {
      const { collection, document, neverAlone = {} } = interleaving
      await seed(interleaving)
      await interleaving.act(repositories())
      const conditions = Object.entries(watched.conditions(collection)).filter(([path]) => path !== '_id')
      const brokenAlone = new Set(Object.keys(neverAlone))
      for (const rival of Object.values(interleaving.rivals)) {
        await seed(interleaving)
        await comes(interleaving, rival)
        const broken: string[] = []
        for (const [path, condition] of conditions) {
          const filter = { $and: [{ _id: document._id }, { [path]: condition } as Filter] }
          if ((await watched.raw(collection).count(filter)) === 0) broken.push(path)
        }
        const alone = withoutParts(broken)
        if (alone.length === 1) alone.forEach((path) => brokenAlone.add(path))
      }
      expect(conditions.map(([path]) => path).filter((path) => !brokenAlone.has(path))).toEqual([])
    },
  )

  const verbsOf = (): readonly (readonly [verb: string, text: string])[] =>
    Object.entries(repositories()).flatMap(([repository, verbs]) =>
      Object.entries(verbs).map(([verb, call]) => [`${repository}.${verb}`, String(call)] as const),
    )
  const textOf = (names: readonly string[]) => verbsOf().filter(([verb]) => names.includes(verb))

  it('the list contains every method of every repository', () => {
    const known = new Set([...INTERLEAVINGS.map(({ verb }) => verb), ...Object.values(UNCONDITIONAL).flat()])
    expect([...known].toSorted()).toEqual(
      verbsOf()
        .map(([verb]) => verb)
        .toSorted(),
    )
  })

  it('no method listed as a read or insert changes anything', () => {
    const { READS, INSERTS } = UNCONDITIONAL
    const changing = textOf([...READS, ...INSERTS]).filter(([, text]) => CHANGE.test(text))
    expect(changing.map(([verb]) => verb)).toEqual([])
  })

  it('no method listed as unconditional has a condition besides the id', () => {
    const asking = textOf(UNCONDITIONAL.WHATEVER_IT_HOLDS).filter(
      ([, text]) => text.split(CHANGE).length !== text.split(CHANGE_BY_ID).length,
    )
    expect(asking.map(([verb]) => verb)).toEqual([])
  })
})

/** The conditions without those on parts of an entry that is gone altogether. */
const withoutParts = (broken: readonly string[]): readonly string[] =>
  broken.filter((path) => !broken.some((whole) => path.startsWith(`${whole}.`)))

const CHANGE = /\.(?:changeOne|updateOne|updateMany)\(/
/** The filter is `{ _id: … }`, with a name or a call after the colon. */
const CHANGE_BY_ID = /\.(?:changeOne|updateOne)\(\s*\{\s*_id: \w+(?:\(\{[^}]*\}\))?,?\s*\},/
