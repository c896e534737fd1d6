import type { FactorType } from '../kernel/factor-type.js'
import type { RiskLevel, Verdict } from './risk.js'

export interface VerdictDecision {
  readonly verdict: Verdict
  /** Which of the account's factors may answer a `CHALLENGE`. Empty with `CHALLENGE`: the account has none of them. */
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
    case 'HIGH':
      // Never a code sent through a phone network or a mailbox, even for accounts that have nothing else (0035).
      return { verdict: 'CHALLENGE', acceptedFactors: has.filter((type) => STRONG.includes(type)) }
    case 'CRITICAL':
      if (has.includes('WEBAUTHN')) return { verdict: 'CHALLENGE', acceptedFactors: ['WEBAUTHN'] }
      return { verdict: 'BLOCK', acceptedFactors: [] }
  }
}
