import type { EventPlace } from '../event.js'
import type { AsnTable } from './asn-table.js'

/** Where addresses come from and what is known about them. */
export interface AddressSource {
  readonly asns: AsnTable
  /** What the product's geo data says; null when it does not know the address. */
  locate(address: string): (EventPlace & { readonly country: string }) | null
}
