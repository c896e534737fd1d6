import type { AuditLog, AuditStore, NewAuditEvent } from '../audit/index.js'
import { secondsBetween, type Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/logger.js'
import { repeatEvery } from '../kernel/repeat.js'
import type { Store } from '../store/index.js'

export interface ClockWatchDeps {
  readonly store: Pick<Store, 'now'>
  readonly auditStore: Pick<AuditStore, 'find'>
  readonly audit: Pick<AuditLog, 'record'>
  readonly clock: Clock
  readonly logger: Logger
  /** `maxSkewSeconds` 0: nothing is compared. */
  readonly settings: { readonly maxSkewSeconds: number; readonly checkSeconds: number }
}

/** How far the clock of this gateway is from another one. Positive: it is ahead. */
export interface ClockSkew {
  readonly seconds: number
  /** The answer took twice as long, so the true difference lies within so many seconds of it. */
  readonly uncertaintySeconds: number
  /** What it was compared with: the clock of the store, or the newest event, which cannot be from the future. */
  readonly against: 'store' | 'newest-event'
}

export interface ClockWatch {
  /** The last difference that is too large; null: there is none. */
  skew(): ClockSkew | null
  /** Compares now. Never rejects. */
  look(): Promise<void>
  /** Compares again and again. */
  start(): void
  stop(): Promise<void>
}

/**
 * Compares the clock of this gateway with that of the store, and at the start with the newest event. It only tells: the
 * gateway keeps working by its own clock (R175).
 */
export function createClockWatch(deps: ClockWatchDeps): ClockWatch {
  const { logger } = deps
  const { maxSkewSeconds, checkSeconds } = deps.settings
  let current: ClockSkew | null = null
  let hasLookedAtEvents = false
  let repeated: ReturnType<typeof repeatEvery> | null = null

  const tooLarge = (skew: ClockSkew | null): ClockSkew | null =>
    skew !== null && Math.abs(skew.seconds) - skew.uncertaintySeconds > maxSkewSeconds ? skew : null

  async function compare(): Promise<ClockSkew | null> {
    const skew = tooLarge(await skewFromStore(deps))
    if (skew !== null || hasLookedAtEvents) return skew
    const behind = tooLarge(await behindNewestEvent(deps))
    // Later, every event from the future would be from another gateway, which looks at its own clock.
    hasLookedAtEvents = true
    return behind
  }

  async function look(): Promise<void> {
    try {
      const skew = await compare()
      const isNews = skew !== null && current?.against !== skew.against
      if (skew === null && current !== null) logger.info({}, 'the clock is right again')
      current = skew
      if (skew === null || !isNews) return
      logger.warn(
        { ...skew },
        'the clock of this gateway is wrong, or that of the store: codes and expiries depend on it',
      )
      await deps.audit.record([eventOf(skew)])
    } catch (err) {
      logger.warn({ err }, 'the clock could not be compared with that of the store')
    }
  }

  const isOn = maxSkewSeconds > 0
  return {
    skew: () => current,
    look: async () => {
      if (isOn) await look()
    },
    start: () => {
      if (isOn) repeated ??= repeatEvery(checkSeconds, look)
    },
    stop: async () => {
      await repeated?.stop()
    },
  }
}

/** Null: the store has no clock of its own. */
export async function skewFromStore({
  store,
  clock,
}: Pick<ClockWatchDeps, 'store' | 'clock'>): Promise<ClockSkew | null> {
  const [before, startedAt] = [clock.now(), performance.now()]
  const theirs = await store.now()
  if (theirs === null) return null
  // The store read its clock at some moment of the round trip; its middle is wrong by half of it at most.
  const half = (performance.now() - startedAt) / 2_000
  return {
    seconds: rounded(-secondsBetween(before, theirs) + half),
    uncertaintySeconds: rounded(half),
    against: 'store',
  }
}

async function behindNewestEvent({ auditStore, clock }: ClockWatchDeps): Promise<ClockSkew | null> {
  const [newest] = await auditStore.find({ filter: {}, order: 'NEWEST_FIRST', limit: 1 })
  const seconds = newest ? secondsBetween(newest.occurredAt, clock.now()) : 0
  return seconds < 0 ? { seconds: rounded(seconds), uncertaintySeconds: 0, against: 'newest-event' } : null
}

const eventOf = ({ seconds, uncertaintySeconds, against }: ClockSkew): NewAuditEvent => ({
  action: 'system.clock_skewed',
  actor: { id: null, type: 'SYSTEM' },
  targets: [],
  outcome: 'FAILURE',
  reason: against,
  context: null,
  metadata: { skewSeconds: seconds, uncertaintySeconds },
})

const rounded = (seconds: number): number => Math.round(seconds * 1_000) / 1_000
