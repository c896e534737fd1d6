import type { Value } from './collection.js'

/** A stream and a place in it. */
export interface AuditPlace {
  readonly stream: string
  readonly sequence: number
}

const DIGITS = 12
const SHAPE = /^([^.]+)\.(\d{12})$/
// The character after the dot that follows the name of a stream.
const AFTER_DOT = '/'

/**
 * Stream and place as one value, so that one unique index sorts by stream, then by place. In the first stream it is the
 * bare number: its events are older than streams, and their index is unchanged.
 */
export const placeKey = ({ stream, sequence }: AuditPlace): string | number =>
  stream === '' ? sequence : `${stream}.${String(sequence).padStart(DIGITS, '0')}`

/** Higher than every place of a stream. Numbers have no such end: they are compared with numbers only. */
export const endOfStream = (stream: string): string => `${stream}${AFTER_DOT}`

/** Reads a key. What is none becomes a place that no check lets pass. */
export function placeOf(key: Value | undefined): AuditPlace {
  if (typeof key === 'number') return { stream: '', sequence: key }
  const [, stream, digits] = typeof key === 'string' ? (SHAPE.exec(key) ?? []) : []
  if (stream === undefined || digits === undefined) {
    return { stream: typeof key === 'string' ? key : JSON.stringify(key), sequence: Number.NaN }
  }
  return { stream, sequence: Number(digits) }
}
