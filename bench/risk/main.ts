import { availableParallelism } from 'node:os'
import { targetOutcomes } from './report/targets.js'
import { writeReport } from './report/write-report.js'
import { ReplayError } from './replay/replay-error.js'
import { replayFile } from './run/replay-file.js'
import { eventsMistake, outMistake } from './run/path-mistakes.js'
import { HELP, readCommand, type Command } from './run/read-command.js'
import { simulateWorlds } from './run/simulate-worlds.js'
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
  const mistake = eventsMistake(file)
  if (mistake !== null) return refuse(mistake)
  try {
    await replayFile(file, process)
    return 0
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error
    return refuse(error.message)
  }
}

async function simulateSeeds({ quick, seeds, people, out }: Simulation): Promise<number> {
  const mistake = outMistake(out)
  if (mistake !== null) return refuse(mistake)
  const defaults = quick ? QUICK_WORLD : DEFAULT_WORLD
  const world: WorldSettings = people === null ? defaults : { ...defaults, people }
  const result = await simulateWorlds(world, seeds, process.stderr, Date.now)
  const command = ['npm run bench:risk', ...(args.length > 0 ? ['--', ...args] : [])].join(' ')
  const setting = { command, node: process.version, cores: availableParallelism() }
  process.stdout.write(await writeReport(result, out, setting))
  for (const { target, measured, outcome } of targetOutcomes(result)) {
    if (outcome !== 'met') process.stderr.write(`${outcome}: ${target}: ${measured}\n`)
  }
  return 0
}

function refuse(says: string): number {
  process.stderr.write(`${says}\n`)
  return 2
}
