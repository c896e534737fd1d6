import { figure } from '../measure/figure.js'
import { DAILY, PRIVATE_MODE } from '../measure/groups.js'
import type { Spread } from '../measure/merge-seeds.js'
import type { BenchResult, PolicyResult } from './bench-result.js'
import { amount, percent } from './format.js'

/** The policy the targets are about. */
export const OURS = 'Stepgate'

export interface TargetOutcome {
  readonly target: string
  /** What was measured, for people. */
  readonly measured: string
  readonly outcome: 'met' | 'missed' | 'not measured'
}

interface Target {
  readonly says: string
  readonly name: string
  /** Another figure without which this one means nothing. */
  readonly needs?: string
  readonly isMet: (mean: number) => boolean
  readonly format: (spread: Spread) => string
}

const ATTACKERS = ['naive', 'vpn', 'residential', 'targeted', 'relay']
const BLOCKED = 0.98

const atMost = (most: number) => (mean: number) => mean <= most
const below = (limit: number) => (mean: number) => mean < limit
const microseconds = (spread: Spread): string => `${amount(spread)} µs`

const TARGETS: readonly Target[] = [
  ...ATTACKERS.map((attacker) => ({
    says: `98 % of ${attacker} stopped at ≤ 5 % prompts`,
    name: figure.promptRate(attacker, BLOCKED),
    isMet: atMost(0.05),
    format: percent,
  })),
  ...ATTACKERS.map((attacker) => ({
    says: `98 % of ${attacker} stopped at ≤ 3 % prompts, without private-mode people`,
    name: figure.promptRateWithoutPrivate(attacker, BLOCKED),
    needs: figure.defaultPromptRate(PRIVATE_MODE),
    isMet: atMost(0.03),
    format: percent,
  })),
  {
    says: 'median prompts in 20 sign-ins ≤ 1 where 98 % of targeted are stopped (published Freeman: 2)',
    name: figure.reauthentications('targeted', BLOCKED, 20),
    isMet: atMost(1),
    format: amount,
  },
  {
    says: 'median prompts in 20 sign-ins ≤ 2 where 99.5 % of targeted are stopped (published Freeman: 5)',
    name: figure.reauthentications('targeted', 0.995, 20),
    isMet: atMost(2),
    format: amount,
  },
  {
    says: 'at most 1 prompt in 95 % of the months of daily people, as installed',
    name: figure.monthly(DAILY, 'p95'),
    isMet: atMost(1),
    format: amount,
  },
  {
    says: 'prompt rate in the campaign < 1.5 times the quiet one, as installed',
    name: figure.campaignRatio(),
    isMet: below(1.5),
    format: amount,
  },
  { says: 'decision p99 < 0.5 ms', name: figure.decisionTime(0.99), isMet: below(500), format: microseconds },
]

/** What became of each target, by the mean over the seeds. */
export function targetOutcomes({ policies }: BenchResult): readonly TargetOutcome[] {
  const ours = policies.find(({ name }) => name === OURS)
  return TARGETS.map((target) => outcomeOf(target, ours))
}

function outcomeOf({ says, name, needs, isMet, format }: Target, ours: PolicyResult | undefined): TargetOutcome {
  const spread = ours?.figures[name]
  const isMeasured = needs === undefined || ours?.figures[needs] !== undefined
  if (!spread || !isMeasured) return { target: says, measured: '–', outcome: 'not measured' }
  return { target: says, measured: format(spread), outcome: isMet(spread.mean) ? 'met' : 'missed' }
}
