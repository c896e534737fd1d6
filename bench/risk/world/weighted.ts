import type { Random } from './random.js'

/** Draws one of some items, each as often as its weight says. */
export type Draw<T> = (random: Random) => T

export interface Weighted<T> {
  readonly item: T
  readonly weight: number
}

export function weighted<T>(choices: readonly Weighted<T>[]): Draw<T> {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0)
  if (!(total > 0)) throw new Error('nothing to draw from')
  let sum = 0
  const upTo = Float64Array.from(choices, ({ weight }) => (sum += weight))
  return (random) => choices[firstAbove(upTo, random.next() * total)]!.item
}

/** Zipf's law: the item of rank r weighs r to the power of minus the exponent. */
export function zipf<T>(items: readonly T[], exponent: number): Draw<T> {
  return weighted(items.map((item, index) => ({ item, weight: (index + 1) ** -exponent })))
}

/** Weights by name, as tables are written. */
export function byShare<T extends string>(shares: Readonly<Partial<Record<T, number>>>): Draw<T> {
  const names = Object.keys(shares) as T[]
  return weighted(names.map((item) => ({ item, weight: shares[item] ?? 0 })))
}

function firstAbove(upTo: Float64Array, value: number): number {
  let low = 0
  let high = upTo.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (upTo[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}
