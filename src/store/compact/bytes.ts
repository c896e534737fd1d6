import { decodeBase64url } from '../../kernel/base64url.js'

const KEY_BYTES = 6
const ID_BYTES = 16
const MOST = 2 ** 48 - 1
/** The bit that says that another byte of a count follows. */
const MORE = 0x80
const scratch = Buffer.alloc(4096)

/** Appends values. Each method throws a `RangeError` or `TypeError` for a value it cannot give back exactly. */
export interface ByteWriter {
  byte(value: number): void
  /** A whole number below 2^48, the smaller the shorter. */
  count(value: number): void
  /** A whole number below 2^48. */
  key(value: number): void
  short(value: number): void
  /** A number that 32 bits give back exactly. */
  float(value: number): void
  double(value: number): void
  time(value: Date): void
  /** A time, by how long it was before a later one. */
  timeBefore(later: Date, value: Date): void
  text(value: string): void
  /** Base64url of so many bytes. */
  base64url(value: string, bytes: number): void
  /** An id as `newId` makes it. */
  id(value: string): void
}

/** Reads what a `ByteWriter` wrote, in the same order. Each method throws where nothing is left. */
export interface ByteReader {
  byte(): number
  count(): number
  key(): number
  short(): number
  float(): number
  double(): number
  time(): Date
  timeBefore(later: Date): Date
  text(): string
  base64url(bytes: number): string
  id(): string
}

/** The values as base64url text, which both stores keep alike. Null if one of them does not fit its form. */
export function packed(write: (writer: ByteWriter) => void): string | null {
  let offset = 0
  const bytes = (value: string, length: number): void => {
    const read = decodeBase64url(value)
    if (read?.length !== length) throw new RangeError('a text is not base64url of this length')
    offset += read.copy(scratch, room(length))
  }
  const room = (length: number): number => {
    if (offset + length > scratch.length) throw new RangeError('there is no room left')
    return offset
  }
  const byte = (value: number): void => void (offset = scratch.writeUInt8(value, room(1)))
  const key = (value: number): void => {
    if (!Number.isInteger(value)) throw new RangeError('a key is a whole number')
    offset = scratch.writeUIntLE(value, room(KEY_BYTES), KEY_BYTES)
  }
  const count = (value: number): void => {
    if (!Number.isInteger(value) || value < 0 || value > MOST) throw new RangeError('a count is whole and not negative')
    let rest = value
    for (; rest >= MORE; rest = Math.floor(rest / MORE)) byte((rest % MORE) + MORE)
    byte(rest)
  }
  const writer: ByteWriter = {
    byte,
    count,
    key,
    short: (value) => {
      if (!Number.isInteger(value)) throw new RangeError('a short number is whole')
      offset = scratch.writeInt16LE(value, room(2))
    },
    float: (value) => {
      if (!Number.isFinite(value)) throw new RangeError('a number is finite')
      offset = scratch.writeFloatLE(value, room(4))
    },
    double: (value) => {
      if (!Number.isFinite(value)) throw new RangeError('a number is finite')
      offset = scratch.writeDoubleLE(value, room(8))
    },
    time: (value) => key(value.getTime()),
    timeBefore: (later, value) => count(later.getTime() - value.getTime()),
    text: (value) => {
      const length = Buffer.byteLength(value)
      count(length)
      offset += scratch.write(value, room(length))
    },
    base64url: bytes,
    id: (value) => bytes(value, ID_BYTES),
  }
  try {
    write(writer)
    return scratch.toString('base64url', 0, offset)
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return null
    throw error
  }
}

/** What `packed` made a text of, or only its beginning. Null for any other text. */
export function unpacked<T>(
  text: string,
  read: (reader: ByteReader) => T,
  which: 'all' | 'beginning' = 'all',
): T | null {
  const bytes = Buffer.from(text, 'base64url')
  let offset = 0
  const advance = (length: number): number => {
    if (offset + length > bytes.length) throw new RangeError('nothing is left to read')
    offset += length
    return offset - length
  }
  const byte = (): number => bytes.readUInt8(advance(1))
  const key = (): number => bytes.readUIntLE(advance(KEY_BYTES), KEY_BYTES)
  const base64url = (length: number): string => {
    const start = advance(length)
    return bytes.toString('base64url', start, start + length)
  }
  const count = (): number => {
    let value = 0
    for (let place = 1; place <= MOST; place *= MORE) {
      const next = byte()
      value += (next % MORE) * place
      if (next < MORE) return value
    }
    throw new RangeError('a count is too long')
  }
  const reader: ByteReader = {
    byte,
    count,
    key,
    short: () => bytes.readInt16LE(advance(2)),
    float: () => bytes.readFloatLE(advance(4)),
    double: () => bytes.readDoubleLE(advance(8)),
    time: () => new Date(key()),
    timeBefore: (later) => new Date(later.getTime() - count()),
    text: () => {
      const length = count()
      const start = advance(length)
      return bytes.toString('utf8', start, start + length)
    },
    base64url,
    id: () => base64url(ID_BYTES),
  }
  try {
    const value = read(reader)
    return which === 'beginning' || offset === bytes.length ? value : null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
