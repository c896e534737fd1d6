import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { ROOT } from './copies.js'
import type { ListedFault } from './fault.js'
import { FAULTS } from './lists/index.js'
import { plantFaults, type Progress, type Result } from './plant-faults.js'
import { typeErrorsOf } from './type-errors.js'

const USAGE = `npm run faults -- [options]
  --list           names the faults and ends
  --area NAMES     only the faults of these areas, such as sessions,store
  --only TEXT      only the faults with this text in their name or file
  --since COMMIT   only the faults whose file or suites changed since then
  --workers N      how many run at once; 2 unless told otherwise
  --types          only checks that the types still fit with each fault in: what a compiler notices is none`

const { values } = parseArgs({
  options: {
    list: { type: 'boolean' },
    area: { type: 'string' },
    only: { type: 'string' },
    since: { type: 'string' },
    workers: { type: 'string', default: '2' },
    types: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})

if (values.help) console.log(USAGE)
else if (values.list) for (const { area, name } of chosen()) console.log(`${area.padEnd(14)} ${name}`)
else process.exitCode = values.types ? checkTypes(chosen()) : await plantAll(chosen())

function chosen(): readonly ListedFault[] {
  const { area, only, since } = values
  const changed = since === undefined ? null : filesChangedSince(since)
  return FAULTS.filter(
    (fault) =>
      (area === undefined || area.split(',').includes(fault.area)) &&
      (only === undefined || `${fault.name}\n${fault.file}`.includes(only)) &&
      (changed === null || [fault.file, ...fault.suites].some((file) => changed.has(file))),
  )
}

function filesChangedSince(commit: string): ReadonlySet<string> {
  const names = execFileSync('git', ['diff', '--name-only', commit], { cwd: ROOT, encoding: 'utf8' })
  return new Set(names.split('\n'))
}

async function plantAll(faults: readonly ListedFault[]): Promise<number> {
  if (faults.length === 0) {
    console.error('no fault of the list is meant by this')
    return 2
  }
  const results = await plantFaults(faults, { workers: Number(values.workers), progress: progressOnConsole() })
  return report(results)
}

function checkTypes(faults: readonly ListedFault[]): number {
  const mistyped = typeErrorsOf(faults)
  for (const { fault, error } of mistyped) console.error(`not a fault: ${fault.name} (${fault.file})\n    ${error}`)
  return mistyped.length === 0 ? 0 : 1
}

function progressOnConsole(): Progress {
  const start = performance.now()
  let planting: number | null = null
  const left = (since: number, done: number, total: number): string => {
    const seconds = ((performance.now() - since) / 1000 / done) * (total - done)
    return seconds < 90 ? `${Math.ceil(seconds)} s left` : `${Math.ceil(seconds / 60)} min left`
  }
  return {
    suitesRun: (done, total) => {
      if (done % 10 === 0 || done === total) {
        console.log(`[${done}/${total}, ${left(start, done, total)}] suites run without a fault`)
      }
    },
    planted: ({ fault, verdict, seconds }, done, total) => {
      planting ??= performance.now() - seconds * 1000
      const head = `[${done}/${total}, ${left(planting, done, total)}]`
      console.log(`${head} ${verdict.kind.toUpperCase()} ${fault.area}: ${fault.name} (${seconds.toFixed(1)} s)`)
      if (verdict.kind === 'caught') console.log(`    by: ${verdict.by}`)
      if (verdict.kind === 'not-applicable') console.log(`    ${verdict.why}`)
    },
  }
}

function report(results: readonly Result[]): number {
  const of = (kind: Result['verdict']['kind']) => results.filter(({ verdict }) => verdict.kind === kind)
  const escaped = of('escaped')
  const wrong = of('not-applicable')
  console.log(
    `\n${results.length} faults: ${of('caught').length} caught, ${of('caught-by-hanging').length} caught by a`,
  )
  console.log(`suite that hangs, ${escaped.length} escaped, ${wrong.length} could not be planted.`)
  for (const { fault } of escaped) console.log(`ESCAPED ${fault.area}: ${fault.name} (${fault.file})`)
  for (const { fault, verdict } of wrong) {
    console.log(
      `NOT APPLICABLE ${fault.area}: ${fault.name}${verdict.kind === 'not-applicable' ? `: ${verdict.why}` : ''}`,
    )
  }
  return escaped.length + wrong.length === 0 ? 0 : 1
}
