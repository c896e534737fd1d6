import type { Figures } from './figure.js'

/** One figure over the seeds that have it. */
export interface Spread {
  readonly mean: number
  /** Of the sample; 0 with one seed. */
  readonly deviation: number
  readonly least: number
  readonly most: number
  readonly seeds: number
}

export type Merged = Readonly<Record<string, Spread>>

/** The same figures of several seeds as mean and spread. */
export function mergeSeeds(ofSeeds: readonly Figures[]): Merged {
  const names = new Set(ofSeeds.flatMap((figures) => Object.keys(figures)))
  return Object.fromEntries(
    Array.from(names, (name) => {
      const values = ofSeeds.map((figures) => figures[name]).filter((value) => value !== undefined)
      return [name, spreadOf(values)] as const
    }),
  )
}

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    mean,
    deviation: Math.sqrt(squares / Math.max(1, values.length - 1)),
    least: Math.min(...values),
    most: Math.max(...values),
    seeds: values.length,
  }
}
