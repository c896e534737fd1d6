import { secondsAfter } from '../kernel/clock.js'
import type { EnrollmentRequest, EnrollmentReveal, Factor, FactorKind, EnrollmentBeginning } from './factor.js'

export interface NewFactorInput extends EnrollmentRequest {
  /** The name its owner chose; null for the kind's default. */
  readonly name: string | null
  /** How long it is valid; null: for ever. */
  readonly lifetimeSeconds: number | null
}

export type NewFactor =
  | { readonly kind: 'begun'; readonly factor: Factor; readonly reveal: EnrollmentReveal }
  | Extract<EnrollmentBeginning, { kind: 'bad-input' }>

/** A factor that waits for its first proof, and what to show of it once. Nothing is stored yet. */
export async function newFactor(kind: FactorKind, input: NewFactorInput): Promise<NewFactor> {
  const begun = await kind.begin(input)
  if (begun.kind !== 'begun') return begun
  const factor: Factor = {
    id: input.factorId,
    type: kind.type,
    // Factors of one kind are told apart by the destination of their messages.
    name: input.name ?? (begun.hint ? `${kind.defaultName} ${begun.hint}` : kind.defaultName),
    status: 'PENDING',
    createdAt: input.now,
    activatedAt: null,
    lastUsedAt: null,
    expiresAt: input.lifetimeSeconds === null ? null : secondsAfter(input.now, input.lifetimeSeconds),
    hint: begun.hint ?? null,
    replaces: null,
    consecutiveFailures: 0,
    material: begun.material,
  }
  return { kind: 'begun', factor, reveal: begun.reveal }
}
