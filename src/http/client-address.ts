import type { IncomingMessage } from 'node:http'
import { isIP, isIPv4 } from 'node:net'
import { refuse } from '../kernel/refusal.js'

/** Whether what the hop at this address says of the hop before it is believed; hop 0 is the other end of the connection. */
export type TrustsHop = (address: string, hop: number) => boolean

const MAPPED_HEX = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/

/**
 * The right-most hop that is not a trusted proxy (R061). A proxy that forwards something else than an address is
 * taken for the client itself, so that nonsense shares one bucket. Without any address nothing is counted: refused.
 */
export function clientAddressOf({ headers, socket }: IncomingMessage, trusts: TrustsHop): string {
  const peer = socket.remoteAddress
  if (peer === undefined) throw refuse('BAD_USER_INPUT')
  const forwarded = headers['x-forwarded-for']
  const address = typeof forwarded === 'string' ? firstUntrusted(peer, forwarded, trusts) : peer
  return withoutMapping((isIP(address) ? address : peer).toLowerCase())
}

function firstUntrusted(peer: string, forwarded: string, trusts: TrustsHop): string {
  const hops = [peer, ...forwarded.split(',').reverse()].map((hop) => hop.trim())
  return hops.find((address, hop) => !trusts(address, hop)) ?? hops.at(-1) ?? peer
}

/** Whether the request comes from this machine, over a connection of its own. */
export function peerIsLoopback({ socket }: IncomingMessage): boolean {
  const address = withoutMapping(socket.remoteAddress ?? '')
  return address === '::1' || address.startsWith('127.')
}

/** Writes an IPv4 address inside IPv6 (RFC 4291 section 2.5.5.2) as what it is, so that one client is not two. */
function withoutMapping(address: string): string {
  if (!address.startsWith('::ffff:')) return address
  const tail = address.slice('::ffff:'.length)
  if (isIPv4(tail)) return tail
  const [, high, low] = MAPPED_HEX.exec(address) ?? []
  if (!high || !low) return address
  const [left, right] = [parseInt(high, 16), parseInt(low, 16)]
  return [left >> 8, left & 255, right >> 8, right & 255].join('.')
}
