import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { SeedResult } from './run-seed.js'
import type { SeedMessage } from './seed-message.js'

export interface RunSeedsInput<World> {
  /** The module a worker runs; it is given `{ world, seed }`. */
  readonly workerUrl: URL
  readonly world: World
  readonly seeds: readonly number[]
  readonly atOnce: number
  /** How large the heap of a worker may grow; nothing is set aside for it. */
  readonly heapMegabytes: number
  readonly onProgress: (seed: number, at: number) => void
}

/** Runs every seed in a worker thread of its own, so many at once, and answers in the order of the seeds. */
export async function runSeeds<World>(input: RunSeedsInput<World>): Promise<readonly SeedResult[]> {
  const waiting = [...input.seeds]
  const results = new Map<number, SeedResult>()
  const lane = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      results.set(seed, await runInWorker(input, seed))
    }
  }
  await Promise.all(Array.from({ length: input.atOnce }, lane))
  return input.seeds.map((seed) => results.get(seed)).filter((result) => result !== undefined)
}

async function runInWorker<World>(input: RunSeedsInput<World>, seed: number): Promise<SeedResult> {
  const { workerUrl, world, heapMegabytes, onProgress } = input
  // The loader that reads TypeScript comes with the flags of this process.
  const worker = new Worker(workerUrl, {
    workerData: { world, seed },
    execArgv: process.execArgv,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  })
  const outcome: { result?: SeedResult } = {}
  worker.on('message', (message: SeedMessage) => {
    if (message.kind === 'done') outcome.result = message.result
    else onProgress(message.seed, message.at)
  })
  // An error in the worker rejects this.
  await once(worker, 'exit')
  if (!outcome.result) throw new Error(`The worker of seed ${seed} ended without a result.`)
  return outcome.result
}
