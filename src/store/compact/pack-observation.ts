import type { Observation } from '../../risk/index.js'
import type { ByteReader, ByteWriter } from './bytes.js'

/** Append only: stored values name a class by its place. */
const CLASSES = [null, 'hosting', 'vpn', 'tor', 'relay'] as const satisfies readonly Observation['networkClass'][]
/** In the order of their bits. */
const KEYS = ['country', 'network', 'prefix', 'subnet', 'host', 'language', 'timeZone', 'device'] as const
const HAS_PLACE = 0x100
const HAS_MAJOR = 0x200
/** Without a table of networks, the network is the prefix. */
const SAME_PREFIX = 0x400
const TENTHS = 10

/** Exactly: keys of 48 bits, and places in tenths of a degree. */
export function writeObservation(writer: ByteWriter, observation: Observation): void {
  const { agent, place } = observation
  const isSame = observation.prefix !== null && observation.prefix === observation.network
  const told = KEYS.filter((name) => observation[name] !== null && !(isSame && name === 'prefix'))
  const bits = told.reduce((sum, name) => sum | (1 << KEYS.indexOf(name)), 0)
  writer.short(bits | (place ? HAS_PLACE : 0) | (agent.major === null ? 0 : HAS_MAJOR) | (isSame ? SAME_PREFIX : 0))
  writer.byte(CLASSES.indexOf(observation.networkClass))
  for (const name of told) writer.key(observation[name] as number)
  writer.key(agent.system)
  writer.key(agent.browser)
  if (agent.major !== null) writer.count(agent.major)
  if (!place) return
  for (const degrees of [place.latitude, place.longitude]) {
    const tenths = Math.round(degrees * TENTHS)
    if (tenths / TENTHS !== degrees) throw new RangeError('a place is rounded to tenths of a degree')
    writer.short(tenths)
  }
  writer.short(place.radiusKm)
}

export function readObservation(reader: ByteReader): Observation {
  const bits = reader.short()
  const networkClass = CLASSES[reader.byte()]
  if (networkClass === undefined) throw new RangeError('a network has an unknown class')
  const keys = Object.fromEntries(
    KEYS.map((name, bit) => [name, bits & (1 << bit) ? reader.key() : null] as const),
  ) as Record<(typeof KEYS)[number], number | null>
  const agent = {
    system: reader.key(),
    browser: reader.key(),
    major: bits & HAS_MAJOR ? reader.count() : null,
  }
  const place =
    bits & HAS_PLACE
      ? { latitude: reader.short() / TENTHS, longitude: reader.short() / TENTHS, radiusKm: reader.short() }
      : null
  return { ...keys, ...(bits & SAME_PREFIX ? { prefix: keys.network } : {}), networkClass, place, agent }
}
