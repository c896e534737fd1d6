import type { AsnLookup } from './ports.js'

/** For installations without ASN data: nobody's network has a holder then. */
export const noAsn: AsnLookup = {
  lookup: () => ({ kind: 'gap', gap: 'off' }),
  warmUp: async () => undefined,
}
