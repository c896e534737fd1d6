import { GUARD_RULES, type Access, type GuardRule } from '../kernel/access.js'
import { isAtLeast, type Assurance, type Assurances } from '../kernel/assurance.js'
import { FACTOR_TYPES, type FactorType } from '../kernel/factor-type.js'

/** What the caller must prove, apart from their identity. */
export interface Demand {
  readonly assurance: Assurance
  /** Maximum age of the proof in seconds; null: any age; 0: the proof must be made for this one operation. */
  readonly withinSeconds: number | null
  /** Only these factor types count; null: all of them do. */
  readonly factors: readonly FactorType[] | null
  /** Requires the strongest assurance that the account's factors can give, at least `assurance`. */
  readonly strongest: boolean
}

/** What `@guard` requires from the caller of one field, defaults filled in. */
export interface Requirement extends Demand {
  readonly access: Access
  readonly rule: GuardRule
  readonly purpose: string | null
  readonly reportOnly: boolean
  /** The field checks a password, a code or a token. An operation may contain one such field. */
  readonly authentication: boolean
}

/** A guarded field that a document reaches, and its path in the document. */
export interface ReachedField {
  readonly path: string
  readonly requirement: Requirement
}

/** A demand that one proof can meet, and every field that requires part of it. */
export interface FoldedDemand extends Demand {
  readonly askedBy: readonly ReachedField[]
}

/** The combined requirements of all reached fields. */
export interface FoldedRequirement {
  /** The caller must meet all of these. `PUBLIC` is never listed, so an empty list is open to everyone. */
  readonly access: readonly Access[]
  /** The caller must meet all of these. There is rarely more than one. */
  readonly demands: readonly FoldedDemand[]
  /** Every field that requires a session. */
  readonly askedBy: readonly ReachedField[]
  /** Fields that require more than a sign-in. If there are any, risk is assessed. */
  readonly sensitive: readonly ReachedField[]
  /** Every rule the fields in `askedBy` answer to; each is decided by itself. */
  readonly rules: readonly GuardRule[]
}

/** The requirement of a `@guard` without arguments. */
export const DEFAULT_REQUIREMENT: Requirement = Object.freeze({
  access: 'ACCOUNT',
  assurance: 'ONE_FACTOR',
  withinSeconds: null,
  factors: null,
  strongest: false,
  rule: 'ORGANIZATION',
  purpose: null,
  reportOnly: false,
  authentication: false,
})

const PLAIN_ACCESS: ReadonlySet<Access> = new Set(['PUBLIC', 'PENDING', 'ACCOUNT'])

/** Whether the demand requires a proof beyond the sign-in. */
export function isDemanding(demand: Demand): boolean {
  return (
    demand.assurance !== 'ONE_FACTOR' || demand.withinSeconds !== null || demand.factors !== null || demand.strongest
  )
}

/** The factor types that can meet this demand. `strongest` depends on the account and is not considered. */
export function typesFor(demand: Demand, assurances: Assurances): readonly FactorType[] {
  return (demand.factors ?? FACTOR_TYPES).filter((type) => isAtLeast(assurances.of(type), demand.assurance))
}

/**
 * Folds the requirements of several fields into the strictest of each, so that one challenge meets them all. Demands
 * that no single factor can meet together, such as two factor lists without a common member, stay separate. The caller
 * must then meet each of them.
 */
export function foldRequirements(reached: readonly ReachedField[], assurances: Assurances): FoldedRequirement {
  const demands: FoldedDemand[] = []
  for (const field of reached) {
    if (!isDemanding(field.requirement)) continue
    const demand = { ...demandOf(field.requirement), askedBy: [field] }
    const index = demands.findIndex((other) => mergeDemands(other, demand, assurances) !== null)
    demands.splice(index < 0 ? demands.length : index, 1, joined(demands[index], demand, assurances))
  }
  const access = new Set(reached.map((field) => field.requirement.access))
  access.delete('PUBLIC')
  const askedBy = reached.filter(({ requirement }) => requirement.access !== 'PUBLIC')
  return {
    access: [...access],
    demands,
    askedBy,
    rules: GUARD_RULES.filter((rule) => askedBy.some(({ requirement }) => requirement.rule === rule)),
    sensitive: reached.filter(({ requirement }) => !PLAIN_ACCESS.has(requirement.access) || isDemanding(requirement)),
  }
}

/** Merges two demands into one that a single proof can meet. Null if no single factor can. */
export function mergeDemands(a: Demand, b: Demand, assurances: Assurances): Demand | null {
  const merged: Demand = {
    assurance: isAtLeast(a.assurance, b.assurance) ? a.assurance : b.assurance,
    withinSeconds: soonest(a.withinSeconds, b.withinSeconds),
    factors: common(a.factors, b.factors),
    strongest: a.strongest || b.strongest,
  }
  // The account's strongest factor may not be on the other demand's list. Merged, the two could lock out every caller.
  if (merged.strongest && merged.factors !== null) return null
  return typesFor(merged, assurances).length > 0 ? merged : null
}

function joined(earlier: FoldedDemand | undefined, demand: FoldedDemand, assurances: Assurances): FoldedDemand {
  const merged = earlier && mergeDemands(earlier, demand, assurances)
  return merged ? { ...merged, askedBy: [...earlier.askedBy, ...demand.askedBy] } : demand
}

function demandOf({ assurance, withinSeconds, factors, strongest }: Demand): Demand {
  return { assurance, withinSeconds, factors, strongest }
}

function soonest(a: number | null, b: number | null): number | null {
  if (a === null) return b
  return b === null ? a : Math.min(a, b)
}

function common(a: readonly FactorType[] | null, b: readonly FactorType[] | null): readonly FactorType[] | null {
  if (a === null) return b
  return b === null ? a : a.filter((type) => b.includes(type))
}
