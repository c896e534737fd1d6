import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { SeedResult } from './run-seed.js'
import type { SeedMessage } from './seed-message.js'

export interface RunSeedsInput<Task> {
  /** The module a worker runs; it is given `{ task, seed }`. */
  readonly workerUrl: URL
  readonly task: Task
  readonly seeds: readonly number[]
  readonly atOnce: number
  /** How large the heap of a worker may grow; nothing is set aside for it. */
  readonly heapMegabytes: number
  readonly onProgress: (seed: number, at: number) => void
}

/** A decision leaves much behind that is gone before the next one: with little room it is copied about for nothing. */
const YOUNG_MEGABYTES = 192

/** Runs every seed in a worker thread of its own, so many at once, and answers in the order of the seeds. */
export async function runSeeds<Task>(input: RunSeedsInput<Task>): Promise<readonly SeedResult[]> {
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

async function runInWorker<Task>(input: RunSeedsInput<Task>, seed: number): Promise<SeedResult> {
  const { workerUrl, task, heapMegabytes, onProgress } = input
  // The loader that reads TypeScript comes with the flags of this process.
  const worker = new Worker(workerUrl, {
    workerData: { task, seed },
    execArgv: process.execArgv,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
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
