import { REPORTED_GROUPS } from '../measure/groups.js'
import type { PolicyResult } from './bench-result.js'

const ATTACKER = /^default-stopped\/(.+)$/
const GROUP = /^default-prompt-rate\/(.+)$/

/** The attackers that were met, in the order of meeting. */
export const attackersIn = (policies: readonly PolicyResult[]): readonly string[] => namesIn(policies, ATTACKER)

/** The groups that were met, in the order of the report. */
export function groupsIn(policies: readonly PolicyResult[]): readonly string[] {
  const met = namesIn(policies, GROUP)
  return REPORTED_GROUPS.filter((group) => met.includes(group))
}

function namesIn(policies: readonly PolicyResult[], pattern: RegExp): readonly string[] {
  const names = policies.flatMap(({ figures }) => Object.keys(figures)).map((name) => pattern.exec(name)?.[1])
  return [...new Set(names.filter((name) => name !== undefined))]
}
