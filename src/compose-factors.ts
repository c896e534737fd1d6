import type { AuditLog } from './audit/index.js'
import type { Config } from './config/index.js'
import type { Mailer } from './delivery/index.js'
import type { FactorKind, FactorKinds } from './factors/index.js'
import { recoveryFactor } from './factors/recovery/index.js'
import { passkeyFactor, type RelyingParty } from './factors/webauthn/index.js'
import { totpFactor } from './factors/totp/index.js'
import type { Clock } from './kernel/clock.js'
import type { Logger } from './kernel/logger.js'
import type { Messages } from './kernel/messages.js'
import type { Secrets } from './kernel/secrets.js'
import type { Budgets, LimitsDeps } from './limits/index.js'

export interface ComposeFactorsDeps {
  readonly config: Config
  readonly secrets: Secrets
  readonly limits: LimitsDeps
  readonly budgets: Budgets
  readonly audit: AuditLog
  readonly clock: Clock
  readonly logger: Logger
  readonly messages: Messages
  readonly mailer: Mailer
  readonly relyingParty: RelyingParty
}

/** The kinds of factor in use. Adding one is a folder in factors/ and a line here. */
export function composeFactors({ config, secrets, relyingParty }: ComposeFactorsDeps): FactorKinds {
  const { totpSeconds, otherSeconds } = config.challenges
  const kinds: readonly FactorKind[] = [
    totpFactor(
      { secrets },
      { issuer: config.serviceName, pastSteps: config.mfa.totpPastSteps, challengeSeconds: totpSeconds },
    ),
    passkeyFactor({ secrets, relyingParty }, { challengeSeconds: totpSeconds }),
    recoveryFactor({ secrets }, { codes: 10, challengeSeconds: otherSeconds }),
  ]
  const enabled: readonly string[] = [...config.factors.enabled, 'RECOVERY_CODE']
  return new Map(kinds.filter(({ type }) => enabled.includes(type)).map((kind) => [kind.type, kind]))
}
