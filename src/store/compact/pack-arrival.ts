import type { ArrivedBy } from '../../sessions/index.js'
import type { ByteReader, ByteWriter } from './bytes.js'

// Stored values name these by their place: none may be added, moved or removed without another version.
const IS_SHORT = [false, true] as const
const IS_RULED = [false, true] as const
const IS_OWN_DEVICE = [undefined, false, true] as const
const TOKEN_STATES = ['trusted', 'known', 'none', 'foreign'] as const
const BINS = [null, 0, 1, 2, 3] as const

/** The facts of a sign-in: one byte for all choices, and the score, in half its bytes where that is exact. */
export function writeArrival(writer: ByteWriter, arrivedBy: ArrivedBy): void {
  const { score, isRuled, deviceToken, isOwnDevice, fingerprintBin } = arrivedBy
  const isShort = Math.fround(score) === score
  const places = [
    placeIn(IS_SHORT, isShort),
    placeIn(IS_RULED, isRuled),
    placeIn(IS_OWN_DEVICE, isOwnDevice),
    placeIn(TOKEN_STATES, deviceToken),
    placeIn<number | null>(BINS, fingerprintBin),
  ]
  writer.byte(places.reduce((sum, { place, length }) => sum * length + place, 0))
  if (isShort) writer.float(score)
  else writer.double(score)
}

export function readArrival(reader: ByteReader): ArrivedBy {
  let rest = reader.byte()
  const next = <T>(list: readonly T[]): T => {
    const value = list[rest % list.length] as T
    rest = Math.floor(rest / list.length)
    return value
  }
  const fingerprintBin = next(BINS)
  const deviceToken = next(TOKEN_STATES)
  const isOwnDevice = next(IS_OWN_DEVICE)
  const isRuled = next(IS_RULED)
  const score = next(IS_SHORT) ? reader.float() : reader.double()
  if (rest !== 0) throw new RangeError('a choice has no meaning')
  return { score, isRuled, deviceToken, ...(isOwnDevice === undefined ? {} : { isOwnDevice }), fingerprintBin }
}

function placeIn<T>(list: readonly T[], value: T): { readonly place: number; readonly length: number } {
  const place = list.indexOf(value)
  if (place === -1) throw new RangeError('a choice has no place')
  return { place, length: list.length }
}
