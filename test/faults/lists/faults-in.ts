import type { Fault } from '../fault.js'

type Change = readonly [find: string, replace: string]

/** Faults of one file that share their test files. The text to find comes before its replacement. */
export const faultsIn =
  (file: string, ...suites: readonly string[]) =>
  (name: string, [find, replace]: Change): Fault => ({ ...{ name, file, find, replace }, suites: [...new Set(suites)] })

/** Faults of a repository method that its rivals detect. */
export const faultsOfVerb =
  (store: string, verb: string) =>
  (name: string, [find, replace]: Change): Fault => ({
    ...{ name, file: `src/store/${store}-repository.ts`, find, replace, tests: verb.replace('.', '\\.') },
    suites: ['test/races/interleavings/interleavings.test.ts'],
  })
