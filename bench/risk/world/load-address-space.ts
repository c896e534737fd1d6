import { geoipLite } from '../../../src/networks/index.js'
import { silentLogger } from '../../../src/kernel/logger.js'
import { createAddressSpace, type AddressSpace } from './address-space.js'
import type { AddressSource } from './address-source.js'
import { readAsnTable } from './asn-table.js'

const loaded = new Map<string, Promise<AddressSpace>>()

/**
 * The real address space: routes of `@ip-location-db/asn`, places of geoip-lite. Read once in a process for the same
 * countries. The directory is that of the package, and its own one when left out.
 */
export function loadAddressSpace(countries: readonly string[], asnDirectory?: string): Promise<AddressSpace> {
  const key = JSON.stringify([countries, asnDirectory])
  const space = loaded.get(key) ?? load(countries, asnDirectory)
  loaded.set(key, space)
  return space
}

async function load(countries: readonly string[], asnDirectory?: string): Promise<AddressSpace> {
  const geo = geoipLite(silentLogger)
  await geo.warmUp()
  const source: AddressSource = {
    asns: readAsnTable(asnDirectory),
    locate: (address) => {
      const answer = geo.locate(address)
      return answer.kind === 'place' ? answer.place : null
    },
  }
  return createAddressSpace(source, countries)
}
