import { checkProof, eraseEvents, proveEvent, type EventProof } from '../../src/audit/index.js'
import { hashOf } from '../../src/audit/chain.js'
import { eventLeaf } from '../../src/audit/checkpoints/checkpoint.js'
import { checkpointSigner } from '../../src/audit/index.js'
import { unverifiedStatement } from '../../src/audit/checkpoints/checkpoint.js'
import type { AccountId } from '../../src/kernel/ids.js'
import {
  anEvent,
  auditWorld,
  findKeyIn,
  numbered,
  otherRing,
  ring,
  STORES,
  type AuditWorld,
} from './support/audit-world.js'

const ACCOUNT = 'account-aaaaaaaaaaaaaa' as AccountId

describe.each(STORES)('a proof that an event is in the log, on the %s store', (kind) => {
  let world: AuditWorld
  beforeEach(async () => {
    world = await auditWorld(kind)
    const other = await world.anotherProcess()
    for (let number = 1; number <= 5; number += 1) {
      await world.log.record(numbered(number, 7))
      await other.log.record(numbered(number, 6, 'b'))
      await world.checkpointer.look()
      world.clock.advance(10)
    }
  })
  afterEach(() => world.close())

  const prove = (id: string) => proveEvent({ events: world.audit, checkpoints: world.checkpoints }, id)
  /** As it is kept and read again. */
  const onPaper = (proof: EventProof): EventProof => JSON.parse(JSON.stringify(proof)) as EventProof
  const proofOf = async (id: string): Promise<EventProof> => {
    const outcome = await prove(id)
    if (outcome.kind !== 'proved') throw new Error(outcome.kind)
    return onPaper(outcome.proof)
  }
  const all = () => world.audit.find({ filter: {}, order: 'OLDEST_FIRST', limit: 1000 })
  const check = (proof: unknown, keys = ring) => checkProof(proof, findKeyIn(keys))

  it('holds for every event of every checkpoint, and is short', async () => {
    for (const { id } of await all()) {
      const proof = await proofOf(id)
      expect(proof.path.length).toBeLessThanOrEqual(4)
      expect(await check(proof)).toMatchObject({ kind: 'holds', event: { id }, keyId: 'k1' })
    }
  })

  it('says that there is no such event, and that no checkpoint covers one yet', async () => {
    expect(await prove('nothing')).toEqual({ kind: 'no-such-event' })
    await world.log.record([anEvent({ action: 'factor.removed' })])
    const [newest] = await world.audit.find({
      filter: { actions: ['factor.removed'] },
      order: 'NEWEST_FIRST',
      limit: 1,
    })
    expect(await prove(newest?.id ?? '')).toEqual({ kind: 'not-covered' })
  })

  it('finds the checkpoint also where clocks are far apart', async () => {
    world.clock.advance(86_400)
    const ahead = await world.anotherProcess()
    await ahead.log.record([anEvent({ action: 'factor.removed' })])
    world.clock.advance(-86_400)
    await world.checkpointer.look()
    const [event] = await world.audit.find({ filter: { actions: ['factor.removed'] }, order: 'NEWEST_FIRST', limit: 1 })
    expect(await check(await proofOf(event?.id ?? ''))).toMatchObject({ kind: 'holds', statement: { number: 6 } })
  })

  it('holds after personal parts were erased, before and after', async () => {
    const [first] = await all()
    const before = await proofOf(first?.id ?? '')
    await world.log.record([anEvent({ action: 'account.closed' })])
    await eraseEvents(world.audit, ACCOUNT, () => Promise.resolve(true))
    const after = await proofOf(first?.id ?? '')
    expect([before.event.context?.ip, after.event.context?.ip]).toEqual(['203.0.113.9', null])
    expect([(await check(before)).kind, (await check(after)).kind]).toEqual(['holds', 'holds'])
  })

  it.each<[string, (proof: EventProof) => unknown, string]>([
    ['nothing at all', () => null, 'malformed'],
    ['a proof with something put beside it', (it) => ({ ...it, note: 'looked at' }), 'malformed'],
    ['an index that is none', (it) => ({ ...it, index: -1 }), 'malformed'],
    ['an edited event', (it) => ({ ...it, event: { ...it.event, outcome: 'DENIED' } }), 'event-altered'],
    ['an event without most of its parts', (it) => ({ ...it, event: { ...onlyPlace(it) } }), 'event-altered'],
    ['an edited address', (it) => ({ ...it, event: withIp(it, '198.51.100.1') }), 'parts-altered'],
    ['an edited event with a hash of its own', (it) => ({ ...it, event: rehashed(it) }), 'not-included'],
    ['another place', (it) => ({ ...it, index: it.index ^ 1 }), 'not-included'],
    ['a shorter path', (it) => ({ ...it, path: it.path.slice(1) }), 'not-included'],
    ['another path', (it) => ({ ...it, path: it.path.map(() => 'f'.repeat(64)) }), 'not-included'],
    ['an edited checkpoint', (it) => ({ ...it, checkpoint: withoutSignature(it) }), 'bad-signature'],
    ['no checkpoint', (it) => ({ ...it, checkpoint: '' }), 'bad-signature'],
  ])('fails for %s', async (_, forge, because) => {
    const [, second] = await all()
    const forged = forge(await proofOf(second?.id ?? ''))
    expect(await check(JSON.parse(JSON.stringify(forged)))).toEqual({ kind: 'fails', because })
  })

  it('fails for an event under a checkpoint with a foreign signature, and for one of another checkpoint', async () => {
    const [first] = await all()
    const last = (await all()).at(-1)
    const [proof, other] = [await proofOf(first?.id ?? ''), await proofOf(last?.id ?? '')]
    expect(await check(proof, otherRing)).toEqual({ kind: 'fails', because: 'unknown-key' })
    const forged = { ...rehashed(proof) }
    const statement = unverifiedStatement(proof.checkpoint)
    if (!statement) throw new Error('no statement')
    const events = { ...statement.events, count: 1, root: eventLeaf(forged.hash).toString('hex') }
    const signer = checkpointSigner({ current: { ...otherRing.current, id: 'k1' } })
    const checkpoint = await signer.sign({ ...statement, events })
    const own = JSON.parse(JSON.stringify({ ...proof, event: forged, index: 0, path: [], checkpoint })) as EventProof
    expect(await check(own)).toEqual({ kind: 'fails', because: 'bad-signature' })
    expect(await check({ ...proof, checkpoint: other.checkpoint })).toEqual({ kind: 'fails', because: 'not-included' })
  })
})

const revived = ({ event }: EventProof) => ({ ...event, occurredAt: new Date(event.occurredAt) })
const withIp = ({ event }: EventProof, ip: string) => ({ ...event, context: { ...event.context, ip } })
const withoutSignature = ({ checkpoint }: EventProof) => checkpoint.replace(/\.[^.]*$/, '.AAAA')
const onlyPlace = ({ event: { id, stream, sequence, version, occurredAt, hash } }: EventProof) => {
  return { id, stream, sequence, version, occurredAt, hash }
}
const rehashed = (proof: EventProof) => {
  const event = { ...revived(proof), outcome: 'DENIED' as const }
  return { ...event, hash: hashOf(event) }
}
