import { ConfigError, type Config } from '../config/index.js'
import { emailFactor } from '../factors/email/index.js'
import type { FactorKind, FactorKinds } from '../factors/index.js'
import { pushFactor } from '../factors/push/index.js'
import { recoveryFactor } from '../factors/recovery/index.js'
import { isPhoneRegion, smsFactor, type SmsSettings } from '../factors/sms/index.js'
import { passkeyFactor } from '../factors/webauthn/index.js'
import { totpFactor } from '../factors/totp/index.js'
import type { Adapters } from './adapters.js'
import type { Services } from './services.js'

/** The kinds of factor in use. A new kind is a folder in factors/ and a line here. */
export function composeFactors(
  { config, secrets, clock, logger, messages, delivery, relyingParty, repositories, risk }: Adapters,
  { limits, budgets, audit }: Services,
): FactorKinds {
  const { mailer, texts, push } = delivery
  const messaging = { secrets, limits, budgets, audit, clock, logger, messages }
  const { totpSeconds, otherSeconds } = config.challenges
  const shares = config.limitShares
  // In the order in which they are offered: the strongest first.
  const kinds: readonly FactorKind[] = [
    passkeyFactor({ secrets, relyingParty }, { challengeSeconds: totpSeconds }),
    totpFactor(
      { secrets },
      {
        issuer: config.serviceName,
        pastSteps: config.mfa.totpPastSteps,
        stepsAhead: config.mfa.totpStepsAhead,
        maxDriftSteps: config.mfa.totpMaxDriftSteps,
        challengeSeconds: totpSeconds,
      },
    ),
    pushFactor(
      { ...messaging, delivery: push, subscriptions: repositories.pushDevices, countryOf: risk.countryOf },
      {
        publicUrl: config.server.publicUrl,
        connectSeconds: otherSeconds,
        challengeSeconds: otherSeconds,
        rate: config.factors.pushRate,
        knownReserve: 1 - shares.unknownDevice,
      },
    ),
    ...(texts ? [smsFactor({ ...messaging, texts, shares }, smsSettings(config))] : []),
    emailFactor({ ...messaging, mailer, shares }, { challengeSeconds: otherSeconds }),
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
