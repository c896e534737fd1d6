import type { AuditLog } from '../audit/index.js'
import { ConfigError, type Config } from '../config/index.js'
import type { Mailer } from '../delivery/index.js'
import { emailFactor } from '../factors/email/index.js'
import type { FactorKind, FactorKinds, PushDelivery, PushSubscriptions, TextSender } from '../factors/index.js'
import { pushFactor } from '../factors/push/index.js'
import { recoveryFactor } from '../factors/recovery/index.js'
import { isPhoneRegion, smsFactor, type SmsSettings } from '../factors/sms/index.js'
import { passkeyFactor, type RelyingParty } from '../factors/webauthn/index.js'
import { totpFactor } from '../factors/totp/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/logger.js'
import type { Messages } from '../kernel/messages.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Budgets, LimitsDeps } from '../limits/index.js'

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
  /** Null where nobody carries text messages. */
  readonly texts: TextSender | null
  readonly relyingParty: RelyingParty
  readonly pushDelivery: PushDelivery
  readonly pushDevices: PushSubscriptions
  /** Where an address is, as ISO 3166-1 alpha-2; null when nobody knows. */
  readonly countryOf: (address: string) => string | null
}

/** The kinds of factor in use. Adding one is a folder in factors/ and a line here. */
export function composeFactors(deps: ComposeFactorsDeps): FactorKinds {
  const { config, secrets, texts, relyingParty } = deps
  const { totpSeconds, otherSeconds } = config.challenges
  const shares = config.limitShares
  // In the order in which they are offered: the strongest first.
  const kinds: readonly FactorKind[] = [
    passkeyFactor({ secrets, relyingParty }, { challengeSeconds: totpSeconds }),
    totpFactor(
      { secrets },
      { issuer: config.serviceName, pastSteps: config.mfa.totpPastSteps, challengeSeconds: totpSeconds },
    ),
    pushFactor(
      { ...deps, delivery: deps.pushDelivery, subscriptions: deps.pushDevices },
      {
        publicUrl: config.server.publicUrl,
        connectSeconds: otherSeconds,
        challengeSeconds: otherSeconds,
        rate: config.factors.pushRate,
        knownReserve: 1 - shares.unknownDevice,
      },
    ),
    ...(texts ? [smsFactor({ ...deps, texts, shares }, smsSettings(config))] : []),
    emailFactor({ ...deps, shares }, { challengeSeconds: otherSeconds }),
    recoveryFactor({ secrets }, { codes: 10, challengeSeconds: otherSeconds }),
  ]
  const enabled: readonly string[] = [...config.factors.enabled, 'RECOVERY_CODE']
  return new Map(kinds.filter(({ type }) => enabled.includes(type)).map((kind) => [kind.type, kind]))
}

function smsSettings({ challenges, factors, server }: Config): SmsSettings {
  const { smsDefaultRegion: defaultRegion } = factors
  if (defaultRegion !== null && !isPhoneRegion(defaultRegion)) {
    throw new ConfigError([{ setting: 'STEPGATE_SMS_DEFAULT_REGION', says: 'must be a country such as DE or GB' }])
  }
  return { challengeSeconds: challenges.otherSeconds, defaultRegion, host: new URL(server.publicUrl).hostname }
}
