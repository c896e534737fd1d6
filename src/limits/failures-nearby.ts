import { placeKey } from './address-key.js'
import type { Budgets } from './budgets.js'
import { counterOf, type Counter } from './counter.js'
import type { LimitsDeps } from './spend.js'

/** Counters that block no caller: they only record what preceded a sign-in from the same part of a network. */
export interface NearbyCounters {
  /** Failures for one name. */
  readonly ofName: Counter
  /** Names that failed. */
  readonly names: Counter
}

export function nearbyCounters(
  { budgets, secrets }: LimitsDeps & { readonly budgets: Budgets },
  caller: { readonly address: string | null; readonly nameKey: string },
  now: Date,
): NearbyCounters {
  const place = placeKey(caller.address)
  return {
    ofName: counterOf(secrets, budgets.failuresPerPlaceAndName, `${place} ${caller.nameKey}`, now),
    names: counterOf(secrets, budgets.failedNamesPerPlace, place, now),
  }
}

/** Counts a failure; a name is added to the place's count when it fails there for the first time. */
export async function countNearby({ limits }: LimitsDeps, { ofName, names }: NearbyCounters): Promise<void> {
  const count = await limits.increment(ofName.id, ofName.endsAt)
  if (count === 1) await limits.increment(names.id, names.endsAt)
}
