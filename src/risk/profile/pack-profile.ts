import type { Key } from '../observation.js'
import {
  FINGERPRINT_BINS,
  HOUR_BINS,
  PROFILE_LIMITS,
  type Counted,
  type CountedBrowser,
  type DevicePlace,
  type PassedStepUp,
  type RiskProfile,
} from './profile.js'

/** A profile as it is stored: base64url, so that both stores hold the same bytes. At most about 2 kB before encoding. */
export type PackedProfile = string & { readonly __packedProfile: never }

const VERSION = 2
const KEY_BYTES = 6
const NO_PARENT = 255
const NO_MAJOR = 0xffff
const NO_PLACE = 0x7fff
const ENTRY_BYTES = KEY_BYTES + 1 + 4 + 2
const PLACE_BYTES = 2 * KEY_BYTES + 2 + 2 + 2 + 1 + 8
const STEP_UP_BYTES = 8 + 4 + 4 * KEY_BYTES

// Written once and copied out, since a profile is packed for every sign-in.
const scratch = Buffer.alloc(16_384)

/** Throws when a list is longer than `PROFILE_LIMITS` says, which `learn` never makes. */
export function packProfile(profile: RiskProfile): PackedProfile {
  const writer = writerOn(scratch)
  writer.byte(VERSION)
  writer.double(profile.at)
  writer.double(profile.since)
  writer.float(profile.learned)
  writer.float(profile.total)
  writer.entries(profile.countries, [])
  writer.entries(profile.networks, profile.countries)
  writer.entries(profile.prefixes, profile.countries)
  writer.entries(profile.subnets, profile.networks)
  writer.entries(profile.hosts, profile.subnets)
  writer.entries(profile.systems, [])
  writer.entries(profile.browsers, profile.systems)
  for (const { major } of profile.browsers) writer.short(major === null ? NO_MAJOR : Math.min(major, NO_MAJOR - 1))
  writer.entries(profile.languages, [])
  writer.entries(profile.timeZones, [])
  writer.float(profile.withToken)
  writer.float(profile.withoutToken)
  profile.fingerprints.forEach(writer.float)
  profile.hours.forEach(writer.float)
  writer.byte(profile.places.length)
  profile.places.forEach(writer.place)
  writer.byte(profile.passed ? 1 : 0)
  if (profile.passed) writer.stepUp(profile.passed)
  return scratch.toString('base64url', 0, writer.length()) as PackedProfile
}

let latest: { readonly packed: string; readonly profile: RiskProfile | null } | null = null

/**
 * Null for what no version of ours has written: then nothing is known to be usual, and the person is asked. The latest one
 * is kept, because what was judged by a profile is mostly learned into it next.
 */
export function unpackProfile(packed: string): RiskProfile | null {
  if (latest?.packed !== packed) latest = { packed, profile: unpack(packed) }
  return latest.profile
}

function unpack(packed: string): RiskProfile | null {
  const reader = readerOn(Buffer.from(packed, 'base64url'))
  try {
    if (reader.byte() !== VERSION) return null
    const profile = readProfile(reader)
    return reader.isAtEnd() && isSound(profile) ? profile : null
  } catch {
    // Reading is all that is done here, and all that fails is a read beyond the end.
    return null
  }
}

function readProfile(reader: ReturnType<typeof readerOn>): RiskProfile {
  const at = reader.double()
  const since = reader.double()
  const learned = reader.float()
  const total = reader.float()
  const countries = reader.entries([], PROFILE_LIMITS.countries)
  const networks = reader.entries(countries, PROFILE_LIMITS.networks)
  const prefixes = reader.entries(countries, PROFILE_LIMITS.prefixes)
  const subnets = reader.entries(networks, PROFILE_LIMITS.subnets)
  const hosts = reader.entries(subnets, PROFILE_LIMITS.hosts)
  const systems = reader.entries([], PROFILE_LIMITS.systems)
  const browsers = reader.browsers(systems)
  return {
    at,
    since,
    learned,
    total,
    countries,
    networks,
    prefixes,
    subnets,
    hosts,
    systems,
    browsers,
    languages: reader.entries([], PROFILE_LIMITS.languages),
    timeZones: reader.entries([], PROFILE_LIMITS.timeZones),
    withToken: reader.float(),
    withoutToken: reader.float(),
    fingerprints: reader.floats(FINGERPRINT_BINS),
    hours: reader.floats(HOUR_BINS),
    places: reader.places(),
    passed: reader.byte() === 1 ? reader.stepUp() : null,
  }
}

/** Bytes that were tampered with or torn must not become a profile that calls everything usual. */
const isSound = ({ passed, ...profile }: RiskProfile): boolean =>
  hasSoundCounts(profile) && (passed === null || (Number.isFinite(passed.score) && passed.at <= profile.at))

