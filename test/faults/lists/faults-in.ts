import type { Fault } from '../fault.js'

type Change = readonly [find: string, replace: string]

/** Faults of one file that have their test files in common. The text to find stands before the one to put there. */
export const faultsIn =
  (file: string, ...suites: readonly string[]) =>
  (name: string, [find, replace]: Change): Fault => ({ ...{ name, file, find, replace }, suites: [...new Set(suites)] })

/** Faults of a verb of a repository that its rivals notice. */
export const faultsOfVerb =
  (store: string, verb: string) =>
  (name: string, [find, replace]: Change): Fault => ({
    ...{ name, file: `src/store/${store}-repository.ts`, find, replace, tests: verb.replace('.', '\\.') },
    suites: ['test/races/interleavings/interleavings.test.ts'],
  })
