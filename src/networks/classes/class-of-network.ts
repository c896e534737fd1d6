import type { NetworkClass } from './network-class.js'
import { WELL_KNOWN_NETWORKS } from './well-known.js'

const KNOWN: ReadonlyMap<number, NetworkClass> = new Map(WELL_KNOWN_NETWORKS.map((each) => [each.asn, each.class]))

/** Words of access providers: they may sell servers too, but their users come first. */
const CARRIES_PEOPLE =
  /tele[ck]om|tel[eé]phon|broadband|fib(?:er|ra|re)|wireless|wi-?fi|\bmobile|cable|\bisp\b|internet service|universi|college|school|institut|hospital|ministry|\bbank/i

const NAMED_VPN = /\bvpn\b/i
/** "VPN" as a holder's initials rather than its business. */
const NAMED_VPN_BY_CHANCE = /infraestrutura|de mexico/i

const NAMED_HOSTING = new RegExp(
  [
    String.raw`\b(?:web|game|seo|your|digital|net)?host(?:ing|ings|ed|er|ers)\b`,
    String.raw`\b\w{2,}host(?:ing)?\b`,
    String.raw`\b(?:\w+)?vps\b`,
    String.raw`\b(?:\w{2,})?cloud\w*\b`,
    String.raw`\b(?:dedicated|virtual|private|game|cloud)?[ -]?servers?\b`,
    String.raw`\bdata ?cent(?:er|re)s?\b`,
    String.raw`\bco-?lo(?:cation)?\b`,
    String.raw`\bbare ?metal\b`,
  ].join('|'),
  'i',
)

/**
 * The class of a network by its number, or else by its holder's name; null: its users may be at home there. Called when
 * ASN data is compiled, so it need not be fast.
 */
export function classOfNetwork(asn: number, name: string): NetworkClass | null {
  const known = KNOWN.get(asn)
  if (known !== undefined) return known
  if (CARRIES_PEOPLE.test(name)) return null
  if (NAMED_VPN.test(name)) return NAMED_VPN_BY_CHANCE.test(name) ? null : 'vpn'
  return NAMED_HOSTING.test(name) ? 'hosting' : null
}
