import type { Config } from '../config/index.js'
import { OFFER_ORDER } from '../kernel/factor-type.js'
import type { MfaRule } from '../kernel/mfa-rule.js'

/** The configuration as the rules of sign-ins, challenges and sessions read it. */
export const rulesOf = (config: Config) => ({
  sessions: {
    lifetimes: config.sessions,
    secretTimes: config.sessions.secretTimes,
    maxSessions: config.sessions.perAccount,
    maxPendingSessions: config.sessions.pendingPerAccount,
  },
  devices: {
    rememberDays: config.devices.rememberedDays,
    maxPerAccount: config.devices.perAccount,
    secretTimes: config.sessions.secretTimes,
  },
  challenges: { ...config.challenges, factorFailureLimit: config.mfa.factorFailureLimit },
  stepUp: { ...config.mfa.stepUpBudget, lockSeconds: config.mfa.stepUpLockSeconds },
  mfaTokenSeconds: config.mfa.tokenSeconds,
  maxStepUps: config.mfa.stepUpsPerSession,
  maxFactors: config.mfa.factorsPerAccount,
  factorLifetimeSeconds: config.factors.lifetimeSeconds,
  recoveryCodeReEnrolls: config.factors.recoveryCodeUse === 'REENROLL',
  riskReportOnly: config.risk.reportOnly,
})

/** The rule for every account, which its organizations can only tighten. */
export function installationRule({ mfa, factors }: Config): MfaRule {
  const methods = OFFER_ORDER.filter((type) => (factors.enabled as readonly string[]).includes(type))
  return {
    required: mfa.policy === 'REQUIRED',
    methods,
    recoveryCodes: true,
    rememberedDevices: true,
    riskThresholds: null,
    session: null,
    setAside: null,
  }
}
