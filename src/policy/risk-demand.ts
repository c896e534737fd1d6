import type { FactorType } from '../kernel/factor-type.js'
import type { RiskAssessment, RiskLevel } from './ports.js'
import type { Demand } from './requirement.js'

// The answer has to be worth more the more unusual the request is: what can be relayed or intercepted counts no longer.
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

/** What a risk challenge asks on top of the guards; null when there is none. Low risk never takes anything away. */
export function riskDemand({ risk, settings }: RiskQuestion): Demand | null {
  if (risk?.verdict !== 'CHALLENGE') return null
  return {
    assurance: 'MFA',
    withinSeconds: settings.riskProofSeconds,
    factors: FACTORS_AT[risk.level],
    strongest: false,
  }
}
