import type { AsnLookup } from './ports.js'

/** For installations without ASN data: no network has a known holder. */
export const noAsn: AsnLookup = {
  lookup: () => ({ kind: 'gap', gap: 'off' }),
  warmUp: async () => undefined,
}
