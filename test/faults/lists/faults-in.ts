import type { Fault } from '../fault.js'

/** Faults of one file that have their test files in common. The text to find stands before the one to put there. */
export const faultsIn =
  (file: string, ...suites: readonly string[]) =>
  (name: string, [find, replace]: readonly [find: string, replace: string]): Fault => ({
    ...{ name, file, find, replace },
    suites: [...new Set(suites)],
  })
