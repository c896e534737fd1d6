import type { IncomingMessage } from 'node:http'
import type { PresentedCredential } from './ports.js'
import { cookiesOf, isTokenShaped } from './cookies.js'

export interface Presented {
  readonly credential: PresentedCredential | null
  /** How this client keeps its credentials; one that sends a bearer header gets no cookies. */
  readonly keeps: 'cookies' | 'tokens'
  readonly cookies: Readonly<Record<string, string | undefined>>
}

/** The session a backend acts for, beside its key. */
const SESSION_HEADER = 'stepgate-session'
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/
const BEARER_SCHEME = /^bearer(?:\s|$)/i
const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i
const MAX_TOKEN_LENGTH = 4096

/**
 * Finds the credential of a request. A bearer header wins over a cookie, and a bearer header that is malformed or sent
 * twice makes the caller anonymous rather than somebody else (R073). URLs are never looked at (R080).
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

/** Empty for what is no token: whoever names a session badly must not be taken for somebody who names none. */
function tokenIn(header: string | string[]): string {
  return typeof header === 'string' && header.length <= MAX_TOKEN_LENGTH && TOKEN.test(header) ? header : ''
}

/** Node keeps the first of two `Authorization` headers; a proxy in front may have looked at the other. */
function isSentTwice(req: IncomingMessage): boolean {
  return req.rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === 'authorization').length > 1
}
