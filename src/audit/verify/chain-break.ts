import { FIRST_STREAM } from '../audit-event.js'

/** What was done to the log. */
export const CHAIN_FAULTS = ['EDITED', 'DELETED', 'REORDERED', 'INSERTED', 'TRUNCATED', 'REWRITTEN', 'FORGED'] as const
export type ChainFault = (typeof CHAIN_FAULTS)[number]

/** The first place where the log does not hold. */
export interface ChainBreak {
  readonly fault: ChainFault
  /** The checkpoint that shows it; null when none covers the place. */
  readonly checkpoint: number | null
  /** The stream; null when it is the checkpoint that is wrong. */
  readonly stream: string | null
  /** The place in the stream; for `DELETED` and `TRUNCATED` the first event that is missing. */
  readonly sequence: number | null
  /** The event found there; null when there is none. */
  readonly eventId: string | null
  readonly detail: string
}

/** An event by its place, in a sentence. */
export const placeName = (stream: string, sequence: number): string =>
  stream === FIRST_STREAM ? `event ${sequence}` : `event ${sequence} of stream ${stream}`

export const breakOfCheckpoint = (fault: ChainFault, checkpoint: number, detail: string): ChainBreak => ({
  ...{ fault, checkpoint, detail },
  ...{ stream: null, sequence: null, eventId: null },
})
