import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { plainAddress } from '../networks/index.js'
import { refuse } from '../kernel/refusal.js'

/** Whether the hop at this address is trusted to name the hop before it. Hop 0 is the other end of the connection. */
export type TrustsHop = (address: string, hop: number) => boolean

/**
 * The right-most hop that is not a trusted proxy (R061). If a proxy forwards something other than an address, the proxy
 * counts as the client, so invalid values share one limit. A request without any address is refused.
 */
export function clientAddressOf({ headers, socket }: IncomingMessage, trusts: TrustsHop): string {
  const peer = socket.remoteAddress
  if (peer === undefined) throw refuse('BAD_USER_INPUT')
  const forwarded = headers['x-forwarded-for']
  const address = typeof forwarded === 'string' ? firstUntrusted(peer, forwarded, trusts) : peer
  return plainAddress(isIP(address) ? address : peer)
}

function firstUntrusted(peer: string, forwarded: string, trusts: TrustsHop): string {
  const hops = [peer, ...forwarded.split(',').reverse()].map((hop) => hop.trim())
  return hops.find((address, hop) => !trusts(address, hop)) ?? hops.at(-1) ?? peer
}

/** Whether the other end of the connection is on this machine. */
export function peerIsLoopback({ socket }: IncomingMessage): boolean {
  const address = plainAddress(socket.remoteAddress ?? '')
  return address === '::1' || address.startsWith('127.')
}
