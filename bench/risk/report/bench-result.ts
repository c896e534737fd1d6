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
  readonly ablations: Study
  /** Ours with other prompt budgets. */
  readonly budgets: { readonly calm: Study; readonly restless: Study }
  /** Every policy in worlds of restless people. */
  readonly restless: Study
}

/** Some policies in smaller worlds. */
export interface Study {
  readonly seeds: readonly number[]
  readonly people: number
  readonly policies: readonly PolicyResult[]
}

export interface PolicyResult {
  readonly name: string
  readonly figures: Merged
}

export interface Runs {
  readonly results: readonly SeedResult[]
  readonly ablations: readonly SeedResult[]
  readonly budgets: { readonly calm: readonly SeedResult[]; readonly restless: readonly SeedResult[] }
  readonly restless: readonly SeedResult[]
  /** A run that had the machine for itself: how long decisions took is taken from it. */
  readonly alone: SeedResult
}

export function benchResult({ results, ablations, budgets, restless, alone }: Runs): BenchResult {
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
    ablations: studyOf(ablations),
    budgets: { calm: studyOf(budgets.calm), restless: studyOf(budgets.restless) },
    restless: studyOf(restless),
  }
}

const studyOf = (results: readonly SeedResult[]): Study => ({
  seeds: results.map(({ seed }) => seed),
  people: peopleIn(results),
  policies: namesIn(results).map((name) => ({ name, figures: mergeSeeds(figuresNamed(results, name)) })),
})

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
