import type { AccountId } from '../kernel/ids.js'
import type { AuditMoment, AuditStore } from './ports.js'

const BATCH = 200

export interface EraseEventsOutcome {
  readonly erased: number
  readonly unerasable: number
}

/**
 * Removes the personal parts of every event about an account. The events and the chain stay. The erasure has to be
 * recorded first. If it is interrupted, start it again: finished events are skipped. `goOn` is called between batches.
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
