import type { StreamLog } from './audit-log.js'
import type { AuditStore } from './ports.js'

/**
 * The store of the log for readers in this process. A read sees every event this process recorded before it; events of
 * other processes may be a moment late.
 */
export function readAfterWriting(store: AuditStore, log: Pick<StreamLog, 'written'>): AuditStore {
  const afterwards = async <R>(read: () => Promise<R>): Promise<R> => {
    await log.written()
    return read()
  }
  return {
    ...store,
    between: (...where) => afterwards(() => store.between(...where)),
    rest: (...where) => afterwards(() => store.rest(...where)),
    nextStream: (after) => afterwards(() => store.nextStream(after)),
    count: () => afterwards(() => store.count()),
    find: (slice) => afterwards(() => store.find(slice)),
    findById: (id) => afterwards(() => store.findById(id)),
    openStreams: () => afterwards(() => store.openStreams()),
    erase: (input) => afterwards(() => store.erase(input)),
  }
}
