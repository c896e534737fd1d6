import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { benchResult } from './report/bench-result.js'
import { writeReport } from './report/write-report.js'
import { ReplayError } from './replay/replay-error.js'
import { replayFile } from './run/replay-file.js'
import { progress } from './run/progress.js'
import { HELP, readCommand, type Command } from './run/read-command.js'
import { runSeeds } from './run/run-seeds.js'
import { DEFAULT_WORLD, QUICK_WORLD, type WorldSettings } from './world/settings.js'

type Simulation = Extract<Command, { kind: 'simulate' }>

const args = process.argv.slice(2)
process.exitCode = await run(readCommand(args))

/** Resolves to the exit status. */
async function run(command: Command): Promise<number> {
  switch (command.kind) {
    case 'help':
      process.stdout.write(HELP)
      return 0
    case 'mistake':
      process.stderr.write(`${command.says}\n\n${HELP}`)
      return 2
    case 'replay':
      return replay(command.events)
    case 'simulate':
      return simulateSeeds(command)
  }
}

async function replay(file: string): Promise<number> {
  if (!existsSync(file)) {
    process.stderr.write(`There is no file ${file}.\n`)
    return 2
  }
  try {
    await replayFile(file, process)
    return 0
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
}

async function simulateSeeds({ quick, seeds: count, people, out }: Simulation): Promise<number> {
  const defaults = quick ? QUICK_WORLD : DEFAULT_WORLD
  const world: WorldSettings = people === null ? defaults : { ...defaults, people }
  const seeds = Array.from({ length: count }, (_, index) => index + 1)
  const bar = progress(process.stderr, Date.now)
  const reached = new Map<number, number>()
  const results = await runSeeds({
    workerUrl: new URL('./run/seed-worker.ts', import.meta.url),
    world,
    seeds,
    atOnce: Math.min(count, cpus().length),
    onProgress: (seed, at) => {
      reached.set(seed, Math.min(1, (at - world.startsAt) / (world.days * 86_400_000)))
      const sum = [...reached.values()].reduce((total, share) => total + share, 0)
      bar.show(sum / count, `of ${count} seeds`)
    },
  })
  bar.end()
  const command = ['npm run bench:risk', ...(args.length > 0 ? ['--', ...args] : [])].join(' ')
  const setting = { command, node: process.version, cores: cpus().length }
  process.stdout.write(await writeReport(benchResult(results), out, setting))
  return 0
}
