import { availableParallelism } from 'node:os'
import { benchResult, type BenchResult } from '../report/bench-result.js'
import type { WorldSettings } from '../world/settings.js'
import { progress, type ProgressOutput } from './progress.js'
import { runSeeds } from './run-seeds.js'

const DAY_MS = 86_400_000
const TIMED_PEOPLE = 500
/** A worker needs about 0.8 GB and 0.2 MB a person; Node's own limit follows the machine and can be below a full world. */
const HEAP_MB = 1500
const HEAP_MB_PER_PERSON = 0.3

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
    heapMegabytes: heapFor(world.people),
    onProgress: (seed, at) => {
      done.set(seed, Math.min(1, (at - world.startsAt) / (world.days * DAY_MS)))
      const share = [...done.values()].reduce((sum, each) => sum + each, 0) / seedCount
      shown.show(share, `of ${seedCount} worlds with ${world.people} people`)
    },
  })
  // Workers that share the cores interrupt each other in the middle of decisions.
  const timedPeople = Math.min(world.people, TIMED_PEOPLE)
  const [alone] = await runSeeds({
    workerUrl,
    world: { ...world, people: timedPeople },
    seeds: [1],
    atOnce: 1,
    heapMegabytes: heapFor(timedPeople),
    onProgress: () => shown.show(1, 'of the worlds; timing decisions'),
  })
  shown.end()
  if (!alone) throw new Error('The run that times decisions gave no result.')
  return benchResult(results, alone)
}

const heapFor = (people: number): number => Math.ceil(HEAP_MB + HEAP_MB_PER_PERSON * people)
