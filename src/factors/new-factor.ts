import type { AccountId, FactorId } from '../kernel/ids.js'
import type { EnrollmentReveal, Factor, FactorKind } from './factor.js'

export interface NewFactorInput {
  readonly accountId: AccountId
  readonly factorId: FactorId
  /** Whose it is, for the authenticator app. */
  readonly label: string
  /** The name its owner chose; null for the kind's own. */
  readonly name: string | null
  readonly now: Date
}

/** A factor that waits for its first proof, and what to show of it once. Nothing is stored yet. */
export async function newFactor(
  kind: FactorKind,
  input: NewFactorInput,
): Promise<{ readonly factor: Factor; readonly reveal: EnrollmentReveal }> {
  const { material, reveal } = await kind.begin(input)
  const factor: Factor = {
    id: input.factorId,
    type: kind.type,
    name: input.name ?? kind.defaultName,
    status: 'PENDING',
    createdAt: input.now,
    activatedAt: null,
    lastUsedAt: null,
    consecutiveFailures: 0,
    material,
  }
  return { factor, reveal }
}
