import type { AsnLookup } from '../asn/ports.js'
import type { NetworkLookup } from '../ports.js'
import type { NetworkClasses } from './network-classes.js'

/** The operator of an address's network, from the ASN data, and its purpose, from the classes. */
export function networkLookup(asn: AsnLookup, classes: NetworkClasses): NetworkLookup {
  return {
    lookup: (address) => {
      const answer = asn.lookup(address)
      const found = answer.kind === 'found' ? answer : null
      return {
        asn: found?.asn ?? null,
        class: classes.classOf(address, found),
        gap: answer.kind === 'gap' ? answer.gap : null,
      }
    },
  }
}
