import { assessRiskBy, RISK_MODEL } from '../../../src/risk/assess-risk.js'
import type { Suspect } from '../../../src/risk/model/attackers.js'
import { foldEvidence } from '../../../src/risk/model/fold-evidence.js'
import { INSTALLED, type Variant } from '../stepgate/judge-events.js'

/** An average person, as in Freeman et al. */
const ANYBODY: Suspect = {
  share: 1,
  country: 'population',
  network: 'population',
  agent: 'population',
  token: 'none',
}

/** Against one attacker who is like the population, instead of six who know some of the person's habits. */
export const withoutMixture: Variant = {
  ...INSTALLED,
  assess: (deps, facts) =>
    assessRiskBy({ ...RISK_MODEL, fold: (groups) => foldEvidence(groups, [ANYBODY]) }, deps, facts),
}
