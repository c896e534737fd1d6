import type { AccountId } from '../kernel/ids.js'
import type { AuditAction } from './audit-actions.js'
import type { AuditEvent, AuditOutcome } from './audit-event.js'
import type { ChainHead } from './chain.js'

/** Which events to find; an absent part does not narrow. */
export interface AuditFilter {
  /** From this moment on. */
  readonly from?: Date
  /** Before this moment. */
  readonly until?: Date
  readonly actions?: readonly AuditAction[]
  readonly outcome?: AuditOutcome
  /** The account acted, or was acted upon. */
  readonly accountId?: string
}

export interface AuditSlice {
  readonly filter: AuditFilter
  /** Only events with a lower (`below`) or higher (`above`) sequence. */
  readonly below?: number
  readonly above?: number
  readonly order: 'NEWEST_FIRST' | 'OLDEST_FIRST'
  readonly limit: number
}

/** What the log needs of a store. All verbs throw `Unavailable` when the store does not answer. */
export interface AuditStore {
  /** The newest event with at least this sequence; null when there is none. A floor spares the search of old events. */
  head(fromSequence: number): Promise<ChainHead | null>
  /**
   * Inserts in order in one command and stops at the first event whose sequence or id is taken. Answers how many
   * were stored before that: all of them when nobody else was writing.
   */
  append(events: readonly AuditEvent[]): Promise<{ readonly stored: number }>
  /** The next events after a sequence, oldest first, exactly as stored. */
  page(afterSequence: number, limit: number): Promise<AuditEvent[]>
  /** Events to be read: their details stand with the other metadata, so they are not what the hash is of. */
  find(slice: AuditSlice): Promise<AuditEvent[]>
  findById(id: string): Promise<AuditEvent | null>
  count(): Promise<number>
  /** Erases what `erasableParts` says of the next events about an account, oldest first. Doing it again changes nothing. */
  erase(input: EventsToErase): Promise<ErasedEvents>
}

export interface EventsToErase {
  readonly accountId: AccountId
  readonly afterSequence: number
  readonly limit: number
}

export interface ErasedEvents {
  /** How many have lost something now. */
  readonly erased: number
  /** How many are of version 1: what is personal in them is part of their hash and stays. */
  readonly unerasable: number
  /** The last one that was looked at; null when there are no more. */
  readonly lastSequence: number | null
}
