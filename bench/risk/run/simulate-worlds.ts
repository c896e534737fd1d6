import { availableParallelism } from 'node:os'
import { benchResult, type BenchResult } from '../report/bench-result.js'
import type { WorldSettings } from '../world/settings.js'
import { progress, type ProgressOutput } from './progress.js'
import { runSeeds } from './run-seeds.js'

const DAY_MS = 86_400_000
const TIMED_PEOPLE = 500

/** Runs every policy in as many worlds, seeded 1, 2, 3 …, on all cores. */
export async function simulateWorlds(
  world: WorldSettings,
  seedCount: number,
  output: ProgressOutput,
  now: () => number,
): Promise<BenchResult> {
  const shown = progress(output, now)
  /** How much of each seed is done. */
  const done = new Map<number, number>()
  const workerUrl = new URL('seed-worker.ts', import.meta.url)
  const results = await runSeeds({
    workerUrl,
    world,
    seeds: Array.from({ length: seedCount }, (_, index) => index + 1),
    atOnce: Math.min(seedCount, availableParallelism()),
    onProgress: (seed, at) => {
      done.set(seed, Math.min(1, (at - world.startsAt) / (world.days * DAY_MS)))
      const share = [...done.values()].reduce((sum, each) => sum + each, 0) / seedCount
      shown.show(share, `of ${seedCount} worlds with ${world.people} people`)
    },
  })
  // Workers that share the cores interrupt each other in the middle of decisions.
  const [alone] = await runSeeds({
    workerUrl,
    world: { ...world, people: Math.min(world.people, TIMED_PEOPLE) },
    seeds: [1],
    atOnce: 1,
    onProgress: () => shown.show(1, 'of the worlds; timing decisions'),
  })
  shown.end()
  if (!alone) throw new Error('The run that times decisions gave no result.')
  return benchResult(results, alone)
}
