import { createBoundedCache } from '../kernel/bounded-cache.js'
import { secondsBetween } from '../kernel/clock.js'
import type { SessionId } from '../kernel/ids.js'

/** How often use of a session is written down: so rarely that it costs nothing, well below every idle limit. */
const RECORD_SECONDS = 60
const REMEMBERED_SESSIONS = 50_000

/** What this process knows of when the use of sessions was last written down. */
export interface RecordedUses {
  /** Whether it is known that the use has to be written down again; unknown sessions are read first. */
  isKnownToBeDue(sessionId: SessionId, now: Date): boolean
  isDue(lastSeenAt: Date, now: Date): boolean
  note(sessionId: SessionId, lastSeenAt: Date): void
}

/** Only a memory: forgetting costs one command more, never a session. */
export function rememberRecordedUses(): RecordedUses {
  const known = createBoundedCache<Date>(REMEMBERED_SESSIONS)
  const isDue = (lastSeenAt: Date, now: Date): boolean => secondsBetween(lastSeenAt, now) >= RECORD_SECONDS
  return {
    isDue,
    isKnownToBeDue: (sessionId, now) => {
      const lastSeenAt = known.get(sessionId)
      return lastSeenAt !== undefined && isDue(lastSeenAt, now)
    },
    note: (sessionId, lastSeenAt) => known.set(sessionId, lastSeenAt, 1),
  }
}
