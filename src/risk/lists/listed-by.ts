import { parseAddress, type GeoLookup, type NetworkLookup } from '../../networks/index.js'
import { countryOf } from '../observe.js'
import type { Listed, ListedSubject } from '../ports.js'
import type { Lists } from './lists.js'

/** What the lists say about the origin of a request, found the same way as the risk model does. */
export function listedBy(
  lists: Lists,
  { geo, networks }: { readonly geo: GeoLookup; readonly networks: NetworkLookup },
): (subject: ListedSubject) => Listed {
  return ({ address: text, deviceId }) => {
    const address = parseAddress(text)
    const asn = address?.kind === 'public' ? networks.lookup(address.text).asn : null
    const judged = lists.judge({ address: address?.text ?? text, asn, country: countryOf(geo, text), deviceId })
    if (judged.verdict === 'none') return { verdict: 'none' }
    return { verdict: judged.verdict, by: judged.entry.kind === 'DEVICE' ? 'device' : 'network' }
  }
}
