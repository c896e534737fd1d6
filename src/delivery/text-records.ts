import { Resolver } from 'node:dns/promises'
import { Unavailable } from '../kernel/unavailable.js'

export interface TextRecordsSettings {
  /** Addresses of DNS servers, perhaps with a port; empty: those of the machine. */
  readonly servers: readonly string[]
}

/** There is no such name, or nothing of this kind at it. Anything else is no answer. */
const NOTHING_THERE: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA'])
const PATIENCE_MILLISECONDS = 2_000
const TRIES = 2

/** Asks the DNS for texts. Answers are not kept: whoever has just written a record wants it to be seen. */
export function createTextRecords({ servers }: TextRecordsSettings): { at(name: string): Promise<readonly string[]> } {
  return {
    at: async (name) => {
      const resolver = new Resolver({ timeout: PATIENCE_MILLISECONDS, tries: TRIES })
      if (servers.length > 0) resolver.setServers(servers)
      try {
        // A long text comes in parts.
        return (await resolver.resolveTxt(name)).map((parts) => parts.join(''))
      } catch (error) {
        if (typeof error === 'object' && error && 'code' in error && NOTHING_THERE.has(error.code)) return []
        throw new Unavailable('DNS', { cause: error })
      }
    },
  }
}
