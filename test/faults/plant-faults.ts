import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { copyOfTree, discardCopy } from './copies.js'
import { objectionTo, withFault, type ListedFault } from './fault.js'
import { runSuites, type SuitesOutcome } from './run-suites.js'

export type Verdict =
  | { readonly kind: 'caught'; readonly by: string; readonly message: string }
  | { readonly kind: 'caught-by-hanging' }
  | { readonly kind: 'escaped' }
  /**
   * The list is wrong, not the code: the text is missing, the file does not load, or the suites fail without the fault.
   */
  | { readonly kind: 'not-applicable'; readonly why: string }

export interface Result {
  readonly fault: ListedFault
  readonly verdict: Verdict
  readonly seconds: number
}

export interface Progress {
  suitesRun(done: number, total: number): void
  planted(result: Result, done: number, total: number): void
}

/** The result of each test file without a fault. */
type Baselines = Map<string, { readonly outcome: SuitesOutcome; readonly seconds: number }>

const PATIENCE_SECONDS = 600
/** A suite counts as hanging when it takes this many times as long as without the fault, and at least a minute. */
const SLOWER = 10
const LEAST_PATIENCE_SECONDS = 60

/** Plants one fault after the other in copies of the tree and reports which of them a test detected. */
export async function plantFaults(
  faults: readonly ListedFault[],
  options: { readonly workers: number; readonly progress: Progress },
): Promise<readonly Result[]> {
  const copies = await Promise.all(Array.from({ length: options.workers }, copyOfTree))
  try {
    const suites = [...new Set(faults.flatMap((fault) => fault.suites))]
    const baselines: Baselines = new Map()
    await inTurns(copies, suites, async (directory, suite) => {
      baselines.set(suite, await timed(() => runSuites(directory, { suites: [suite] }, PATIENCE_SECONDS)))
      options.progress.suitesRun(baselines.size, suites.length)
    })
    const results: Result[] = []
    await inTurns(copies, faults, async (directory, fault) => {
      const { outcome: verdict, seconds } = await timed(() => plant(directory, fault, baselines))
      results.push({ fault, verdict, seconds })
      options.progress.planted({ fault, verdict, seconds }, results.length, faults.length)
    })
    return results
  } finally {
    await Promise.all(copies.map(discardCopy))
  }
}

/** Puts the fault into the copy, runs its suites, and restores the file. */
async function plant(directory: string, fault: ListedFault, baselines: Baselines): Promise<Verdict> {
  const usual = fault.suites.flatMap((suite) => baselines.get(suite) ?? [])
  const notGreen = usual.find(({ outcome }) => outcome.kind !== 'green')
  if (notGreen) {
    return { kind: 'not-applicable', why: `without the fault its suites are not green: ${inWords(notGreen.outcome)}` }
  }
  const path = join(directory, fault.file)
  const source = await readFile(path, 'utf8').catch(() => '')
  const objection = objectionTo(fault, source)
  if (objection !== null) return { kind: 'not-applicable', why: objection }
  await writeFile(path, withFault(fault, source))
  try {
    const usualSeconds = usual.reduce((sum, { seconds }) => sum + seconds, 0)
    const patience = Math.max(LEAST_PATIENCE_SECONDS, usualSeconds * SLOWER)
    // The quickest first, because the first failing test ends the run.
    const suites = fault.suites.toSorted((a, b) => secondsOf(baselines, a) - secondsOf(baselines, b))
    return verdictOf(await runSuites(directory, { ...fault, suites }, patience))
  } finally {
    await writeFile(path, source)
  }
}

const secondsOf = (baselines: Baselines, suite: string): number => baselines.get(suite)?.seconds ?? 0

function verdictOf(outcome: SuitesOutcome): Verdict {
  switch (outcome.kind) {
    case 'green':
      return { kind: 'escaped' }
    case 'red':
      return { kind: 'caught', by: outcome.test, message: outcome.message }
    case 'hangs':
      return { kind: 'caught-by-hanging' }
    case 'broken':
      return { kind: 'not-applicable', why: `nothing could be tested: ${outcome.message}` }
  }
}

function inWords(outcome: SuitesOutcome): string {
  if (outcome.kind === 'red') return `${outcome.test}: ${outcome.message}`
  return outcome.kind === 'broken' ? outcome.message : outcome.kind
}

/** Every copy takes the next one as soon as it has finished the last. */
async function inTurns<T>(
  copies: readonly string[],
  work: readonly T[],
  doOne: (directory: string, one: T) => Promise<void>,
): Promise<void> {
  const left = [...work]
  await Promise.all(
    copies.map(async (directory) => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await doOne(directory, next)
    }),
  )
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly outcome: T; readonly seconds: number }> {
  const start = performance.now()
  const outcome = await work()
  return { outcome, seconds: (performance.now() - start) / 1000 }
}
