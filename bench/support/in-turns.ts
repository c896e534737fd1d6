const FEWEST_ROUNDS = 5

export interface Turns {
  readonly warmUpRounds: number
  readonly rounds: number
  /** Fewer rounds have to do once they have taken this long. */
  readonly enoughSeconds: number
}

/** Something measured in rounds; each round gives one number. */
export type Contender = () => Promise<number>

/**
 * What each contender measured in each round. Both go in every round, first one first, then the other, so that whatever
 * else the machine does falls on both alike.
 */
export async function inTurns<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  { warmUpRounds, rounds, enoughSeconds }: Turns,
): Promise<Readonly<Record<Name, readonly number[]>>> {
  const names = Object.keys(contenders) as Name[]
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  const enoughAt = performance.now() + enoughSeconds * 1000
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    if (round >= warmUpRounds + FEWEST_ROUNDS && performance.now() > enoughAt) break
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const value = await contenders[name]()
      if (round >= warmUpRounds) measured[name].push(value)
    }
  }
  return measured
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** The median of what one made of the other in the same round. */
export function medianRatio(values: readonly number[], base: readonly number[]): number {
  return median(values.map((value, round) => value / (base[round] ?? Number.NaN)))
}
