import type { DeviceSettings } from '../devices/index.js'
import type { SessionRules } from '../sessions/index.js'

/** What the configuration says about sign-ins. */
export interface SignInRules {
  readonly sessions: SessionRules
  readonly devices: DeviceSettings
  /** Lifetime of a step-up context. */
  readonly mfaTokenSeconds: number
  /** Whether risk is only recorded, without affecting sign-ins. */
  readonly riskReportOnly: boolean
}
