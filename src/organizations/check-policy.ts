import { isAtLeast, strongest, type Assurances } from '../kernel/assurance.js'
import { secondsAfter } from '../kernel/clock.js'
import type { FactorType } from '../kernel/factor-type.js'
import { areRising, type RiskThresholds } from '../kernel/risk-thresholds.js'
import type { Sentence } from '../kernel/sentences.js'
import type { OrganizationMfaPolicy } from './organization.js'

export interface PolicyBounds {
  readonly now: Date
  readonly assurances: Assurances
  /** The kinds of factor that the installation uses. */
  readonly inUse: readonly FactorType[]
}

export interface PolicyMistake {
  readonly field: string
  readonly says: Sentence
}

/** Shorter would keep members from working; longer than any session would have no effect. */
const MIN_AGE_SECONDS = 300
const MAX_AGE_SECONDS = 2_592_000
const MAX_GRACE_SECONDS = 31_536_000
/**
 * Ordinary sign-ins score below 0: no administrator can set a threshold that stops them for a password and any second
 * factor.
 */
const LOWEST_SCORES: RiskThresholds = { low: -20, medium: 0, high: 4 }
const HIGHEST_SCORE = 30

/** The mistakes in a well-formed policy; empty when there are none. */
export function checkPolicy(policy: OrganizationMfaPolicy, bounds: PolicyBounds): readonly PolicyMistake[] {
  return RULES.flatMap(({ field, says, isBroken }) => (isBroken(policy, bounds) ? [{ field, says }] : []))
}

const isWithinBounds = ({ low, medium, high }: RiskThresholds): boolean =>
  low >= LOWEST_SCORES.low && medium >= LOWEST_SCORES.medium && high >= LOWEST_SCORES.high && high <= HIGHEST_SCORE

interface Rule extends PolicyMistake {
  readonly isBroken: (policy: OrganizationMfaPolicy, bounds: PolicyBounds) => boolean
}

const RULES: readonly Rule[] = [
  {
    field: 'methods',
    says: { id: 'organization.policy-type-not-offered' },
    isBroken: ({ methods }, { inUse }) => methods?.some((type) => !inUse.includes(type)) ?? false,
  },
  {
    field: 'methods',
    says: { id: 'organization.policy-types-too-weak' },
    isBroken: ({ methods, roles }, { inUse, assurances }) => {
      const wanted = strongest(['MFA', ...roles.map(({ assurance }) => assurance)])
      return !(methods ?? inUse).some((type) => isAtLeast(assurances.of(type), wanted))
    },
  },
  {
    field: 'riskThresholds',
    says: { id: 'organization.policy-window', values: { ...LOWEST_SCORES, highest: HIGHEST_SCORE } },
    isBroken: ({ riskThresholds: given }) => given !== null && !(areRising(given) && isWithinBounds(given)),
  },
  {
    field: 'enrollmentGraceUntil',
    says: { id: 'organization.policy-deadline' },
    isBroken: ({ enrollmentGraceUntil: until }, { now }) =>
      until !== null && !(until > now && until <= secondsAfter(now, MAX_GRACE_SECONDS)),
  },
  {
    field: 'maxAgeSeconds',
    says: { id: 'organization.policy-age', values: { min: MIN_AGE_SECONDS, max: MAX_AGE_SECONDS } },
    isBroken: ({ maxAgeSeconds: age }) => age !== null && !(age >= MIN_AGE_SECONDS && age <= MAX_AGE_SECONDS),
  },
  {
    field: 'roles',
    says: { id: 'organization.policy-roles' },
    isBroken: ({ roles }) =>
      new Set(roles.map(({ role }) => role)).size < roles.length ||
      roles.some(({ assurance }) => assurance === 'ONE_FACTOR'),
  },
]
