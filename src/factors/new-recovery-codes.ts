import { newId, type AccountId } from '../kernel/ids.js'
import type { Factor, FactorKind } from './factor.js'
import { newFactor } from './new-factor.js'

/** A new set of codes, shown once, as a factor that needs no proof. */
export interface NewRecoveryCodes {
  readonly factor: Factor
  readonly recoveryCodes: readonly string[]
}

/** Creates a set of recovery codes that is valid at once. Nothing is stored yet. */
export async function newRecoveryCodes(
  kind: FactorKind,
  { accountId, now }: { readonly accountId: AccountId; readonly now: Date },
): Promise<NewRecoveryCodes> {
  const nothingGiven = { label: '', name: null, phoneNumber: null, emailAddress: null, lifetimeSeconds: null }
  const made = await newFactor(kind, { accountId, factorId: newId(), now, ...nothingGiven })
  if (made.kind !== 'begun') throw new Error('recovery codes need no input')
  const factor: Factor = { ...made.factor, status: 'ACTIVE', activatedAt: now }
  return { factor, recoveryCodes: made.reveal.recoveryCodes ?? [] }
}
