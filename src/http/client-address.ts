import type { IncomingMessage } from 'node:http'
import { plainAddress } from '../networks/index.js'
import { refuse } from '../kernel/refusal.js'
import { forwardedHops } from './forwarded-hops.js'

/** Whether the hop at this address is trusted to name the hop before it. Hop 0 is the other end of the connection. */
export type TrustsHop = (address: string, hop: number) => boolean

/** Who may name the client, and where. */
export interface Forwarding {
  readonly trusts: TrustsHop
  /** Lower-case names of the headers that proxies name the client in; the first one that a request has counts. */
  readonly headers: readonly string[]
}

/**
 * The right-most hop that is not a trusted proxy (R061). If a proxy forwards something other than an address, the proxy
 * counts as the client, so invalid values share one limit. A request without any address is refused.
 */
export function clientAddressOf({ headers, socket }: IncomingMessage, forwarding: Forwarding): string {
  const peer = socket.remoteAddress
  if (peer === undefined) throw refuse('BAD_USER_INPUT')
  const forwarded = forwarding.headers.map((name) => headers[name]).find((value) => typeof value === 'string')
  return plainAddress(typeof forwarded === 'string' ? firstUntrusted(peer, forwarded, forwarding.trusts) : peer)
}

function firstUntrusted(peer: string, forwarded: string, trusts: TrustsHop): string {
  let nearest = peer
  let hop = 0
  for (const before of forwardedHops(forwarded)) {
    if (before === null || !trusts(nearest, hop)) return nearest
    nearest = before
    hop += 1
  }
  return nearest
}

/** Whether the other end of the connection is on this machine. */
export function peerIsLoopback({ socket }: IncomingMessage): boolean {
  const address = plainAddress(socket.remoteAddress ?? '')
  return address === '::1' || address.startsWith('127.')
}
