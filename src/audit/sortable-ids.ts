/** Makes ids that sort by time, and within one maker in the order they were made. */
export type MakeSortableId = (now: Date) => string

const RANDOM_BYTES = 10
// The top bit stays clear, so that counting up never runs over.
const RANDOM_MASK = (1n << 79n) - 1n
const LOW = (1n << 64n) - 1n
// Keeps the first digit from being a hyphen, because an id can be an argument on a command line.
const TIME_OFFSET = 2 ** 47

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const SORTED = Array.from(BASE64URL).sort()
const SORTED_DIGIT = new Map(Array.from(BASE64URL, (digit, value) => [digit, SORTED[value] ?? '']))

/**
 * Ids shaped like every other: 22 base64url characters for 48 bits of time and 80 random bits, but with the digits in
 * the order in which they sort as text. Within a millisecond the random part counts up, so the events of one operation
 * keep their order wherever they are read by time.
 */
export function sortableIds(random: (bytes: number) => string): MakeSortableId {
  let madeAt = -1
  let tail = 0n
  return (now) => {
    const time = now.getTime()
    tail = time === madeAt ? tail + 1n : startingAt(random(RANDOM_BYTES))
    madeAt = time
    return encode(time, tail)
  }
}

/** Every id that is made from this moment on sorts at or after this one. */
export const lowestIdAt = (moment: Date): string => encode(moment.getTime(), 0n)

const startingAt = (random: string): bigint =>
  BigInt(`0x${Buffer.from(random, 'base64url').toString('hex')}`) & RANDOM_MASK

function encode(time: number, tail: bigint): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(TIME_OFFSET + time, 0, 6)
  bytes.writeUInt16BE(Number(tail >> 64n), 6)
  bytes.writeBigUInt64BE(tail & LOW, 8)
  return bytes.toString('base64url').replace(/./g, (digit) => SORTED_DIGIT.get(digit) ?? '')
}
