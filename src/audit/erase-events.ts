import type { AccountId } from '../kernel/ids.js'
import type { AuditMoment, AuditStore } from './ports.js'

const BATCH = 200

export interface EraseEventsOutcome {
  readonly erased: number
  readonly unerasable: number
}

/**
 * Takes what is personal out of every event about an account; the events stay, and so does the chain. The erasure has to
 * be on record before. Whoever dies half way begins anew: what is done is passed over. `goOn` is asked between batches.
 */
export async function eraseEvents(
  store: Pick<AuditStore, 'erase'>,
  accountId: AccountId,
  goOn: () => Promise<boolean>,
): Promise<EraseEventsOutcome | null> {
  let sum: EraseEventsOutcome = { erased: 0, unerasable: 0 }
  let after: AuditMoment | null = null
  do {
    if (!(await goOn())) return null
    const { erased, unerasable, last } = await store.erase({ accountId, after, limit: BATCH })
    sum = { erased: sum.erased + erased, unerasable: sum.unerasable + unerasable }
    after = last
  } while (after !== null)
  return sum
}
