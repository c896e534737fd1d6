import { isAtLeast, type Assurances } from '../kernel/assurance.js'
import { isDemanding, type Requirement } from './requirement.js'

/** The problems of a guard that is well-formed but makes no sense. Empty if there are none. */
export function checkRequirement(requirement: Requirement, assurances: Assurances): readonly string[] {
  return RULES.map((rule) => rule(requirement, assurances)).filter((problem) => problem !== null)
}

const RULES: readonly ((requirement: Requirement, assurances: Assurances) => string | null)[] = [
  ({ withinSeconds }) =>
    withinSeconds !== null && withinSeconds < 0 ? `withinSeconds is ${withinSeconds}, but must be 0 or more` : null,
  ({ factors }) => (factors?.length === 0 ? 'factors is empty, so no caller could pass' : null),
  ({ factors, assurance }, assurances) => {
    const weak = factors?.filter((type) => !isAtLeast(assurances.of(type), assurance)) ?? []
    return weak.length > 0 ? `factors lists ${weak.join(', ')}, which cannot reach ${assurance}` : null
  },
  ({ strongest, factors }) =>
    strongest && factors !== null
      ? 'strongest already requires the best factor, so it cannot be combined with factors'
      : null,
  (requirement) =>
    requirement.access === 'PUBLIC' && isDemanding(requirement)
      ? 'access is PUBLIC, but only a session can prove a factor; use PENDING or higher'
      : null,
]
