import { assessRiskBy, RISK_MODEL } from '../../../src/risk/assess-risk.js'
import { foldEvidence } from '../../../src/risk/model/fold-evidence.js'
import { INSTALLED, type Variant } from '../stepgate/judge-events.js'

const UNBOUNDED = [-Infinity, Infinity] as const

/** Every group may say as much as its ratio does. */
export const withoutCaps: Variant = {
  ...INSTALLED,
  assess: (deps, facts) =>
    assessRiskBy(
      { ...RISK_MODEL, fold: (groups) => foldEvidence(groups.map((group) => ({ ...group, bounds: UNBOUNDED }))) },
      deps,
      facts,
    ),
}
