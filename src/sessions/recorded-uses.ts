import { createBoundedCache } from '../kernel/bounded-cache.js'
import { secondsBetween } from '../kernel/clock.js'
import type { CredentialClaim } from './read-credential.js'
import type { Session } from './session.js'

/** How often the use of a session is recorded: rarely enough to cost nothing, and well below every idle limit. */
const RECORD_SECONDS = 60
const REMEMBERED_CREDENTIALS = 50_000

type Credential = Pick<CredentialClaim, 'sessionId' | 'generation'>

/** What this process knows of the credentials it has seen: that each was presented, and when its use was recorded. */
export interface RecordedUses {
  /**
   * Whether it is known to have been presented and its use recorded. Any other credential is presented by an update.
   */
  isKnown(credential: Credential, now: Date): boolean
  isDue(lastSeenAt: Date, now: Date): boolean
  note(credential: Credential, lastSeenAt: Date): void
  /** This process has just stored the session: a use within the next minute is not recorded if nothing depends on it. */
  noteOpened(session: Session): void
}

/** Only a cache: a lost entry costs an update instead of a read, never a session. */
export function rememberRecordedUses(): RecordedUses {
  const known = createBoundedCache<Date>(REMEMBERED_CREDENTIALS)
  const isDue = (lastSeenAt: Date, now: Date): boolean => secondsBetween(lastSeenAt, now) >= RECORD_SECONDS
  // Each generation of access tokens is presented separately: it proves that its own refresh token arrived.
  const keyOf = ({ sessionId, generation }: Credential): string => `${sessionId}.${generation ?? ''}`
  const note = (credential: Credential, lastSeenAt: Date): void => known.set(keyOf(credential), lastSeenAt, 1)
  return {
    isDue,
    isKnown: (credential, now) => {
      const lastSeenAt = known.get(keyOf(credential))
      return lastSeenAt !== undefined && !isDue(lastSeenAt, now)
    },
    note,
    noteOpened: (session) => {
      if (needsNoPresentation(session)) note({ sessionId: session.id, generation: null }, session.lastSeenAt)
    },
  }
}

/** A pending session has no device. If it replaces no session either, no decision depends on when it was presented. */
const needsNoPresentation = ({ state, replaces, replacesElsewhere }: Session): boolean =>
  state === 'pending' && replaces === undefined && replacesElsewhere === undefined
