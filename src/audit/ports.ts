import type { AccountId } from '../kernel/ids.js'
import type { AuditAction } from './audit-actions.js'
import type { AuditEvent, AuditOutcome } from './audit-event.js'
import type { ChainHead } from './chain.js'
import type { Checkpoint } from './checkpoints/checkpoint.js'

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
  /** The event was recorded in one of these requests. */
  readonly requestIds?: readonly string[]
}

/** The position of an event in reading order: by time, and by id within a millisecond. */
export type AuditMoment = Pick<AuditEvent, 'occurredAt' | 'id'>

export interface AuditSlice {
  readonly filter: AuditFilter
  /** Only events that are older (`below`) or newer (`above`) than this one. */
  readonly below?: AuditMoment
  readonly above?: AuditMoment
  readonly order: 'NEWEST_FIRST' | 'OLDEST_FIRST'
  readonly limit: number
}

/** A stream that may still be written. */
export interface OpenStream {
  readonly id: string
  readonly openedAt: Date
}

/** Reading streams as they are stored. All verbs throw `Unavailable` when the store does not answer. */
export interface StreamReader {
  /** The events of a stream after one place, up to and with another, in order, exactly as stored. */
  between(stream: string, after: number, until: number): Promise<AuditEvent[]>
  /** The next events of a stream after a place, in order. Places between them may be missing. */
  rest(stream: string, after: number, limit: number): Promise<AuditEvent[]>
  /** The stream that comes next by id, among those that hold events; null after the last one. */
  nextStream(after: string): Promise<string | null>
  /** About how many events there are, at once: the store's own count, which may be off after a crash or in shards. */
  size(): Promise<number>
  /** How many events there are exactly. Looks at each of them. */
  count(): Promise<number>
  /** How many events have no place in any stream, or a few less if some are appended meanwhile. Looks at each of them. */
  unplaced(): Promise<number>
  find(slice: AuditSlice): Promise<AuditEvent[]>
}

/** What the log needs of a store. All verbs throw `Unavailable` when the store does not answer. */
export interface AuditStore extends StreamReader {
  /** Announces a stream, before its first event. Doing it again changes nothing. */
  openStream(stream: OpenStream): Promise<void>
  /** The streams that were announced and not closed. */
  openStreams(): Promise<OpenStream[]>
  closeStreams(ids: readonly string[]): Promise<void>
  /** The newest event of a stream with at least this sequence; null when there is none. */
  head(stream: string, fromSequence: number): Promise<ChainHead | null>
  /**
   * Inserts in order in one command and stops at the first event whose place or id is taken. Answers how many were
   * stored before that. `known` tells whether the id was taken.
   */
  append(events: readonly AuditEvent[]): Promise<{ readonly stored: number }>
  /** Those of the ids that are in the log. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** Events for reading: details are merged into the metadata, so they do not match the hash. */
  find(slice: AuditSlice): Promise<AuditEvent[]>
  findById(id: string): Promise<AuditEvent | null>
  /**
   * Erases what `erasableParts` says of the next events about an account, oldest first. Doing it again changes nothing.
   */
  erase(input: EventsToErase): Promise<ErasedEvents>
}

export interface EventsToErase {
  readonly accountId: AccountId
  /** Null: from the first one. */
  readonly after: AuditMoment | null
  readonly limit: number
}

export interface ErasedEvents {
  /** How many have lost something now. */
  readonly erased: number
  /** How many are of version 1: what is personal in them is part of their hash and stays. */
  readonly unerasable: number
  /** The last one that was looked at; null when there are no more. */
  readonly last: AuditMoment | null
}

/** Where checkpoints are kept. All verbs throw `Unavailable` when the store does not answer. */
export interface CheckpointStore {
  /** The checkpoint with the highest number from this one on; null when there is none. A floor spares the search. */
  newest(fromNumber: number): Promise<Checkpoint | null>
  find(number: number): Promise<Checkpoint | null>
  /** The next checkpoints after a number, in order. */
  page(afterNumber: number, limit: number): Promise<Checkpoint[]>
  /** False when there is a checkpoint of this number already: of any number of writers one wins. */
  append(checkpoint: Checkpoint): Promise<boolean>
  /** The newest checkpoint below a number that covers events of a stream. */
  newestOf(stream: string, belowNumber: number): Promise<Checkpoint | null>
  /** The next checkpoints after a number that cover events of a stream, in order. */
  pageOf(stream: string, afterNumber: number, limit: number): Promise<Checkpoint[]>
  /**
   * The number of the last checkpoint that was made before a moment, by the clock of who made it; 0 when there is none.
   */
  numberAt(moment: Date): Promise<number>
}
