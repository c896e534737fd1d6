import type { FactorType } from '../kernel/factor-type.js'
import type { RiskLevel, Verdict } from './risk.js'

export interface VerdictDecision {
  readonly verdict: Verdict
  /** Which of the person's factors may answer a `CHALLENGE`; empty with `CHALLENGE`: they have none. */
  readonly acceptedFactors: readonly FactorType[]
}

const STRONG: readonly FactorType[] = ['WEBAUTHN', 'TOTP', 'PUSH']

/** What a level means for a person with these active factors. The only place where a level becomes a verdict. */
export function decideVerdict(level: RiskLevel, factorTypes: readonly FactorType[]): VerdictDecision {
  const has = [...new Set(factorTypes)]
  switch (level) {
    case 'LOW':
      return { verdict: 'ALLOW', acceptedFactors: [] }
    case 'MEDIUM':
      return { verdict: 'CHALLENGE', acceptedFactors: has }
    case 'HIGH': {
      const strong = has.filter((type) => STRONG.includes(type))
      // Blocking people who only ever enrolled weaker factors would lock them out after every password reset.
      return { verdict: 'CHALLENGE', acceptedFactors: strong.length > 0 ? strong : has }
    }
    case 'CRITICAL':
      if (has.includes('WEBAUTHN')) return { verdict: 'CHALLENGE', acceptedFactors: ['WEBAUTHN'] }
      return { verdict: 'BLOCK', acceptedFactors: [] }
  }
}
