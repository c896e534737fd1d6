import { readFile } from 'node:fs/promises'
import type { Logger } from '../../kernel/logger.js'
import { SetupFault, systemErrorIn, systemReason } from '../../kernel/setup-fault.js'
import { numericAddress } from '../addresses/address.js'
import type { FoundAsn } from '../asn/ports.js'
import { prefixMap, type PrefixMap } from '../addresses/prefix-map.js'
import type { NetworkClass } from './network-class.js'
import {
  NetworkClassesError,
  NO_GIVEN_CLASSES,
  readNetworkClasses,
  type GivenClass,
  type GivenClasses,
} from './read-network-classes.js'

/** The purpose of an address's network. In memory: no call waits or throws. */
export interface NetworkClasses {
  /**
   * Null: an access network, or unknown. The operator's entry for the address takes precedence over the entry for the
   * AS number, and both over the built-in classes; the longest prefix wins.
   */
  classOf(address: string, found: Pick<FoundAsn, 'asn' | 'class'> | null): NetworkClass | null
  /** Reloads the operator's file. Never rejects: a file with mistakes is logged and changes nothing. */
  reload(): Promise<void>
}

interface Loaded {
  readonly asns: GivenClasses['asns']
  readonly prefixes: PrefixMap<GivenClass>
}

/** Reads the operator's file; null: there is none. Throws `NetworkClassesError`, or the file system's error. */
export async function openNetworkClasses(logger: Logger, path: string | null): Promise<NetworkClasses> {
  let loaded = await load(path)
  return {
    classOf: (address, found) => {
      const given = givenClass(loaded, address, found?.asn ?? null)
      if (given === null) return found?.class ?? null
      return given === 'none' ? null : given
    },
    reload: async () => {
      try {
        loaded = await load(path)
        if (path !== null) logger.info({}, 'network classes were read anew')
      } catch (error) {
        const mistakes = error instanceof NetworkClassesError ? error.mistakes.slice(0, 50) : []
        logger.error({ err: error, mistakes }, 'network classes could not be read anew; the ones before stay')
      }
    },
  }
}

async function load(path: string | null): Promise<Loaded> {
  const given = path === null ? NO_GIVEN_CLASSES : readNetworkClasses(await contentOf(path))
  return { asns: given.asns, prefixes: prefixMap(given.prefixes) }
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const fault = systemErrorIn(error)
    const reason = fault ? systemReason(fault) : 'it cannot be read'
    throw new SetupFault(
      `STEPGATE_NETWORK_CLASSES names ${path}: ${reason}`,
      'Correct the path, or unset the setting',
      {
        cause: error,
      },
    )
  }
}

function givenClass({ asns, prefixes }: Loaded, text: string, asn: number | null): GivenClass | null {
  const address = numericAddress(text)
  const byAddress = address && prefixes.find(address)?.values[0]
  return byAddress ?? (asn === null ? null : (asns.get(asn) ?? null))
}
