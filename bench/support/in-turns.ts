const FEWEST_ROUNDS = 5

export interface Turns {
  readonly warmUpRounds: number
  readonly rounds: number
  /** Fewer rounds have to do once they have taken this long. */
  readonly enoughSeconds: number
}

/** Something measured in rounds. */
export type Contender<Measured = number> = () => Promise<Measured>

/**
 * What each contender measured in each round. All go in every round, first to last and then last to first, so that
 * whatever else the machine does falls on all alike.
 */
export async function inTurns<Name extends string, Measured = number>(
  contenders: Readonly<Record<Name, Contender<Measured>>>,
  { warmUpRounds, rounds, enoughSeconds }: Turns,
): Promise<Readonly<Record<Name, readonly Measured[]>>> {
  const names = Object.keys(contenders) as Name[]
  const measured = Object.fromEntries(names.map((name) => [name, [] as Measured[]])) as Record<Name, Measured[]>
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
  return median(ratiosOf(values, base))
}

export interface Ratio {
  readonly median: number
  /** Where the true median is, in 19 of 20 runs. */
  readonly from: number
  readonly to: number
}

/** The median with an interval that assumes nothing about how the ratios are spread: two of the ratios themselves. */
export function ratioInRounds(values: readonly number[], base: readonly number[]): Ratio {
  const sorted = ratiosOf(values, base).toSorted((a, b) => a - b)
  const cut = signTestCut(sorted.length)
  return {
    median: median(sorted),
    from: sorted[cut] ?? Number.NaN,
    to: sorted[sorted.length - 1 - cut] ?? Number.NaN,
  }
}

function ratiosOf(values: readonly number[], base: readonly number[]): readonly number[] {
  return values.map((value, round) => value / (base[round] ?? Number.NaN))
}

/** How many of the smallest, and of the largest, may be left out: at most 2.5 % of coins would fall so unevenly. */
function signTestCut(count: number): number {
  let probability = 0.5 ** count
  let sum = probability
  let cut = 0
  while (sum <= 0.025 && cut < count / 2) {
    cut += 1
    probability *= (count - cut + 1) / cut
    sum += probability
  }
  return Math.max(0, cut - 1)
}
