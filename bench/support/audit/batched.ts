import type { AuditLog, NewAuditEvent } from '../../../src/audit/index.js'

const MAX_BATCH = 500

/** A log that hands what waits to `write`, one batch after another, as the gateway's does. */
export function batched(write: (events: readonly NewAuditEvent[]) => Promise<unknown>): Pick<AuditLog, 'record'> {
  const queue: { readonly events: readonly NewAuditEvent[]; readonly stored: () => void }[] = []
  let writing = false
  const writeQueue = async (): Promise<void> => {
    while (queue.length > 0) {
      const tickets = queue.splice(0, MAX_BATCH)
      await write(tickets.flatMap(({ events }) => events))
      for (const { stored } of tickets) stored()
    }
    writing = false
  }
  return {
    record: (events) =>
      new Promise((stored) => {
        queue.push({ events, stored })
        if (writing) return
        writing = true
        setImmediate(() => void writeQueue())
      }),
  }
}
