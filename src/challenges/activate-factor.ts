import { claimsOf, codesLeft, newRecoveryCodes, type Factor, type FactorKinds } from '../factors/index.js'
import type { Assurances } from '../kernel/assurance.js'
import { allLeftAfter, isOutdated, isWanted, wantedFactor, wantedWithout } from '../kernel/factors-left.js'
import type { Activation, ChallengedPerson } from './ports.js'

/** A factor that was proved for the first time, and what comes and goes with it. */
export interface Enrollment {
  readonly activation: Activation
  /** Shown once; null unless it is the first factor. */
  readonly recoveryCodes: readonly string[] | null
  /** Whether the new factor is what was demanded, where one was. */
  readonly meetsDemand: boolean
}

/**
 * The new factor as a live one; with the first come recovery codes, in place of any older ones. The factor it replaces
 * goes and the codes stay; where a new one was demanded, everything from before the demand goes. A factor that is not what was
 * demanded comes beside the others. Null: the account would be left without a factor it has to have (R143).
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
  // Who only replaces a factor keeps the codes that lie in the drawer; where a new one was demanded, they go as well.
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
