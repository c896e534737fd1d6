import type { IncomingMessage } from 'node:http'
import type { PresentedCredential } from './ports.js'
import { cookiesOf, isTokenShaped } from './cookies.js'

export interface Presented {
  readonly credential: PresentedCredential | null
  /** How the client stores its credentials. A client that sends a bearer header gets no cookies. */
  readonly keeps: 'cookies' | 'tokens'
  readonly cookies: Readonly<Record<string, string | undefined>>
}

/** The session that a backend acts for, in addition to its service key. */
const SESSION_HEADER = 'stepgate-session'
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/
const BEARER_SCHEME = /^bearer(?:\s|$)/i
const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i
const MAX_TOKEN_LENGTH = 4096

/**
 * Finds the credential of a request. A bearer header wins over a cookie. If it is malformed or sent twice, the caller is
 * anonymous (R073). Credentials in URLs are ignored (R080).
 */
export function presentedBy(req: IncomingMessage, sessionCookie: string): Presented {
  const cookies = cookiesOf(req)
  const header = req.headers.authorization
  if (header !== undefined && BEARER_SCHEME.test(header)) {
    return { credential: bearerIn(req, header), keeps: 'tokens', cookies }
  }
  const token = cookies[sessionCookie]
  return { credential: isTokenShaped(token) ? { kind: 'cookie', token } : null, keeps: 'cookies', cookies }
}

function bearerIn(req: IncomingMessage, header: string): PresentedCredential | null {
  const token = header.length <= MAX_TOKEN_LENGTH ? BEARER.exec(header)?.[1] : undefined
  if (token === undefined || isSentTwice(req)) return null
  const session = req.headers[SESSION_HEADER]
  return session === undefined ? { kind: 'bearer', token } : { kind: 'bearer', token, actsFor: tokenIn(session) }
}

/** Empty for a malformed token, which must not be treated as if no session was named. */
function tokenIn(header: string | string[]): string {
  return typeof header === 'string' && header.length <= MAX_TOKEN_LENGTH && TOKEN.test(header) ? header : ''
}

/** Node keeps the first of two `Authorization` headers, but a proxy may have checked the other one. */
function isSentTwice(req: IncomingMessage): boolean {
  return req.rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === 'authorization').length > 1
}
