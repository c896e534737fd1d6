import type { FactorType } from '../kernel/factor-type.js'
import type { RiskAssessment, RiskLevel } from './ports.js'
import type { Demand } from './requirement.js'

// The higher the risk, the stronger the factor must be: types that can be intercepted or relayed stop counting.
const FACTORS_AT: Readonly<Record<RiskLevel, readonly FactorType[] | null>> = {
  LOW: null,
  MEDIUM: null,
  HIGH: ['TOTP', 'WEBAUTHN', 'PUSH'],
  CRITICAL: ['WEBAUTHN'],
}

interface RiskQuestion {
  readonly risk: RiskAssessment | null
  readonly settings: { readonly riskProofSeconds: number }
}

/** What risk requires in addition to the guards; null: nothing. Low risk never lowers what the guards require. */
export function riskDemand({ risk, settings }: RiskQuestion): Demand | null {
  if (risk?.verdict !== 'CHALLENGE') return null
  return {
    assurance: 'MFA',
    withinSeconds: settings.riskProofSeconds,
    factors: FACTORS_AT[risk.level],
    strongest: false,
  }
}
