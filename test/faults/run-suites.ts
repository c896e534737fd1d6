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

interface JestReport {
  readonly numPassedTests: number
  readonly testResults: readonly {
    readonly message: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages?: readonly string[]
    }[]
  }[]
}

export const keyOf = ({ suites, tests }: Selection): string => [...suites, tests ?? ''].join(' ')

/** Runs the suites in a copy of the tree, on the embedded store, until the first test fails. */
export async function runSuites(
  directory: string,
  selection: Selection,
  patienceSeconds: number,
): Promise<SuitesOutcome> {
  const report = join(directory, '.fault-report.json')
  await rm(report, { force: true })
  const isDone = await runJest(directory, [...argumentsFor(selection), '--outputFile', report], patienceSeconds)
  if (!isDone) return { kind: 'hangs' }
  return outcomeOf(JSON.parse(await readFile(report, 'utf8')) as JestReport)
}

const argumentsFor = ({ suites, tests }: Selection): readonly string[] => [
  // The copies have caches of their own: the paths of the files are in their keys.
  ...['--cacheDirectory', '.jest-cache', '--runInBand', '--bail', '--forceExit', '--silent', '--json'],
  ...(tests === undefined ? [] : ['--testNamePattern', tests]),
  ...['--runTestsByPath', ...suites],
]

/** Answers whether jest came to an end by itself. */
function runJest(directory: string, args: readonly string[], patienceSeconds: number): Promise<boolean> {
  const jest = join(directory, 'node_modules', 'jest', 'bin', 'jest.js')
  const child = spawn(process.execPath, ['--no-warnings', '--experimental-vm-modules', jest, ...args], {
    cwd: directory,
    env: { ...process.env, TEST_ONLY_STORE: 'embedded' },
    stdio: 'ignore',
    // A group of its own, so that what it started ends with it.
    detached: true,
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      resolve(false)
    }, patienceSeconds * 1000)
    child.once('error', reject)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}

function outcomeOf({ numPassedTests, testResults }: JestReport): SuitesOutcome {
  const failed = testResults.flatMap((suite) => suite.assertionResults).find(({ status }) => status === 'failed')
  if (failed) return { kind: 'red', test: failed.fullName, message: firstLinesOf(failed.failureMessages?.[0] ?? '') }
  const broken = testResults.find(({ message }) => message !== '')
  if (broken) return { kind: 'broken', message: firstLinesOf(broken.message) }
  return numPassedTests > 0 ? { kind: 'green', passed: numPassedTests } : { kind: 'broken', message: 'no test ran' }
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
