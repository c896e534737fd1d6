import { createClockWatch, type ClockWatchDeps } from '../../src/compose/clock-watch.js'
import type { AuditEvent, NewAuditEvent } from '../../src/audit/index.js'
import { movableClock, secondsAfter } from '../../src/kernel/clock.js'
import { silentLogger } from '../../src/kernel/logger.js'
import { DEFAULT_STEP_UP_RULE, newStepUpBudget, spendStepUpAttempt } from '../../src/limits/index.js'
import { ownStore } from '../support/own-store.js'
import { STORES } from '../support/stores.js'

const NOW = new Date('2026-03-01T12:00:00Z')

/** A watch over a store that is ahead by so many seconds; null: it has no clock. */
function watched(ahead: number | null, over: Partial<ClockWatchDeps> = {}) {
  const clock = movableClock(NOW)
  const recorded: NewAuditEvent[] = []
  const warnings: unknown[] = []
  const state = { ahead }
  const watch = createClockWatch({
    store: { now: async () => (state.ahead === null ? null : secondsAfter(clock.now(), state.ahead)) },
    auditStore: { find: async () => [] },
    audit: { record: async (events) => void recorded.push(...events) },
    logger: { ...silentLogger, warn: (fields) => void warnings.push(fields) },
    settings: { maxSkewSeconds: 2, checkSeconds: 300 },
    clock,
    ...over,
  })
  return { watch, clock, recorded, warnings, state }
}

describe('a gateway whose clock differs from that of the store', () => {
  it.each([3_600, -3_600, 2.5, -2.5])('says so when the store is ahead by %d s', async (ahead) => {
    const { watch, recorded, warnings } = watched(ahead)
    await watch.look()
    expect(watch.skew()?.seconds).toBeCloseTo(-ahead, 1)
    expect(warnings).toHaveLength(1)
    expect(recorded).toMatchObject([{ action: 'system.clock_skewed', actor: { type: 'SYSTEM' }, reason: 'store' }])
  })

  it.each([0, 1.5, -1.5, null])('says nothing when the store is ahead by %j s', async (ahead) => {
    const { watch, recorded, warnings } = watched(ahead)
    await watch.look()
    expect([watch.skew(), recorded, warnings]).toEqual([null, [], []])
  })

  it('says it once, until it was right in between', async () => {
    const { watch, recorded, state } = watched(60)
    for (const ahead of [60, 61, 0, 60]) {
      state.ahead = ahead
      await watch.look()
    }
    expect(recorded).toHaveLength(2)
  })

  it('does not blame the clock for a slow answer', async () => {
    const { watch } = watched(0, { store: { now: async () => secondsAfter(NOW, 2.1) } })
    const elapsed = import.meta.jest.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValueOnce(300)
    await watch.look()
    elapsed.mockRestore()
    expect(watch.skew()).toBeNull()
  })

  it('notices at the start that its own clock went back, by the newest event', async () => {
    const newest = { occurredAt: secondsAfter(NOW, 3_600) } as AuditEvent
    const { watch, recorded } = watched(null, { auditStore: { find: async () => [newest] } })
    await watch.look()
    expect(watch.skew()).toEqual({ seconds: -3_600, uncertaintySeconds: 0, against: 'newest-event' })
    expect(recorded).toMatchObject([{ reason: 'newest-event' }])
  })

  it('goes on when the store does not answer', async () => {
    const { watch, warnings } = watched(0, { store: { now: () => Promise.reject(new Error('away')) } })
    await watch.look()
    expect([watch.skew(), warnings.length]).toEqual([null, 1])
  })

  it('compares nothing when that is turned off', async () => {
    const { watch, recorded } = watched(3_600, { settings: { maxSkewSeconds: 0, checkSeconds: 300 } })
    await watch.look()
    expect([watch.skew(), recorded]).toEqual([null, []])
  })
})

describe.each(STORES)('the clock of the %s store', (kind) => {
  it('is that of the server, and there is none where the store is this process', async () => {
    const own = await ownStore(kind)
    await own.store.prepare()
    const theirs = await own.store.now()
    if (kind === 'embedded') expect(theirs).toBeNull()
    else expect(Math.abs((theirs?.getTime() ?? 0) - Date.now())).toBeLessThan(2_000)
    await own.discard()
  })
})

describe('a step-up lock that a clock from the future left behind', () => {
  const lockedUntil = secondsAfter(NOW, 12 * 365 * 86_400)

  it('does not hold for years', () => {
    const budget = { ...newStepUpBudget(), failures: 10, lockedUntil }
    expect(spendStepUpAttempt(budget, DEFAULT_STEP_UP_RULE, NOW)).toMatchObject({
      kind: 'spend',
      after: { failures: 1 },
    })
  })

  it('holds as long as it may have been set by a gateway whose clock is off by hours', () => {
    const budget = { ...newStepUpBudget(), failures: 10, lockedUntil: secondsAfter(NOW, 20 * 3_600) }
    expect(spendStepUpAttempt(budget, DEFAULT_STEP_UP_RULE, NOW)).toMatchObject({ kind: 'locked' })
  })
})
