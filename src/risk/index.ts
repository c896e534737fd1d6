export { assessRisk, type AssessedRisk } from './assess-risk.js'
export type { Contribution, ContributionCode, PersonReason } from './contribution.js'
export { describeContribution } from './describe-contribution.js'
export { decideVerdict, type VerdictDecision } from './decide-verdict.js'
export { isFamiliarNetwork } from './familiar-network.js'
export { isKnownNetwork } from './known-network.js'
export { binOfFingerprint } from './fingerprint-bin.js'
export { isSameClient } from './observation.js'
export type { DeviceTokenState, Key, ObservedAgent, Observation, Place, ProvedSession } from './observation.js'
export { countryOf, observe, type ObserveDeps, type ObserveInput } from './observe.js'
export { createPopulation, type MergedPopulation, type PopulationCounts } from './population/count-population.js'
export { emptyPopulation, type Population } from './population/population.js'
export {
  NO_ATTEMPT,
  RISK_PURPOSES,
  type Listed,
  type ListedSubject,
  type RiskDeps,
  type RiskFacts,
  type RiskPurpose,
} from './ports.js'
export { createPromptBudget, type PromptBudget, type PromptBudgetSettings } from './prompt-budget.js'
export { learnFrom, profileBegan, type LearnInput } from './learn-from.js'
export { describeProfile } from './profile/describe-profile.js'
export type { PackedProfile } from './profile/pack-profile.js'
export {
  DEFAULT_RISK_SETTINGS,
  riskSettings,
  type RiskAssessment,
  type RiskLevel,
  type RiskSettings,
  type Verdict,
} from './risk.js'

export { judgeLists, type ListedFrom, type ListJudgement } from './lists/judge-lists.js'
export {
  addressSubject,
  asnSubject,
  countrySubject,
  deviceSubject,
  LIST_KINDS,
  LIST_VERDICTS,
  listEntryId,
  networksAround,
  type AddressSubject,
  type ListEntry,
  type ListKind,
  type ListSubject,
  type ListVerdict,
} from './lists/list-entry.js'
export { createLists, type Lists } from './lists/lists.js'
export type { ListQuery, ListStore } from './lists/ports.js'
export { listedBy } from './lists/listed-by.js'
export { createRiskHash } from './risk-hash.js'
export type { CountedTally, Tally, TallyStore } from './tallies/ports.js'
export { shareCounts, type SharedCounts } from './tallies/sharing.js'
export type { LabelChange, Labelled, LabelOutcome, RiskLabelStore } from './labels/ports.js'
export { relearn, RISK_LABELS, type RiskLabel } from './labels/relearn.js'
export { KEPT_DAYS } from './profile/profile.js'
