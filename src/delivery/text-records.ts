import { Resolver } from 'node:dns/promises'
import { Unavailable } from '../kernel/unavailable.js'

export interface TextRecordsSettings {
  /** Addresses of DNS servers, with an optional port; empty: those of the machine. */
  readonly servers: readonly string[]
}

/** The name does not exist or has no TXT record. Any other error means that the DNS did not answer. */
const NOTHING_THERE: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA'])
const PATIENCE_MILLISECONDS = 2_000
const TRIES = 2

/** Looks up TXT records. Answers are not cached, so a record that was just created is found. */
export function createTextRecords({ servers }: TextRecordsSettings): { at(name: string): Promise<readonly string[]> } {
  return {
    at: async (name) => {
      const resolver = new Resolver({ timeout: PATIENCE_MILLISECONDS, tries: TRIES })
      if (servers.length > 0) resolver.setServers(servers)
      try {
        // A long text is split into parts.
        return (await resolver.resolveTxt(name)).map((parts) => parts.join(''))
      } catch (error) {
        if (typeof error === 'object' && error && 'code' in error && NOTHING_THERE.has(error.code)) return []
        throw new Unavailable('DNS', { cause: error })
      }
    },
  }
}
