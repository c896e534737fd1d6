import { performance } from 'node:perf_hooks'

export interface Rounds {
  readonly warmUpRounds: number
  readonly rounds: number
}

/**
 * Median milliseconds of each candidate. All of them take turns in every round, in an order that rotates and turns
 * round, so that whatever else the machine does, and the garbage each leaves to the next, falls on all of them alike.
 */
export async function compare<Name extends string>(
  candidates: Readonly<Record<Name, () => Promise<unknown>>>,
  { warmUpRounds, rounds }: Rounds,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(candidates) as Name[]
  const times = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    for (const name of orderOf(names, round)) {
      const milliseconds = await timed(candidates[name])
      if (round >= warmUpRounds) times.get(name)?.push(milliseconds)
    }
  }
  return Object.fromEntries([...times].map(([name, taken]) => [name, median(taken)])) as Record<Name, number>
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function orderOf<Name>(names: readonly Name[], round: number): readonly Name[] {
  const first = Math.floor(round / 2) % names.length
  const rotated = [...names.slice(first), ...names.slice(0, first)]
  return round % 2 === 0 ? rotated : rotated.reverse()
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
