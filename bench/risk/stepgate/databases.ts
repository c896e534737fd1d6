import { silentLogger } from '../../../src/kernel/logger.js'
import {
  asnData,
  geoipLite,
  type AsnLookup,
  type GeoAnswer,
  type GeoLookup,
  type NetworkClass,
} from '../../../src/networks/index.js'
import { readAsnRanges } from '../../../src/networks/asn/asn-source.js'
import { classOfNetwork } from '../../../src/networks/classes/class-of-network.js'

/** What a gateway knows of networks and places. */
export interface Databases {
  readonly geo: GeoLookup
  readonly asn: AsnLookup
  classOf(asn: number): NetworkClass | null
}

const MOST_ADDRESSES = 200_000

let loaded: Promise<Databases> | null = null

/** Loads the databases that come with the gateway, once a process; some seconds. */
export const loadDatabases = (): Promise<Databases> => (loaded ??= load())

/** A gateway looks an address up now and then; here the same few hundred thousand come back millions of times. */
function remembering(geo: GeoLookup): GeoLookup {
  const known = new Map<string, GeoAnswer>()
  const locate = (address: string): GeoAnswer => {
    const answer = geo.locate(address)
    if (known.size >= MOST_ADDRESSES) known.clear()
    known.set(address, answer)
    return answer
  }
  return { locate: (address) => known.get(address) ?? locate(address), warmUp: () => geo.warmUp() }
}

async function load(): Promise<Databases> {
  const geo = remembering(geoipLite(silentLogger))
  const asn = asnData(silentLogger, null)
  await Promise.all([geo.warmUp(), asn.warmUp()])
  const classes = new Map<number, NetworkClass | null>()
  for (const { asn: number, name } of readAsnRanges()) {
    if (!classes.has(number)) classes.set(number, classOfNetwork(number, name))
  }
  return { geo, asn, classOf: (number) => classes.get(number) ?? null }
}
