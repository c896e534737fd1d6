import { availableParallelism } from 'node:os'
import { benchResult, type BenchResult } from '../report/bench-result.js'
import { RESTLESS_WORLD, type WorldSettings } from '../world/settings.js'
import { progress, type ProgressOutput } from './progress.js'
import { runSeeds } from './run-seeds.js'
import type { SeedTask } from './seed-message.js'

const DAY_MS = 86_400_000
const TIMED_PEOPLE = 250
/** A worker needs about 0.8 GB and 0.2 MB a person; Node's own limit follows the machine and can be below a full world. */
const HEAP_MB = 1500
const HEAP_MB_PER_PERSON = 0.3

/** Studies would cost several times as much as the rest: two smaller worlds tell what they are about. */
const STUDY_SEEDS = [1, 2]
const STUDY_PEOPLE = 1000
const STUDY_SHARE = 0.2

/** Runs every policy in as many worlds, seeded 1, 2, 3 …, on all cores. */
export async function simulateWorlds(
  world: WorldSettings,
  seedCount: number,
  output: ProgressOutput,
  now: () => number,
): Promise<BenchResult> {
  const shown = progress(output, now)
  const run = (task: SeedTask, seeds: readonly number[], atOnce: number, what: string) => {
    /** How much of each seed is done. */
    const done = new Map<number, number>()
    return runSeeds({
      workerUrl: new URL('seed-worker.ts', import.meta.url),
      task,
      seeds,
      atOnce: Math.min(seeds.length, atOnce),
      heapMegabytes: heapFor(task.world.people),
      onProgress: (seed, at) => {
        done.set(seed, Math.min(1, (at - world.startsAt) / (world.days * DAY_MS)))
        const share = [...done.values()].reduce((sum, each) => sum + each, 0) / seeds.length
        shown.show(share, what)
      },
    })
  }
  const withPeople = (people: number): WorldSettings => ({ ...world, people: Math.min(world.people, people) })
  const seeds = Array.from({ length: seedCount }, (_, index) => index + 1)
  const cores = availableParallelism()
  const whole = `of ${seedCount} worlds with ${world.people} people`
  const results = await run({ world, policies: 'all' }, seeds, cores, whole)
  const calm = withPeople(Math.min(STUDY_PEOPLE, Math.ceil(world.people * STUDY_SHARE)))
  const restless = { ...RESTLESS_WORLD, people: calm.people, attacks: calm.attacks }
  const study = (task: SeedTask, what: string) => run(task, STUDY_SEEDS, cores, what)
  const ablations = await study({ world: calm, policies: 'ablations' }, 'of the ablations')
  const budgets = {
    calm: await study({ world: calm, policies: 'budgets' }, 'of the budgets'),
    restless: await study({ world: restless, policies: 'budgets' }, 'of the budgets with restless people'),
  }
  const amongRestless = await study({ world: restless, policies: 'all' }, 'of the worlds with restless people')
  // Workers that share the cores interrupt each other in the middle of decisions.
  const timed = { world: withPeople(TIMED_PEOPLE), policies: 'all' } as const
  const [alone] = await run(timed, [1], 1, 'of the run that times decisions')
  shown.end()
  if (!alone) throw new Error('The run that times decisions gave no result.')
  return benchResult({ results, ablations, budgets, restless: amongRestless, alone })
}

const heapFor = (people: number): number => Math.ceil(HEAP_MB + HEAP_MB_PER_PERSON * people)
