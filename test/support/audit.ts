import { NO_EVENTS, type AuditLog, type NewAuditEvent } from '../../src/audit/index.js'

/** A log that only remembers: what was recorded, and what was prepared for a change. */
export const rememberingAudit = (recorded: NewAuditEvent[] = []): AuditLog => ({
  prepare: (events) => {
    recorded.push(...events)
    return NO_EVENTS
  },
  record: async (events) => void recorded.push(...events),
  settle: async () => undefined,
})
