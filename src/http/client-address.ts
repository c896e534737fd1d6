import { isIP, isIPv4 } from 'node:net'
import type { Request } from 'express'
import { refuse } from '../kernel/refusal.js'

const MAPPED_HEX = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/

/**
 * The right-most hop that is not a trusted proxy (R061). A proxy that forwards something else than an address is
 * taken for the client itself, so that nonsense shares one bucket. Without any address nothing is counted: refused.
 */
export function clientAddressOf(req: Request): string {
  const forwarded = req.ip
  const address = forwarded !== undefined && isIP(forwarded) ? forwarded : req.socket.remoteAddress
  if (address === undefined) throw refuse('BAD_USER_INPUT')
  return withoutMapping(address.toLowerCase())
}

/** Whether the other end of the connection is a proxy whose headers are believed. */
export function peerIsTrusted(req: Request): boolean {
  const trusts = req.app.get('trust proxy fn') as (address: string, hop: number) => boolean
  return trusts(req.socket.remoteAddress ?? '', 0)
}

/** Whether the request comes from this machine, over a connection of its own. */
export function peerIsLoopback(req: Request): boolean {
  const address = withoutMapping(req.socket.remoteAddress ?? '')
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
