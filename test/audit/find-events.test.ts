import { findEvents, type AuditFilter, type FindEventsInput } from '../../src/audit/index.js'
import { anEvent, auditWorld, numbered, STORES, type AuditWorld } from './support/audit-world.js'

describe.each(STORES)('finding audit events on the %s store', (kind) => {
  let world: AuditWorld
  beforeEach(async () => {
    world = await auditWorld(kind)
  })
  afterEach(() => world.close())

  const find = async (input: Partial<FindEventsInput> = {}) => {
    const outcome = await findEvents(world.audit, { filter: {}, ...input })
    if (outcome.kind !== 'found') throw new Error(outcome.kind)
    return outcome.page
  }
  const sequences = async (filter: AuditFilter) => (await find({ filter })).edges.map(({ node }) => node.sequence)

  it('pages from the newest to the oldest, also while new events come in', async () => {
    await world.log.record(numbered(1, 5))
    const first = await find({ first: 2 })
    expect(first.edges.map(({ node }) => node.sequence)).toEqual([5, 4])
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    await world.log.record(numbered(6, 1))
    const second = await find({ first: 2, after: first.pageInfo.endCursor })
    expect(second.edges.map(({ node }) => node.sequence)).toEqual([3, 2])
    const third = await find({ first: 2, after: second.pageInfo.endCursor })
    expect(third.edges.map(({ node }) => node.sequence)).toEqual([1])
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
  })

  it('pages back towards the newest', async () => {
    await world.log.record(numbered(1, 5))
    const oldest = await find({ last: 2 })
    expect(oldest.edges.map(({ node }) => node.sequence)).toEqual([2, 1])
    expect(oldest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    const newer = await find({ last: 3, before: oldest.pageInfo.startCursor })
    expect(newer.edges.map(({ node }) => node.sequence)).toEqual([5, 4, 3])
    expect(newer.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
  })

  it('answers an empty page without cursors', async () => {
    expect(await find()).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    })
  })

  it('narrows by time, action, outcome and account, as actor or as target', async () => {
    await world.log.record([anEvent()])
    world.clock.advance(60)
    const later = world.clock.now()
    await world.log.record([
      anEvent({ action: 'challenge.failed', outcome: 'FAILURE' }),
      anEvent({ actor: { id: 'operator-1', type: 'ACCOUNT' } }),
      anEvent({
        action: 'factor.removed',
        targets: [
          { id: 'other', type: 'ACCOUNT' },
          { id: 'f', type: 'FACTOR' },
        ],
      }),
    ])
    expect(await sequences({ from: later })).toEqual([4, 3, 2])
    expect(await sequences({ until: later })).toEqual([1])
    expect(await sequences({ actions: ['challenge.failed', 'factor.removed'] })).toEqual([4, 2])
    expect(await sequences({ outcome: 'FAILURE' })).toEqual([2])
    expect(await sequences({ accountId: 'operator-1' })).toEqual([3])
    expect(await sequences({ accountId: 'other', actions: ['factor.removed'], from: later })).toEqual([4])
  })

  it('finds one event by its id, exactly as it was recorded', async () => {
    await world.log.record([anEvent()])
    const [edge] = (await find()).edges
    expect(await world.audit.findById(edge?.node.id ?? '')).toEqual(edge?.node)
    expect(await world.audit.findById('nothing')).toBeNull()
  })

  it.each([
    'nonsense',
    '',
    Buffer.from('audit:-1').toString('base64url'),
    Buffer.from('audit:1.5').toString('base64url'),
    Buffer.from('audit:99999999999999999999').toString('base64url'),
    `${Buffer.from('audit:1').toString('base64url')}=`,
    'A'.repeat(10_000),
  ])('refuses a cursor that is not one of ours: %.20s', async (cursor) => {
    expect(await findEvents(world.audit, { filter: {}, after: cursor })).toEqual({ kind: 'bad-cursor' })
    expect(await findEvents(world.audit, { filter: {}, last: 1, before: cursor })).toEqual({ kind: 'bad-cursor' })
  })

  it.each([{ first: 0 }, { first: 101 }, { first: -1 }, { last: 101 }, { first: 1, last: 1 }])(
    'refuses the page size %j',
    async (size) => {
      expect(await findEvents(world.audit, { filter: {}, ...size })).toEqual({ kind: 'bad-page-size' })
    },
  )

  it('refuses a range that ends before it begins', async () => {
    const now = world.clock.now()
    expect(await findEvents(world.audit, { filter: { from: now, until: now } })).toEqual({ kind: 'bad-range' })
  })
})
