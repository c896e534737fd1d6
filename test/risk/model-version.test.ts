import { assessRisk, type RiskFacts } from '../../src/risk/index.js'
import { RISK_MODEL_VERSION } from '../../src/risk/assess-risk.js'
import { ADDRESS, ago, FIREFOX, IPHONE, originOf, riskDeps, signInFacts, trusted } from './facts.js'

/** What version 1 scores, to six digits. A change that changes them raises `RISK_MODEL_VERSION`. */
const SCORES: readonly (readonly [string, Partial<RiskFacts>, number])[] = [
  ['a remembered device at home', trusted, -10.678711],
  ['no token, at home', {}, -3.014648],
  [
    'another browser in another network',
    { origin: originOf({ address: ADDRESS.otherNetwork, userAgent: FIREFOX }) },
    4.019531,
  ],
  ['a phone abroad', { origin: originOf({ address: ADDRESS.abroad, userAgent: IPHONE }) }, 6.149414],
  ['wrong passwords nearby', { failedHere: 3, namesFailedNearby: 9 }, 0.485352],
  ['a changed credential', { credentialChangedAt: ago(2) }, 4.125],
]

describe('the version of the risk model', () => {
  it.each(SCORES)('stays while %s scores the same', (_, over, score) => {
    expect(assessRisk(riskDeps(), signInFacts(over)).score).toBeCloseTo(score, 6)
  })

  it('is in every assessment, with the threshold and the budget that applied', () => {
    const thresholds = { low: -0.5, medium: 3, high: 8 }
    expect(assessRisk(riskDeps(), signInFacts({ thresholds }))).toMatchObject({
      modelVersion: RISK_MODEL_VERSION,
      threshold: -0.5,
      promptBudget: null,
    })
  })
})
