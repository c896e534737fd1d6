import type { ChainFault } from '../../src/audit/index.js'
import { hashOf } from '../../src/audit/chain.js'
import { checkpointSigner } from '../../src/audit/index.js'
import { hashOfCheckpoint, unverifiedStatement, type Statement } from '../../src/audit/checkpoints/checkpoint.js'
import type { Value } from '../../src/store/index.js'
import {
  auditWorld,
  everything,
  numbered,
  otherRing,
  ring,
  STORES,
  type AuditProcess,
  type AuditWorld,
} from './support/audit-world.js'

const CHECKPOINTS = 4
const EACH = 3

describe.each(STORES)('what is done to a log with checkpoints is named, on the %s store', (kind) => {
  let world: AuditWorld
  let other: AuditProcess
  let [mine, theirs] = ['', '']
  beforeEach(async () => {
    world = await auditWorld(kind)
    other = await world.anotherProcess()
    for (let number = 1; number <= CHECKPOINTS; number += 1) {
      await world.log.record(numbered(number * EACH, EACH))
      world.clock.advance(1)
      await other.log.record(numbered(number * EACH, EACH, 'b'))
      await world.checkpointer.look()
      world.clock.advance(1)
    }
    ;[mine, theirs] = [world.log.stream() ?? '', other.log.stream() ?? '']
    expect(await world.verify()).toMatchObject({ kind: 'intact', checked: 24, uncovered: 0 })
  })
  afterEach(() => world.close())

  const at = (stream: string, sequence: number) => ({ sequence: world.placed(sequence, stream) })
  const edit = (stream: string, sequence: number, $set: Record<string, Value>) =>
    world.events.updateOne(at(stream, sequence), { $set })
  const eventAt = async (stream: string, sequence: number) => {
    const found = (await everything(world.audit)).find((each) => each.stream === stream && each.sequence === sequence)
    if (!found) throw new Error('no such event')
    return found
  }
  const expectBreak = async (
    fault: ChainFault,
    where: { stream?: string | null; sequence?: number; checkpoint?: number },
  ) => expect(await world.verify()).toMatchObject({ kind: 'broken', break: { fault, ...where } })
  const idOf = (number: number) => String(number).padStart(12, '0')
  const statementOf = async (number: number): Promise<Statement> => {
    const statement = unverifiedStatement((await world.checkpoints.find(number))?.signed ?? '')
    if (!statement) throw new Error('no such checkpoint')
    return statement
  }
  const replace = (number: number, $set: Record<string, Value>) =>
    world.checkpointDocuments.updateOne({ _id: idOf(number) }, { $set })
  /** Hashes a stream anew from a place on, as somebody would who knows how. */
  const rehash = async (stream: string, from: number) => {
    let previousHash = from === 1 ? '0'.repeat(64) : (await eventAt(stream, from - 1)).hash
    for (let sequence = from; sequence <= CHECKPOINTS * EACH; sequence += 1) {
      const event = { ...(await eventAt(stream, sequence)), previousHash }
      previousHash = hashOf(event)
      await edit(stream, sequence, { previousHash: event.previousHash, hash: previousHash })
    }
  }

  it('an edited event, with the checkpoint that covers it', async () => {
    await edit(theirs, 7, { outcome: 'DENIED' })
    await expectBreak('EDITED', { stream: theirs, sequence: 7, checkpoint: 3 })
  })

  it('the first of two, in the order of the checkpoints', async () => {
    await edit(mine, 8, { outcome: 'DENIED' })
    await edit(theirs, 5, { outcome: 'DENIED' })
    expect(await world.verify()).toMatchObject({ checked: 10, break: { stream: theirs, sequence: 5, checkpoint: 2 } })
  })

  it('an edited event after which the whole stream was hashed anew', async () => {
    await edit(mine, 5, { outcome: 'DENIED' })
    await rehash(mine, 5)
    await expectBreak('REWRITTEN', { stream: mine, sequence: 6, checkpoint: 2 })
  })

  it('a removed event', async () => {
    await world.events.deleteMany(at(mine, 5))
    await expectBreak('DELETED', { stream: mine, sequence: 5, checkpoint: 2 })
  })

  it('the last event of a segment, removed', async () => {
    await world.events.deleteMany(at(mine, 6))
    await expectBreak('DELETED', { stream: mine, sequence: 6, checkpoint: 2 })
  })

  it('two events of a stream that changed places', async () => {
    await edit(mine, 4, { sequence: world.placed(1000, mine) })
    await edit(mine, 8, { sequence: world.placed(4, mine) })
    await edit(mine, 1000, { sequence: world.placed(8, mine) })
    await expectBreak('REORDERED', { stream: mine, sequence: 4 })
  })

  it('an event that was moved to another stream', async () => {
    await world.events.deleteMany(at(theirs, 4))
    await edit(mine, 4, { sequence: world.placed(4, theirs) })
    const outcome = await world.verify()
    expect(outcome).toMatchObject({ kind: 'broken', break: { sequence: 4, checkpoint: 2 } })
  })

  it('an event that says itself that it is of another stream', async () => {
    await edit(mine, 4, { stream: theirs })
    await expectBreak('EDITED', { stream: mine, sequence: 4 })
  })

  it('the end of one stream that was cut off', async () => {
    await world.events.deleteMany({ sequence: { $gt: world.placed(10, theirs), $lte: world.placed(99, theirs) } })
    await expectBreak('TRUNCATED', { stream: theirs, sequence: 11, checkpoint: 4 })
  })

  it('a whole stream that was dropped', async () => {
    await world.events.deleteMany({ sequence: { $gt: world.placed(0, mine), $lte: world.placed(99, mine) } })
    await expectBreak('TRUNCATED', { stream: mine, sequence: 1, checkpoint: 1 })
  })

  it('an event that was put in at an end, hashed like the others, is covered by no checkpoint until one covers it', async () => {
    const last = await eventAt(mine, 12)
    const forged = { ...last, id: 'forged', sequence: 13, previousHash: last.hash }
    await world.audit.append([{ ...forged, hash: hashOf(forged) }])
    expect(await world.verify()).toMatchObject({ kind: 'intact', uncovered: 1 })
  })

  it('a removed checkpoint', async () => {
    await world.checkpointDocuments.deleteMany({ _id: idOf(2) })
    await expectBreak('DELETED', { stream: null, checkpoint: 2 })
  })

  it('checkpoints that were cut off, when one of them was noted', async () => {
    const noted = { number: 4, hash: hashOfCheckpoint((await world.checkpoints.find(4))?.signed ?? '') }
    await world.checkpointDocuments.deleteMany({ _id: { $gt: idOf(2) } })
    expect(await world.verify()).toMatchObject({ kind: 'intact', uncovered: 12 })
    for (const after of [noted, null]) {
      expect(await world.verify({ noted, after })).toMatchObject({ break: { fault: 'TRUNCATED' } })
    }
  })

  it('checkpoints that were written anew with the key, when one of them was noted', async () => {
    const noted = { number: 3, hash: hashOfCheckpoint((await world.checkpoints.find(3))?.signed ?? '') }
    await world.checkpointDocuments.deleteMany({})
    const again = await world.anotherProcess()
    await again.checkpointer.look()
    for (let times = 0; times < 3; times += 1) {
      await again.log.record(numbered(1, 1))
      await again.checkpointer.look()
    }
    expect((await world.verify()).kind).toBe('intact')
    for (const after of [noted, null]) {
      expect(await world.verify({ noted, after })).toMatchObject({ break: { fault: 'REWRITTEN', checkpoint: 3 } })
    }
  })

  it('a checkpoint with another signature', async () => {
    const signed = await checkpointSigner(otherRing).sign(await statementOf(4))
    await replace(4, { signed })
    await expectBreak('FORGED', { checkpoint: 4 })
    await replace(4, {
      signed: await checkpointSigner({ current: { ...otherRing.current, id: 'k1' } }).sign(await statementOf(4)),
    })
    await expectBreak('FORGED', { checkpoint: 4 })
  })

  it('a checkpoint in the middle that was signed anew: the next one names another', async () => {
    const statement = await statementOf(2)
    await replace(2, { signed: await checkpointSigner(ring).sign({ ...statement, at: '2026-03-01T12:00:00.000Z' }) })
    await expectBreak('REWRITTEN', { checkpoint: 3 })
  })

  it('an older checkpoint in the place of a newer one', async () => {
    await replace(4, { signed: (await world.checkpoints.find(3))?.signed ?? '' })
    await expectBreak('FORGED', { checkpoint: 4 })
  })

  it.each<[string, (statement: Statement) => Statement]>([
    ['another root', (it) => ({ ...it, events: { ...it.events, root: 'f'.repeat(64) } })],
    ['another count', (it) => ({ ...it, events: { ...it.events, count: it.events.count + 1 } })],
    ['another total', (it) => ({ ...it, events: { ...it.events, total: it.events.total + 1 } })],
    ['a stream that is left out', (it) => ({ ...it, heads: it.heads.slice(1) })],
    [
      'a head that begins earlier',
      (it) => ({ ...it, heads: it.heads.map((head) => ({ ...head, after: head.after - 1 })) }),
    ],
    ['another head', (it) => ({ ...it, heads: it.heads.map((head) => ({ ...head, hash: 'f'.repeat(64) })) })],
    ['another number', (it) => ({ ...it, number: 9 })],
    ['another root of open streams', (it) => ({ ...it, open: { ...it.open, root: 'f'.repeat(64) } })],
    ['another count of open streams', (it) => ({ ...it, open: { ...it.open, count: 9 } })],
  ])('a last checkpoint that was signed by the key with %s', async (_, change) => {
    await replace(4, { signed: await checkpointSigner(ring).sign(change(await statementOf(4))) })
    const outcome = await world.verify()
    expect(outcome).toMatchObject({ kind: 'broken', break: { checkpoint: 4 } })
  })

  it.each([
    ['nothing', ''],
    ['no JWS', 'a.b'],
    ['no signature', 'eyJhbGciOiJub25lIn0.e30.'],
  ])('a checkpoint that is %s', async (_, signed) => {
    await replace(4, { signed })
    await expectBreak('FORGED', { checkpoint: 4 })
  })

  it('a list of open streams that was altered beside the signature', async () => {
    await replace(4, { open: [] })
    await expectBreak('FORGED', { checkpoint: 4 })
  })
})
