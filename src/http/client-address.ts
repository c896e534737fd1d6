import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { plainAddress } from '../networks/index.js'
import { refuse } from '../kernel/refusal.js'

/** Whether what the hop at this address says of the hop before it is believed; hop 0 is the other end of the connection. */
export type TrustsHop = (address: string, hop: number) => boolean

/**
 * The right-most hop that is not a trusted proxy (R061). A proxy that forwards something else than an address is
 * taken for the client itself, so that nonsense shares one bucket. Without any address nothing is counted: refused.
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

/** Whether the request comes from this machine, over a connection of its own. */
export function peerIsLoopback({ socket }: IncomingMessage): boolean {
  const address = plainAddress(socket.remoteAddress ?? '')
  return address === '::1' || address.startsWith('127.')
}
