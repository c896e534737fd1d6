import type { IncomingMessage } from 'node:http'
import type { RequestOrigin } from '../kernel/request-context.js'
import { clientAddressOf, type Forwarding } from './client-address.js'

const MAX_USER_AGENT = 512
const MAX_HINT = 200
const CONTROL = /\p{Cc}/gu

/** What the request tells about its sender. Everything except the address is chosen by the client. */
export function requestOriginOf(req: IncomingMessage, forwarding: Forwarding): RequestOrigin {
  return {
    address: clientAddressOf(req, forwarding),
    userAgent: text(req, 'user-agent', MAX_USER_AGENT),
    clientHints: {
      brands: text(req, 'sec-ch-ua', MAX_HINT),
      mobile: text(req, 'sec-ch-ua-mobile', MAX_HINT),
      platform: text(req, 'sec-ch-ua-platform', MAX_HINT),
    },
    language: wholeRanges(text(req, 'accept-language', MAX_HINT + 1)),
  }
}

/** Shortened and without control characters, because audit events and screens show it (R117). */
function text(req: IncomingMessage, header: string, maxLength: number): string {
  const value = req.headers[header]
  return typeof value === 'string' ? value.slice(0, maxLength).replace(CONTROL, ' ') : ''
}

/** Leaves out the language range that the limit cuts: half a q-value is another one. */
function wholeRanges(header: string): string {
  return header.length > MAX_HINT ? header.slice(0, Math.max(0, header.lastIndexOf(','))) : header
}