const hasSoundCounts = ({
  at,
  since,
  learned,
  total,
  withToken,
  withoutToken,
  fingerprints,
  hours,
}: Omit<RiskProfile, 'passed'>): boolean =>
  [at, since, learned, total, withToken, withoutToken].every(isSoundCount) &&
  fingerprints.every(isSoundCount) &&
  hours.every(isSoundCount)

const isSoundCount = (value: number): boolean => Number.isFinite(value) && value >= 0

const viewOf = ({ buffer, byteOffset, byteLength }: Buffer): DataView => new DataView(buffer, byteOffset, byteLength)

/** Whole numbers by `Buffer`, which throws when they do not fit; the others by a view, which is faster. */
function writerOn(bytes: Buffer) {
  const view = viewOf(bytes)
  let offset = 0
  const byte = (value: number): void => void (offset = bytes.writeUInt8(value, offset))
  const short = (value: number): void => void (offset = bytes.writeUInt16LE(value, offset))
  const signed = (value: number): void => void (offset = bytes.writeInt16LE(value, offset))
  const float = (value: number): void => {
    view.setFloat32(offset, value, true)
    offset += 4
  }
  const double = (value: number): void => {
    view.setFloat64(offset, value, true)
    offset += 8
  }
  const key = (value: Key): void => void (offset = bytes.writeUIntLE(value, offset, KEY_BYTES))
  return {
    length: () => offset,
    byte,
    short,
    float,
    double,
    entries: (list: readonly Counted[], parents: readonly Counted[]) => {
      byte(list.length)
      for (const entry of list) {
        const parent = parents.findIndex((candidate) => candidate.key === entry.parent)
        key(entry.key)
        byte(parent === -1 ? NO_PARENT : parent)
        float(entry.count)
        short(entry.day)
      }
    },
    place: ({ device, browser, place, relayed, at }: DevicePlace) => {
      key(device)
      key(browser)
      signed(place ? Math.round(place.latitude * 10) : NO_PLACE)
      signed(place ? Math.round(place.longitude * 10) : NO_PLACE)
      short(place?.radiusKm ?? 0)
      byte(relayed ? 1 : 0)
      double(at)
    },
    stepUp: ({ at, score, device, browser, network, host }: PassedStepUp) => {
      double(at)
      float(score)
      for (const value of [device, browser, network, host]) key(value)
    },
  }
}

/** Throws when there is no more to read. */
function readerOn(bytes: Buffer) {
  const view = viewOf(bytes)
  let offset = 0
  const advance = (size: number): number => {
    offset += size
    return offset - size
  }
  const byte = (): number => view.getUint8(advance(1))
  const short = (): number => view.getUint16(advance(2), true)
  const signed = (): number => view.getInt16(advance(2), true)
  const float = (): number => view.getFloat32(advance(4), true)
  const double = (): number => view.getFloat64(advance(8), true)
  const key = (): Key => view.getUint32(advance(4), true) + 2 ** 32 * short()
  const list = <T>(limit: number, size: number, readOne: () => T): T[] => {
    const length = byte()
    if (length > limit || offset + length * size > bytes.length) throw new RangeError('a list is too long')
    const read: T[] = []
    for (let index = 0; index < length; index += 1) read.push(readOne())
    return read
  }
  const entries = (parents: readonly Counted[], limit: number): Counted[] =>
    list(limit, ENTRY_BYTES, () => {
      const read = { key: key(), parent: parents[byte()]?.key ?? 0, count: float(), day: short() }
      if (!(read.count >= 0 && Number.isFinite(read.count))) throw new RangeError('a count is none')
      return read
    })
  return {
    isAtEnd: () => offset === bytes.length,
    byte,
    float,
    double,
    entries,
    floats: (length: number): number[] => {
      const read: number[] = []
      for (let index = 0; index < length; index += 1) read.push(float())
      return read
    },
    browsers: (systems: readonly Counted[]): CountedBrowser[] =>
      entries(systems, PROFILE_LIMITS.browsers).map((entry) => {
        const major = short()
        return { ...entry, major: major === NO_MAJOR ? null : major }
      }),
    places: (): DevicePlace[] =>
      list(PROFILE_LIMITS.places, PLACE_BYTES, () => {
        const device = key()
        const browser = key()
        const [latitude, longitude] = [signed(), signed()]
        const radiusKm = short()
        const place = latitude === NO_PLACE ? null : { latitude: latitude / 10, longitude: longitude / 10, radiusKm }
        return { device, browser, place, relayed: byte() === 1, at: double() }
      }),
    stepUp: (): PassedStepUp => {
      if (offset + STEP_UP_BYTES > bytes.length) throw new RangeError('the profile is torn')
      return { at: double(), score: float(), device: key(), browser: key(), network: key(), host: key() }
    },
  }
}
