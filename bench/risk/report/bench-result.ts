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

export function benchResult(results: readonly SeedResult[]): BenchResult {
  const sum = (of: (result: SeedResult) => number): number => results.reduce((total, result) => total + of(result), 0)
  const names = new Set(results.flatMap(({ policies }) => policies.map(({ name }) => name)))
  return {
    seeds: results.map(({ seed }) => seed),
    people: Math.max(0, ...results.map(({ people }) => people)),
    signIns: sum(({ signIns }) => signIns),
    wrongPasswords: sum(({ wrongPasswords }) => wrongPasswords),
    attacks: sum(({ attacks }) => attacks),
    policies: Array.from(names, (name) => ({ name, figures: mergeSeeds(figuresNamed(results, name)) })),
  }
}

function figuresNamed(results: readonly SeedResult[], name: string) {
  return results.flatMap(({ policies }) =>
    policies.filter((policy) => policy.name === name).map((each) => each.figures),
  )
}
