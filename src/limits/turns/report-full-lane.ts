import type { AuditLog } from '../../audit/index.js'
import type { Logger } from '../../kernel/logger.js'
import { windowOf, type Budgets } from '../budgets.js'
import { limitReached } from '../limit-reached.js'
import { spend, type LimitsDeps } from '../spend.js'
import type { Lane } from './lanes.js'
import type { TurnsDeps } from './turns.js'

export interface ReportFullLaneDeps {
  readonly limits: LimitsDeps
  readonly budgets: Pick<Budgets, 'passwordTurns'>
  readonly audit: AuditLog
  readonly logger: Logger
}

/** Reports a full lane once in each window: in the log of every process, and with one event of all of them together. */
export function reportFullLane({ limits, budgets, audit, logger }: ReportFullLaneDeps): TurnsDeps['onFull'] {
  const budget = budgets.passwordTurns
  const reportedUntil = new Map<Lane, Date>()
  return async (lane, { context }) => {
    const now = limits.clock.now()
    if ((reportedUntil.get(lane) ?? now) > now) return
    reportedUntil.set(lane, windowOf(budget, now).endsAt)
    logger.warn({ lane }, 'callers are refused: too many passwords are waiting to be hashed')
    const report = await spend(limits, budget, lane)
    if (report.kind === 'allowed') await audit.record([{ ...limitReached(budget.name, context), reason: lane }])
  }
}
