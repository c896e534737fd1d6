import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { ReplayError } from './replay/replay-error.js'
import { replayFile } from './replay/replay-file.js'
import { targetOutcomes } from './report/targets.js'
import { writeReport } from './report/write-report.js'
import { HELP, readCommand, type SimulateCommand } from './run/read-command.js'
import { simulateWorlds } from './run/simulate-worlds.js'
import { DEFAULT_WORLD, QUICK_WORLD } from './world/settings.js'

// The risk benchmark: how often people are asked, which attackers are stopped; docs/risk-benchmark.md.
const USAGE_ERROR = 2

const now = (): number => performance.now()

process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  const command = readCommand(args)
  switch (command.kind) {
    case 'help':
      return print(HELP)
    case 'mistake':
      process.stderr.write(`${command.says}\n\n${HELP}`)
      return USAGE_ERROR
    case 'replay':
      return replay(command.events)
    case 'simulate':
      return simulate(command)
  }
}

async function replay(file: string): Promise<number> {
  try {
    return print(await replayFile(file, process.stderr, now))
  } catch (error) {
    // What is wrong with the file its owner can mend; anything else is a fault of ours.
    if (!(error instanceof ReplayError)) throw error
    process.stderr.write(`${error.message}\n`)
    return USAGE_ERROR
  }
}

async function simulate({ quick, seeds, people, out }: SimulateCommand): Promise<number> {
  const base = quick ? QUICK_WORLD : DEFAULT_WORLD
  const world = people === null ? base : { ...base, people }
  const startedAt = now()
  const result = await simulateWorlds(world, seeds, process.stderr, now)
  const markdown = await writeReport(result, out, {
    command: commandText(quick, seeds, people),
    node: process.version,
    cores: availableParallelism(),
  })
  print(markdown)
  const missed = targetOutcomes(result).filter(({ outcome }) => outcome !== 'met')
  print(`\n${Math.round((now() - startedAt) / 1000)} s. ${missed.length === 0 ? 'Every target is met.' : ''}\n`)
  for (const { target, measured, outcome } of missed) print(`${outcome}: ${target}: ${measured}\n`)
  return 0
}

function commandText(quick: boolean, seeds: number, people: number | null): string {
  const options = [
    ...(quick ? ['--quick'] : []),
    `--seeds ${seeds}`,
    ...(people === null ? [] : [`--people ${people}`]),
  ]
  return `npm run bench:risk -- ${options.join(' ')}`
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}
