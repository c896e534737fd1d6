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
}

export interface PolicyResult {
  readonly name: string
  readonly figures: Merged
}

/** `alone` is a run that had the machine for itself: how long decisions took is taken from it. */
export function benchResult(results: readonly SeedResult[], alone: SeedResult): BenchResult {
  const sum = (of: (result: SeedResult) => number): number => results.reduce((total, result) => total + of(result), 0)
  const names = new Set(results.flatMap(({ policies }) => policies.map(({ name }) => name)))
  return {
    seeds: results.map(({ seed }) => seed),
    people: Math.max(0, ...results.map(({ people }) => people)),
    signIns: sum(({ signIns }) => signIns),
    wrongPasswords: sum(({ wrongPasswords }) => wrongPasswords),
    attacks: sum(({ attacks }) => attacks),
    policies: Array.from(names, (name) => {
      const times = mergeSeeds(figuresNamed([alone], name).map(timesIn))
      return { name, figures: { ...mergeSeeds(figuresNamed(results, name)), ...times } }
    }),
  }
}

function figuresNamed(results: readonly SeedResult[], name: string): readonly Figures[] {
  return results.flatMap(({ policies }) =>
    policies.filter((policy) => policy.name === name).map((each) => each.figures),
  )
}

function timesIn(figures: Figures): Figures {
  const names: readonly string[] = DECISION_QUANTILES.map((quantile) => figure.decisionTime(quantile))
  return Object.fromEntries(Object.entries(figures).filter(([name]) => names.includes(name)))
}
