import { numericAddress, textOfV4 } from './address.js'
import { kindOf, type AddressKind } from './ranges.js'

/** An address as the signals need it: its kind and the networks that contain it, coarse and fine. */
export interface ParsedAddress {
  /** IPv4 dotted, or IPv6 as given without its zone; IPv4-mapped IPv6 becomes IPv4. */
  readonly text: string
  readonly kind: AddressKind
  /** /16 of IPv4, /32 of IPv6. */
  readonly network: string
  /** /24 of IPv4, /48 of IPv6. */
  readonly subnet: string
  /** /32 of IPv4, /64 of IPv6. */
  readonly host: string
}

/** Reads an address; null when it is invalid. */
export function parseAddress(input: string): ParsedAddress | null {
  const address = numericAddress(input)
  if (address === null) return null
  const kind = kindOf(address)
  if (address.family === 4) {
    const text = textOfV4(address.value)
    const [a, b, c] = text.split('.')
    const network = `4/${a}.${b}`
    return { text, kind, network, subnet: `${network}.${c}`, host: `4/${text}` }
  }
  const [a, b, c, d] = address.groups.map((group) => group.toString(16))
  const network = `6/${a}:${b}`
  const subnet = `${network}:${c}`
  return { text: withoutZone(input), kind, network, subnet, host: `${subnet}:${d}` }
}

const withoutZone = (input: string): string => input.trim().split('%')[0] ?? ''
