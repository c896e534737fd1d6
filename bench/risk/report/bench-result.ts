import { DECISION_QUANTILES, figure, type Figures } from '../measure/figure.js'
import { mergeSeeds, type Merged } from '../measure/merge-seeds.js'
import type { SeedResult } from '../run/run-seed.js'

/** All seeds together, as the report tells it. */
export interface BenchResult {
  readonly seeds: readonly number[]
  readonly people: number
  /** Of all seeds together. */
  readonly signIns: number
  readonly wrongPasswords: number
  readonly attacks: number
  readonly policies: readonly PolicyResult[]
  /** Ours whole and without each of its parts, in worlds of their own. */
  readonly ablations: Ablations
}

export interface Ablations {
  readonly seeds: readonly number[]
  readonly people: number
  readonly policies: readonly PolicyResult[]
}

export interface PolicyResult {
  readonly name: string
  readonly figures: Merged
}

/** `alone` is a run that had the machine for itself: how long decisions took is taken from it. */
export function benchResult(
  results: readonly SeedResult[],
  ablated: readonly SeedResult[],
  alone: SeedResult,
): BenchResult {
  const sum = (of: (result: SeedResult) => number): number => results.reduce((total, result) => total + of(result), 0)
  return {
    seeds: results.map(({ seed }) => seed),
    people: peopleIn(results),
    signIns: sum(({ signIns }) => signIns),
    wrongPasswords: sum(({ wrongPasswords }) => wrongPasswords),
    attacks: sum(({ attacks }) => attacks),
    policies: namesIn(results).map((name) => {
      const times = mergeSeeds(figuresNamed([alone], name).map(timesIn))
      return { name, figures: { ...mergeSeeds(figuresNamed(results, name)), ...times } }
    }),
    ablations: {
      seeds: ablated.map(({ seed }) => seed),
      people: peopleIn(ablated),
      policies: namesIn(ablated).map((name) => ({ name, figures: mergeSeeds(figuresNamed(ablated, name)) })),
    },
  }
}

const peopleIn = (results: readonly SeedResult[]): number => Math.max(0, ...results.map(({ people }) => people))

const namesIn = (results: readonly SeedResult[]): readonly string[] => [
  ...new Set(results.flatMap(({ policies }) => policies.map(({ name }) => name))),
]

function figuresNamed(results: readonly SeedResult[], name: string): readonly Figures[] {
  return results.flatMap(({ policies }) =>
    policies.filter((policy) => policy.name === name).map((each) => each.figures),
  )
}

function timesIn(figures: Figures): Figures {
  const names: readonly string[] = DECISION_QUANTILES.map((quantile) => figure.decisionTime(quantile))
  return Object.fromEntries(Object.entries(figures).filter(([name]) => names.includes(name)))
}
