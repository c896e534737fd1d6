import { createAuditLog } from '../../src/audit/index.js'
import { movableClock } from '../../src/kernel/clock.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import type { Stored } from '../../src/store/index.js'
import type { HoldsOutbox } from '../../src/store/outbox.js'
import { outboxRepository } from '../../src/store/outbox-repository.js'
import { INTERLEAVINGS, UNCONDITIONAL } from '../races/interleavings/cases/index.js'
import { carry } from '../races/interleavings/events.js'
import { READS_AGAIN, titleOf } from '../races/interleavings/interleaving.js'
import { NOW } from '../races/interleavings/documents.js'
import { STORES } from '../support/stores.js'
import { watchedRepositories } from '../support/watched-repositories.js'
import { countryOf, everything, numbered, secrets } from './support/audit-world.js'
import { CHANGES_WITHOUT_GUARD, WITHOUT_EVENTS } from './support/changes.js'

const CHANGES = [
  ...INTERLEAVINGS.filter(({ verb }) => !(verb in WITHOUT_EVENTS)),
  ...CHANGES_WITHOUT_GUARD.map((each) => ({ ...each, rivals: {}, refused: null })),
].map((each) => [titleOf(each), each] as const)

describe.each(STORES)('R190 a change and its events, on the %s store', (kind) => {
  const { watched, store, repositories } = watchedRepositories(kind)

  /** A process that writes its events when it is told to, and never if it "dies" before. */
  const process = () =>
    createAuditLog({
      ...{ store: createAuditRepository(store()), outbox: outboxRepository(store()) },
      ...{ clock: movableClock(NOW), secrets, countryOf },
      outboxSettings: { capacity: 100, lingerMilliseconds: 600_000, sweptAfterSeconds: 10 },
    })

  async function seed({ collection, document }: { collection: string; document: Stored | null }): Promise<void> {
    for (const each of ['auditEvents', collection]) await watched.raw(each).deleteMany({})
    if (document) await watched.raw(collection).insert([document])
    carry(process().prepare(numbered(1, 2)))
  }

  async function waitingIn(collection: string): Promise<number> {
    const documents: readonly HoldsOutbox[] = await watched.raw(collection).find({})
    return documents.reduce((sum, { outbox = [] }) => sum + outbox.length, 0)
  }

  const logged = async () =>
    (await everything(createAuditRepository(store()))).map(({ metadata }) => metadata['number'])

  it.each(CHANGES)('%s stores its events with the change, and another process delivers them once', async (_, each) => {
    await seed(each)
    expect(await each.act(repositories())).toEqual(each.done)
    expect([await waitingIn(each.collection), await logged()]).toEqual([1, []])
    await Promise.all([process().sweep(-1), process().sweep(-1)])
    expect([await waitingIn(each.collection), await logged()]).toEqual([0, [1, 2]])
  })

  it.each(CHANGES.filter(([, { refused }]) => refused !== READS_AGAIN))(
    '%s stores none if it is refused',
    async (_, { rivals, ...each }) => {
      for (const rival of Object.values(rivals)) {
        await seed(each)
        const _id = each.document?._id ?? ''
        watched.interrupt('before', each.collection, (raw) => raw.changeOne({ _id }, rival))
        await each.act(repositories())
        expect(await waitingIn(each.collection)).toBe(0)
      }
    },
  )

  it('every method that changes or adds something carries its events, unless none tells of it', () => {
    const { INSERTS, WHATEVER_IT_HOLDS } = UNCONDITIONAL
    const known = [...CHANGES.map(([, { verb }]) => verb), ...Object.keys(WITHOUT_EVENTS)]
    const changing = [...INTERLEAVINGS.map(({ verb }) => verb), ...INSERTS, ...WHATEVER_IT_HOLDS]
    expect([...new Set(known)].toSorted()).toEqual([...new Set(changing)].toSorted())
  })
})
