import { verifyLog, verifyPart, type PartReport, type StreamReader } from '../../src/audit/index.js'
import { noteVerified } from '../../src/audit/verify/note-verified.js'
import type { CoveredPart } from '../../src/audit/verify/verify-part.js'
import type { NotedCheckpoint } from '../../src/audit/index.js'
import { auditWorld, findKeyIn, numbered, ring, STORES, type AuditWorld } from '../audit/support/audit-world.js'

describe.each(STORES)('verifying the audit log on the %s store', (kind) => {
  let world: AuditWorld
  beforeEach(async () => {
    world = await auditWorld(kind)
    await world.log.record(numbered(1, 20))
    await world.checkpointer.look()
  })
  afterEach(() => world.close())

  /** Checks with a store whose own count is off, and tells how often events were counted exactly. */
  async function verifyCounted(off: number) {
    let exactly = 0
    const exact = (count: () => Promise<number>) => (): Promise<number> => {
      exactly += 1
      return count()
    }
    const events: StreamReader = {
      ...world.audit,
      size: async () => (await world.audit.size()) + off,
      count: exact(world.audit.count),
      unplaced: exact(world.audit.unplaced),
    }
    const { checkpoints } = world
    const parts = { atOnce: 1, verify: verifyPart.bind(null, { events, findKey: findKeyIn(ring) }) }
    return { outcome: await verifyLog({ events, checkpoints, parts }), exactly }
  }

  it('counts nothing exactly as long as the store’s own count agrees', async () => {
    expect(await verifyCounted(0)).toMatchObject({ outcome: { kind: 'intact', checked: 20 }, exactly: 0 })
  })

  it('does not take a store that counts too many, as after a crash, for a broken log', async () => {
    expect(await verifyCounted(3)).toMatchObject({ outcome: { kind: 'intact', checked: 20 }, exactly: 1 })
    expect((await verifyCounted(-3)).outcome.kind).toBe('intact')
  })

  it('still finds an event that was put beside every stream', async () => {
    await world.events.insert([{ _id: 'planted', sequence: -7, hash: '' } as never])
    const { outcome } = await verifyCounted(0)
    expect(outcome).toMatchObject({ kind: 'broken', break: { fault: 'INSERTED' } })
    expect(await world.audit.unplaced()).toBe(1)
  })
})

describe('a check that is interrupted', () => {
  const part = (number: number): CoveredPart => ({
    kind: 'covered',
    checkpoints: [{ signed: `signed-${number}`, statement: { number } as never }],
    before: new Map(),
  })
  const report = (signed: number, over: Partial<PartReport> = {}): PartReport => ({
    ...{ checked: 5, break: null, signed },
    erasures: { count: 0, erasedAccounts: [], losses: [] },
    ...over,
  })
  const loss = { accounts: ['a'], stream: 's', sequence: 1, eventId: 'e', position: 0 }
  const lost = { erasures: { count: 1, erasedAccounts: [], losses: [loss] } }

  function noting(isOnRecord = false) {
    const noted: number[] = []
    const note = async ({ number }: NotedCheckpoint): Promise<void> => void noted.push(number)
    return { noted, follow: noteVerified({ isOnRecord: async () => isOnRecord, note }) }
  }

  it('resumes after the last part before which nothing is missing', async () => {
    const { noted, follow } = noting()
    await follow(1, part(2), report(2))
    expect(noted).toEqual([])
    await follow(0, part(1), report(1))
    await follow(3, part(4), report(4))
    expect(noted).toEqual([2])
    await follow(2, part(3), report(3))
    expect(noted).toEqual([2, 4])
  })

  it('never resumes behind a break, a missing signature, or a loss that no erasure explains', async () => {
    const broken = noting()
    await broken.follow(0, part(1), report(1, { break: { fault: 'EDITED' } as never }))
    await broken.follow(1, part(2), report(2))
    const unsigned = noting()
    await unsigned.follow(0, part(1), report(0))
    const unexplained = noting()
    await unexplained.follow(0, part(1), report(1, lost))
    expect([broken.noted, unsigned.noted, unexplained.noted]).toEqual([[], [], []])
    const { erasures } = report(2)
    await unexplained.follow(1, part(2), report(2, { erasures: { ...erasures, erasedAccounts: ['a'] } }))
    expect(unexplained.noted).toEqual([2])
    const onRecord = noting(true)
    await onRecord.follow(0, part(1), report(1, lost))
    expect(onRecord.noted).toEqual([1])
  })
})
