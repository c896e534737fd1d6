import { eraseEvents, type AuditEvent, type NewAuditEvent } from '../../src/audit/index.js'
import { hashOf } from '../../src/audit/chain.js'
import type { AccountId } from '../../src/kernel/ids.js'
import type { Value } from '../../src/store/index.js'
import { anEvent, auditWorld, everything, STORES, type AuditWorld } from './support/audit-world.js'

const ERASED = 'erased-aaaaaaaaaaaaaaa' as AccountId
const OPERATOR = 'operator-aaaaaaaaaaaaa' as AccountId
const OTHER = 'other-aaaaaaaaaaaaaaaa' as AccountId

const account = (id: AccountId) => ({ id, type: 'ACCOUNT' }) as const
const by = (actor: AccountId, target: AccountId, over: Partial<NewAuditEvent> = {}) =>
  anEvent({
    actor: account(actor),
    targets: [account(target)],
    metadata: { note: `about ${target}`, count: 3 },
    ...over,
  })

const CLOSED = by(ERASED, ERASED, { action: 'account.closed', metadata: {} })

describe.each(STORES)('erasing an account from the audit log, on the %s store', (kind) => {
  let world: AuditWorld
  beforeEach(async () => {
    world = await auditWorld(kind)
    await world.log.record([
      by(ERASED, ERASED),
      by(OTHER, OTHER),
      by(OPERATOR, ERASED),
      anEvent({ actor: { id: null, type: 'ANONYMOUS' }, targets: [account(ERASED)], metadata: { factorType: 'TOTP' } }),
      by(ERASED, ERASED, { context: null }),
      CLOSED,
    ])
  })
  afterEach(() => world.close())

  const erase = () => eraseEvents(world.audit, ERASED, () => Promise.resolve(true))
  const edit = (sequence: number, $set: Record<string, Value>) =>
    world.events.updateOne({ sequence: world.placed(sequence) }, { $set })
  const at = async (sequence: number): Promise<AuditEvent> => {
    const event = (await everything(world.audit))[sequence - 1]
    if (!event) throw new Error('there is no such event')
    return event
  }
  const expectEdited = async (sequence: number) =>
    expect(await world.verify()).toMatchObject({ kind: 'broken', break: { fault: 'EDITED', sequence } })

  it('takes addresses, browsers, operations and notes of that account, and leaves what happened', async () => {
    expect(await erase()).toEqual({ erased: 5, unerasable: 0 })
    for (const sequence of [1, 4, 6]) {
      const { context, details } = await at(sequence)
      const gone = { ip: null, country: null, userAgent: null, operationName: null, operationHash: null }
      expect(context).toMatchObject({ ...gone, requestId: 'request-1' })
      expect(details).toBeNull()
    }
    expect(await at(1)).toMatchObject({ action: 'challenge.passed', actor: { id: ERASED }, metadata: { count: 3 } })
    expect(await at(4)).toMatchObject({ metadata: { factorType: 'TOTP' } })
    expect(JSON.stringify(await everything(world.audit))).not.toContain(`about ${ERASED}`)
  })

  it('leaves events of other people as they are', async () => {
    const before = await at(2)
    await erase()
    expect(await at(2)).toEqual(before)
  })

  it('keeps where an operator acted from, so that erasing an account does not erase the operator’s tracks', async () => {
    await erase()
    expect(await at(3)).toMatchObject({ context: { ip: '203.0.113.9' }, details: null })
  })

  it('keeps the chain whole, also for a checkpoint that was noted before', async () => {
    await world.checkpointer.look()
    const before = await world.verify()
    const noted = before.kind === 'intact' ? before.checkpoint : null
    if (!noted) throw new Error('broken before')
    await erase()
    await world.log.record([by(OTHER, OTHER)])
    expect(await world.verify({ noted })).toMatchObject({
      kind: 'intact',
      checked: 7,
      erased: 5,
    })
  })

  it('changes nothing when it is done again, and finds what came in since', async () => {
    await erase()
    expect(await erase()).toEqual({ erased: 0, unerasable: 0 })
    await world.log.record([by(ERASED, ERASED)])
    expect(await erase()).toEqual({ erased: 1, unerasable: 0 })
    expect((await world.verify()).kind).toBe('intact')
  })

  it('goes on where it was interrupted, over any number of batches', async () => {
    await world.log.record(Array.from({ length: 450 }, () => by(ERASED, ERASED)))
    let batches = 0
    expect(await eraseEvents(world.audit, ERASED, () => Promise.resolve((batches += 1) < 2))).toBeNull()
    const { erased } = await world.verify().then((outcome) => ({ erased: 0, ...outcome }))
    expect(erased).toBeGreaterThan(0)
    expect(await erase()).toEqual({ erased: 455 - erased, unerasable: 0 })
    expect(await world.verify()).toMatchObject({ kind: 'intact', erased: 455 })
  })

  it.each<[string, Record<string, Value>]>([
    ['an address', { 'context.ip': '198.51.100.1' }],
    ['a browser', { 'context.userAgent': 'another' }],
    ['a note', { 'details.note': 'another' }],
    ['all details', { details: { note: 'another' } }],
    ['a salt', { 'salts.origin': 'another' }],
    ['a commitment', { 'commitments.details': 'f'.repeat(64) }],
    ['one part of the origin alone', { 'context.ip': null }],
    ['the origin without its salt', { 'context.ip': null, 'context.userAgent': null }],
    ['a salt that goes alone', { 'salts.details': null }],
    ['something put beside the salts', { 'salts.note': 'looked at' }],
  ])('names the event in which %s was changed', async (_, change) => {
    await edit(1, change)
    await expectEdited(1)
  })

  it('names an event that was put back after it was erased', async () => {
    const { context, details } = await at(1)
    await erase()
    await edit(1, { 'context.ip': context?.ip ?? '', details: { ...details } })
    await expectEdited(1)
  })

  const ORIGIN_GONE = {
    'context.ip': null,
    'context.country': null,
    'context.userAgent': null,
    'context.operationName': null,
    'context.operationHash': null,
    'salts.origin': null,
  }

  it('names an erased event of an account that was never erased', async () => {
    await edit(2, ORIGIN_GONE)
    await expectEdited(2)
    expect(await world.verify()).toMatchObject({
      checked: 1,
      break: { detail: expect.stringContaining('no erasure') },
    })
  })

  it('names an event in which an erasure was used to hide where an operator acted from', async () => {
    await erase()
    await edit(3, ORIGIN_GONE)
    await expectEdited(3)
  })

  it('verifies events of version 1 as they were hashed, and says how many it cannot erase', async () => {
    await world.events.deleteMany({})
    const { details: _, commitments: __, salts: ___, ...first } = { ...(await versionOne()), sequence: 1 }
    const old = { ...first, hash: hashOf(first) }
    await world.audit.append([old])
    await (await world.anotherProcess()).log.record([CLOSED])
    expect(await erase()).toEqual({ erased: 1, unerasable: 1 })
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: 2, erased: 1 })
    await edit(1, { 'context.ip': null })
    await expectEdited(1)
  })

  async function versionOne(): Promise<AuditEvent> {
    await world.log.record([by(ERASED, ERASED)])
    const [event] = await everything(world.audit)
    if (!event) throw new Error('no event')
    await world.events.deleteMany({})
    return { ...event, version: 1, previousHash: '0'.repeat(64) }
  }
})
