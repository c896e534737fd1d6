import { GUARD_RULES, type Access, type GuardRule } from '../kernel/access.js'
import { isAtLeast, type Assurance, type Assurances } from '../kernel/assurance.js'
import { FACTOR_TYPES, type FactorType } from '../kernel/factor-type.js'

/** What has to be proved, apart from who is calling. */
export interface Demand {
  readonly assurance: Assurance
  /** Seconds the proof may be old; null when any age will do; 0 when it must be made for this one operation. */
  readonly withinSeconds: number | null
  /** Only these count; null when every factor does. */
  readonly factors: readonly FactorType[] | null
  /** Asks for the strongest assurance the account's factors can give, at least `assurance`. */
  readonly strongest: boolean
}

/** What `@guard` asks of the caller of one field, defaults filled in. */
export interface Requirement extends Demand {
  readonly access: Access
  readonly rule: GuardRule
  readonly purpose: string | null
  readonly reportOnly: boolean
  /** The field tries a password, a code or a token of the caller: one operation may hold one such field. */
  readonly authentication: boolean
}

/** A guarded field that a document reaches, by its path in the document. */
export interface ReachedField {
  readonly path: string
  readonly requirement: Requirement
}

/** A demand that one proof can meet, and every field that asks for some of it. */
export interface FoldedDemand extends Demand {
  readonly askedBy: readonly ReachedField[]
}

/** Everything the reached fields ask, folded. */
export interface FoldedRequirement {
  /** Every one of these has to be met. `PUBLIC` is never listed: an empty list is open to everyone. */
  readonly access: readonly Access[]
  /** Every one of these has to be met; almost always none or one. */
  readonly demands: readonly FoldedDemand[]
  /** Every field that asks for a session. */
  readonly askedBy: readonly ReachedField[]
  /** Those that ask for more than having signed in; when there are any, risk is assessed. */
  readonly sensitive: readonly ReachedField[]
  /** Every rule the fields in `askedBy` answer to; each is decided by itself. */
  readonly rules: readonly GuardRule[]
}

/** Who may call or read a field whose `@guard` has no arguments. */
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

/** Whether it asks for a proof beyond having signed in. */
export function isDemanding(demand: Demand): boolean {
  return (
    demand.assurance !== 'ONE_FACTOR' || demand.withinSeconds !== null || demand.factors !== null || demand.strongest
  )
}

/** The factor types a proof that meets this demand can come from. `strongest` depends on the account and is not judged. */
export function typesFor(demand: Demand, assurances: Assurances): readonly FactorType[] {
  return (demand.factors ?? FACTOR_TYPES).filter((type) => isAtLeast(assurances.of(type), demand.assurance))
}

/**
 * Folds what several fields ask into the strictest of each: one proof then meets all of it, so the person is asked once.
 * Demands that no single factor can meet together, such as two factor lists without a common member, stay apart and
 * must each be met.
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

/** The demand that meets both when one proof does; null when no single factor can. */
export function mergeDemands(a: Demand, b: Demand, assurances: Assurances): Demand | null {
  const merged: Demand = {
    assurance: isAtLeast(a.assurance, b.assurance) ? a.assurance : b.assurance,
    withinSeconds: soonest(a.withinSeconds, b.withinSeconds),
    factors: common(a.factors, b.factors),
    strongest: a.strongest || b.strongest,
  }
  // The strongest factor of an account may not be on the other's list, so the two could shut everybody out together.
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
