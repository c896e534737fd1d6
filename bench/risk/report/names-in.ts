import type { PolicyResult } from './bench-result.js'

const ATTACKER = /^default-stopped\/(.+)$/
const GROUP = /^default-prompt-rate\/(.+)$/

/** The attackers that were met, in the order of meeting. */
export const attackersIn = (policies: readonly PolicyResult[]): readonly string[] => namesIn(policies, ATTACKER)

/** The groups of people that were met, everybody included. */
export const groupsIn = (policies: readonly PolicyResult[]): readonly string[] => namesIn(policies, GROUP)

function namesIn(policies: readonly PolicyResult[], pattern: RegExp): readonly string[] {
  const names = policies.flatMap(({ figures }) => Object.keys(figures)).map((name) => pattern.exec(name)?.[1])
  return [...new Set(names.filter((name) => name !== undefined))]
}
