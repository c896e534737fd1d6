import type { DeviceSettings } from '../devices/index.js'
import type { SessionRules } from '../sessions/index.js'

/** What the configuration says about sign-ins. */
export interface SignInRules {
  readonly sessions: SessionRules
  readonly devices: DeviceSettings
  /** Lifetime of the context of a step-up. */
  readonly mfaTokenSeconds: number
  /** Whether risk is written down and not acted on. */
  readonly riskReportOnly: boolean
}
