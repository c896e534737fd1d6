import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { numericAddress, type NumericAddress } from '../addresses/address.js'
import { openFile, openRangeFile, type OpenFile, type RecordLayout } from './range-file.js'

/** What the data says about an address. */
export interface PlaceRecord {
  readonly country: string
  readonly city: string
  /** Degrees. */
  readonly latitude: number
  readonly longitude: number
  readonly radiusKm: number
}

export interface PlaceRecords {
  readonly lookup: (address: string) => PlaceRecord | null
  /** Whether the files were written to since they were opened, so that they must be opened again. */
  readonly hasChanged: () => boolean
  readonly close: () => Promise<void>
}

// The format of geoip-lite 2: numbers are big-endian. A range of IPv6 has 16 bytes for a key, of which 8 count.
const V4: Layout = {
  bytes: 24,
  first: (record) => BigInt(record.readUInt32BE(0)),
  last: (record) => BigInt(record.readUInt32BE(4)),
  place: 8,
}
const V6: Layout = {
  bytes: 48,
  first: (record) => record.readBigUInt64BE(0),
  last: (record) => record.readBigUInt64BE(16),
  place: 32,
}
const NAME = { bytes: 88, country: 0, city: 42 }
const NO_NAME = 0xffffffff
const UNITS_PER_DEGREE = 10_000

interface Layout extends RecordLayout {
  /** Where the number of the name is, which latitude, longitude and radius follow. */
  readonly place: number
}

/**
 * Reads the data files of geoip-lite where they are. The library itself keeps 110 MB of them in memory, which is more than all
 * the rest of a gateway.
 */
export async function openPlaceRecords(ownDirectory: string | null): Promise<PlaceRecords> {
  const directory = ownDirectory ?? libraryDirectory()
  const [names, v4, v6] = await Promise.all([
    openFile(join(directory, 'geoip-city-names.dat')),
    openFile(join(directory, 'geoip-city.dat')),
    openFile(join(directory, 'geoip-city6.dat')),
  ])
  const files = [names, v4, v6]
  const [ranges4, ranges6] = await Promise.all([openRangeFile(v4, V4), openRangeFile(v6, V6)])
  return {
    lookup: (text) => {
      const address = numericAddress(text)
      if (address === null) return null
      const [ranges, layout] = address.family === 4 ? [ranges4, V4] : [ranges6, V6]
      const record = ranges.find(keyOf(address))
      return record && placeIn(record, layout, names)
    },
    hasChanged: () => files.some((file) => file.hasChanged()),
    close: async () => {
      await Promise.all(files.map((file) => file.close()))
    },
  }
}

const libraryDirectory = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('geoip-lite/package.json')), 'data')

const keyOf = (address: NumericAddress): bigint =>
  address.family === 4
    ? BigInt(address.value)
    : address.groups.slice(0, 4).reduce((key, group) => (key << 16n) | BigInt(group), 0n)

function placeIn(record: Buffer, { place }: Layout, names: OpenFile): PlaceRecord | null {
  const number = record.readUInt32BE(place)
  if (number === NO_NAME) return null
  const name = names.read(number * NAME.bytes, NAME.bytes)
  return {
    country: textIn(name, NAME.country, 2),
    city: textIn(name, NAME.city, NAME.bytes - NAME.city),
    latitude: record.readInt32BE(place + 4) / UNITS_PER_DEGREE,
    longitude: record.readInt32BE(place + 8) / UNITS_PER_DEGREE,
    radiusKm: record.readUInt32BE(place + 12),
  }
}

/** A text that ends at a zero byte, or with its field. */
function textIn(bytes: Buffer, start: number, length: number): string {
  const field = bytes.subarray(start, start + length)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end === -1 ? length : end)
}
