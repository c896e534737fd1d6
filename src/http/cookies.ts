import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import { secondsBetween } from '../kernel/clock.js'
import type { AccountId } from '../kernel/ids.js'
import type { SessionCredential } from '../kernel/request-context.js'

/** How cookies are called and marked; settled once by the public URL. */
export interface CookieJarRules {
  readonly session: string
  /** Tells the browser that asked for a link to sign in from others that follow it. */
  readonly link: string
  device(accountId: AccountId): string
  /** The `Set-Cookie` value; a null credential clears the cookie. */
  write(name: string, credential: SessionCredential | null, now: Date): string
}

const HASH_LENGTH = 16
const TOKEN = /^[A-Za-z0-9._~-]{1,512}$/

/**
 * With https every cookie is `__Host-`: bound to this host, this path and TLS. Browsers refuse that prefix on plain
 * http, which the configuration allows on loopback only, so there it is dropped.
 */
export function cookieRules(publicUrl: string): CookieJarRules {
  const secure = publicUrl.startsWith('https:')
  const prefix = secure ? '__Host-' : ''
  return {
    session: `${prefix}stepgate-session`,
    link: `${prefix}stepgate-link`,
    // The hash keeps one cookie apart from another on a shared computer without naming the account.
    device: (accountId) => `${prefix}stepgate-device-${shortHash(accountId)}`,
    write: (name, credential, now) =>
      stringifySetCookie({
        name,
        value: credential?.token ?? '',
        maxAge: credential ? Math.max(0, Math.floor(secondsBetween(now, credential.expiresAt))) : 0,
        httpOnly: true,
        secure,
        sameSite: 'lax',
        path: '/',
      }),
  }
}

/** Whether text looks like a token of ours at all; everything else is not worth a look-up. */
export const isTokenShaped = (text: string | undefined): text is string => text !== undefined && TOKEN.test(text)

/** Our values need no escapes, and an escaped spelling of one is not that value (R142). */
const AS_SENT = { decode: (value: string) => value }

/** Cookies of a request; none for a GET, which other sites can make a browser send (R112). */
export function cookiesOf(req: IncomingMessage): Readonly<Record<string, string | undefined>> {
  const header = req.headers.cookie
  return header === undefined || req.method !== 'POST' ? {} : parseCookie(header, AS_SENT)
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, HASH_LENGTH)
