import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fault } from './fault.js'

/** What to run: test files, and which of their tests. */
export type Selection = Pick<Fault, 'suites' | 'tests'>

export type SuitesOutcome =
  | { readonly kind: 'green'; readonly passed: number }
  | { readonly kind: 'red'; readonly test: string; readonly message: string }
  /** A test file could not be loaded: nothing was tested. */
  | { readonly kind: 'broken'; readonly message: string }
  | { readonly kind: 'hangs' }

/** What `reporter.js` reports about one test file. */
interface FileReport {
  readonly passed: number
  readonly failed: { readonly name: string; readonly message: string } | null
  readonly broken: string | null
}

const REPORT = '.fault-report.jsonl'

/** Runs the suites in a copy of the tree, on the embedded store, until the first test fails. */
export async function runSuites(
  directory: string,
  selection: Selection,
  patienceSeconds: number,
): Promise<SuitesOutcome> {
  const report = join(directory, REPORT)
  await rm(report, { force: true })
  const isDone = await runJest(directory, argumentsFor(selection), patienceSeconds)
  if (!isDone) return { kind: 'hangs' }
  const lines = (await readFile(report, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')
  return outcomeOf(lines.map((line) => JSON.parse(line) as FileReport))
}

const argumentsFor = ({ suites, tests }: Selection): readonly string[] => [
  // Each copy has its own cache, because cache keys contain file paths.
  ...['--cacheDirectory', '.jest-cache', '--runInBand', '--bail', '--forceExit', '--silent'],
  ...['--reporters', './test/faults/reporter.js', '--testSequencer', './test/faults/sequencer.js'],
  ...(tests === undefined ? [] : ['--testNamePattern', tests]),
  ...['--runTestsByPath', ...suites],
]

/** Returns whether jest ended by itself. */
function runJest(directory: string, args: readonly string[], patienceSeconds: number): Promise<boolean> {
  const jest = join(directory, 'node_modules', 'jest', 'bin', 'jest.js')
  const child = spawn(process.execPath, ['--no-warnings', '--experimental-vm-modules', jest, ...args], {
    cwd: directory,
    env: { ...process.env, TEST_ONLY_STORE: 'embedded', STEPGATE_FAULT_REPORT: REPORT },
    stdio: 'ignore',
    // A separate process group, so that everything it started ends with it.
    detached: true,
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      endGroup(child.pid)
      resolve(false)
    }, patienceSeconds * 1000)
    child.once('error', reject)
    child.once('exit', () => {
      clearTimeout(timer)
      // Gateways that a test started outlive it when it fails.
      endGroup(child.pid)
      resolve(true)
    })
  })
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is empty.
  }
}

function outcomeOf(files: readonly FileReport[]): SuitesOutcome {
  for (const { failed, broken } of files) {
    if (failed) return { kind: 'red', test: failed.name, message: firstLinesOf(failed.message) }
    if (broken !== null) return { kind: 'broken', message: firstLinesOf(broken) }
  }
  const passed = files.reduce((sum, file) => sum + file.passed, 0)
  return passed > 0 ? { kind: 'green', passed } : { kind: 'broken', message: 'no test ran' }
}

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')

const firstLinesOf = (message: string): string =>
  message
    .replaceAll(COLOURS, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 3)
    .join(' | ')
    .slice(0, 300)
