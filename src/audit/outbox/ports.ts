import type { AccountId } from '../../kernel/ids.js'
import type { OutboxHolder, Waiting } from './change-events.js'

/** Documents that events wait in. All verbs throw `Unavailable` when the store does not answer. */
export interface OutboxStore {
  /** What waits in one document. */
  waitingIn(holder: OutboxHolder): Promise<Waiting>
  /** What waits in an account's document. */
  waitingOf(accountId: AccountId): Promise<Waiting>
  /** Documents with entries whose ids are below one, those of the oldest first; only these entries. */
  waitingBelow(id: string, limit: number): Promise<readonly Waiting[]>
  /** Removes entries that are in the log. */
  remove(delivered: readonly Waiting[]): Promise<void>
}

/** For a log without documents: nothing ever waits. */
export const NO_OUTBOX: OutboxStore = {
  waitingIn: async (holder) => ({ holder, entries: [] }),
  waitingOf: async (id) => ({ holder: { collection: '', id }, entries: [] }),
  waitingBelow: async () => [],
  remove: async () => undefined,
}
