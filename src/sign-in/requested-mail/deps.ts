import type { AuditLog } from '../../audit/index.js'
import type { Clock } from '../../kernel/clock.js'
import type { Mailer } from '../../kernel/mailer.js'
import type { Secrets } from '../../kernel/secrets.js'
import type { Budgets, LimitsDeps } from '../../limits/index.js'
import type { RiskDeps } from '../../risk/index.js'
import type { SessionStore } from '../../sessions/index.js'
import type { SignInRules } from '../rules.js'

export interface RequestedMailDeps {
  readonly limits: LimitsDeps
  readonly budgets: Budgets
  readonly mailer: Mailer
  readonly sessions: Pick<SessionStore, 'findPersonByEmail'>
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
  readonly risk: RiskDeps
  readonly rules: Pick<SignInRules, 'devices'>
}
