import { BlockList } from 'node:net'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const ENDPOINT_LENGTH = 1024

function loopbackOrigin(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url && /^https?:$/.test(url.protocol) && LOOPBACK.has(url.hostname) ? url.origin : null
}

/** An endpoint that may be called. */
export interface AdmittedEndpoint {
  readonly url: URL
  /** Named in the settings by its origin: the only way to reach this machine. */
  readonly isLoopback: boolean
}

/**
 * Endpoints come from browsers, so from anybody: https on the usual port, to a host on the list, without anything that
 * could mean something else to the next reader of the address. Null for all others (SSRF).
 */
export function admitEndpoint(services: readonly string[], endpoint: string): AdmittedEndpoint | null {
  if (endpoint.length > ENDPOINT_LENGTH || !/^[\x21-\x7e]+$/.test(endpoint) || !URL.canParse(endpoint)) return null
  const url = new URL(endpoint)
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null
  if (services.some((service) => service === loopbackOrigin(endpoint))) return { url, isLoopback: true }
  if (url.protocol !== 'https:' || url.port !== '') return null
  const isListed = services.some((service) =>
    service.startsWith('*.') ? url.hostname.endsWith(service.slice(1)) : service === url.hostname,
  )
  return isListed ? { url, isLoopback: false } : null
}

const INTERNAL = new BlockList()
const INTERNAL_NETWORKS: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
]
for (const [network, bits, family] of INTERNAL_NETWORKS) INTERNAL.addSubnet(network, bits, family)

const GLOBAL = new BlockList()
GLOBAL.addSubnet('2000::', 3, 'ipv6')
/** Ranges of 2000::/3 that lead somewhere else: tunnels and translations of IPv4, and documentation. */
const NOT_GLOBAL = new BlockList()
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  NOT_GLOBAL.addSubnet(network, bits, 'ipv6')

/** Whether an address a name was resolved to is out on the internet, and not of this machine or its networks. */
export function isPublicAddress(address: string, family: number): boolean {
  if (family === 4) return !INTERNAL.check(address, 'ipv4')
  return GLOBAL.check(address, 'ipv6') && !NOT_GLOBAL.check(address, 'ipv6')
}
