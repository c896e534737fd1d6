import { claimsOf, codesLeft, newRecoveryCodes, type Factor, type FactorKinds } from '../factors/index.js'
import type { Assurances } from '../kernel/assurance.js'
import { allLeftAfter, isOutdated, isWanted, wantedFactor, wantedWithout } from '../kernel/factors-left.js'
import type { Activation, ChallengedPerson } from './ports.js'

/** A factor that was proved for the first time, and what is added and removed with it. */
export interface Enrollment {
  readonly activation: Activation
  /** Shown once; null unless it is the first factor. */
  readonly recoveryCodes: readonly string[] | null
  /** Whether the new factor meets the demand for one, if there was a demand. */
  readonly meetsDemand: boolean
}

/**
 * Activates the new factor; the first factor comes with recovery codes, which replace any older ones. The factor it
 * replaces is removed, and the codes stay. When a new factor was demanded, every factor from before the demand is
 * removed. A factor that does not meet the demand is added to the others. Null: the account would be left without a
 * factor it must have (R143).
 */
export async function activate(
  deps: {
    readonly kinds: FactorKinds
    readonly assurances: Assurances
    readonly rules: { readonly maxFactors: number }
  },
  person: ChallengedPerson,
  proved: { readonly factor: Factor; readonly claim: string | null; readonly now: Date },
): Promise<Enrollment | null> {
  const { factor, claim, now } = proved
  const records = Object.values(person.factorRecords)
  const activated = { ...factor, status: 'ACTIVE', activatedAt: now, replaces: null } as const
  const owner = { ...person, factors: records }
  const demanded = wantedFactor(owner, deps.assurances)
  const isWhatIsWanted = demanded === null || isWanted(activated, demanded, now)
  const removes = records.filter(
    (each) => each.id === factor.replaces || (isWhatIsWanted && isOutdated(each, person.reEnrollSince)),
  )
  const change = { removes: removes.map(({ id }) => id), adds: activated }
  const wanted = removes.flatMap((going) => wantedWithout(owner, going, deps.assurances))
  const left = allLeftAfter<Factor>(records, change, wanted, now)
  if (!left) return null
  const removesActive = removes.filter(({ status }) => status === 'ACTIVE').length
  const older = records.filter((each) => each.type === 'RECOVERY_CODE')
  const isFirst = person.activeFactorCount - removesActive === 0
  // Replacing a factor keeps the recovery codes the person has stored; when a new factor was demanded, the codes are
  // replaced too.
  const keepsCodes = factor.replaces !== null && person.reEnrollSince === null && older.some(hasCodes)
  const kind = isFirst && !keepsCodes ? deps.kinds.get('RECOVERY_CODE') : undefined
  const recovery = kind && (await newRecoveryCodes(kind, { accountId: person.account.id, now }))
  const activation: Activation = {
    factor: { ...activated, lastUsedAt: now, consecutiveFailures: 0 },
    recovery: recovery?.factor ?? null,
    replacesRecovery: recovery ? older.map(({ id }) => id) : [],
    removes: change.removes,
    keeps: left.filter(({ id }) => id !== factor.id),
    removesActive,
    countBefore: person.activeFactorCount,
    maxFactors: deps.rules.maxFactors,
    claim,
    keptClaims: claimsOf(records.filter((each) => !removes.includes(each))),
  }
  return { activation, recoveryCodes: recovery?.recoveryCodes ?? null, meetsDemand: isWhatIsWanted }
}

const hasCodes = (factor: Factor): boolean => (codesLeft(factor) ?? 0) > 0
