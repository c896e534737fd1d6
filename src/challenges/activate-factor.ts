import { claimsOf, codesLeft, newRecoveryCodes, type Factor, type FactorKinds } from '../factors/index.js'
import type { Activation, ChallengedPerson } from './ports.js'

/** A factor that was proved for the first time, and what comes and goes with it. */
export interface Enrollment {
  readonly activation: Activation
  /** Shown once; null unless it is the first factor. */
  readonly recoveryCodes: readonly string[] | null
}

/**
 * The new factor as a live one; with the first come recovery codes, in place of any older ones. The factor it replaces
 * goes and the codes stay; where a new one was demanded, everything from before the demand goes.
 */
export async function activate(
  deps: { readonly kinds: FactorKinds; readonly maxFactors: number },
  person: ChallengedPerson,
  proved: { readonly factor: Factor; readonly claim: string | null; readonly now: Date },
): Promise<Enrollment> {
  const { factor, claim, now } = proved
  const records = Object.values(person.factorRecords)
  const removes = records.filter((each) => each.id === factor.replaces || isOutdated(each, person.reEnrollSince))
  const removesActive = removes.filter(({ status }) => status === 'ACTIVE').length
  const older = records.filter((each) => each.type === 'RECOVERY_CODE')
  const isFirst = person.activeFactorCount - removesActive === 0
  // Who only replaces a factor keeps the codes that lie in the drawer; where a new one was demanded, they go as well.
  const keepsCodes = factor.replaces !== null && person.reEnrollSince === null && older.some(hasCodes)
  const kind = isFirst && !keepsCodes ? deps.kinds.get('RECOVERY_CODE') : undefined
  const recovery = kind && (await newRecoveryCodes(kind, { accountId: person.account.id, now }))
  const activation: Activation = {
    factor: { ...factor, status: 'ACTIVE', activatedAt: now, lastUsedAt: now, consecutiveFailures: 0, replaces: null },
    recovery: recovery?.factor ?? null,
    replacesRecovery: recovery ? older.map(({ id }) => id) : [],
    removes: removes.map(({ id }) => id),
    removesActive,
    countBefore: person.activeFactorCount,
    maxFactors: deps.maxFactors,
    claim,
    keptClaims: claimsOf(records.filter((each) => !removes.includes(each))),
  }
  return { activation, recoveryCodes: recovery?.recoveryCodes ?? null }
}

const hasCodes = (factor: Factor): boolean => (codesLeft(factor) ?? 0) > 0

function isOutdated({ type, activatedAt }: Factor, since: Date | null): boolean {
  return since !== null && type !== 'RECOVERY_CODE' && (activatedAt === null || activatedAt < since)
}
