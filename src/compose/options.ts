import type { Config } from '../config/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/logger.js'
import type { AsnLookup, GeoLookup } from '../networks/index.js'
import type { Store } from '../store/index.js'

/** The parts of a gateway; everything but the configuration and the logger has a default. */
export interface AppOptions {
  readonly config: Config
  readonly logger: Logger
  readonly clock?: Clock
  readonly geo?: GeoLookup
  readonly asn?: AsnLookup
  /** Keeps the embedded store in memory; for tests. */
  readonly inMemory?: boolean
  /** A store that is already open, in place of the configured one; it is closed with the gateway. */
  readonly store?: Store
}
