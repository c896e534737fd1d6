import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import { secondsBetween } from '../kernel/clock.js'
import type { AccountId } from '../kernel/ids.js'
import type { SessionCredential } from '../kernel/request-context.js'

/** Names and attributes of the cookies. They depend on the public URL only. */
export interface CookieJarRules {
  readonly session: string
  /** Identifies the browser that requested a sign-in link. */
  readonly link: string
  device(accountId: AccountId): string
  /** The device cookies to delete so that a browser can store `kept` one; oldest first. */
  surplus(cookies: CookiesOfRequest, kept: string): readonly string[]
  /** The value of `Set-Cookie`. A null credential deletes the cookie. */
  write(name: string, credential: SessionCredential | null, now: Date): string
}

export type CookiesOfRequest = Readonly<Record<string, string | undefined>>

const HASH_LENGTH = 16
const DEVICE_HASH = /^[A-Za-z0-9_-]{16}$/
/** An answer stays within the header buffers of proxies; further sign-ins delete the rest. */
const MOST_DELETED = 20
const TOKEN = /^[A-Za-z0-9._~-]{1,512}$/

/**
 * With https, every cookie has the prefix `__Host-`, which binds it to this host, the path `/` and TLS. Browsers reject the
 * prefix over plain http, which the configuration allows on loopback only, so it is left out there.
 */
export function cookieRules(publicUrl: string, maxDevices: number): CookieJarRules {
  const secure = publicUrl.startsWith('https:')
  const prefix = secure ? '__Host-' : ''
  const devicePrefix = `${prefix}stepgate-device-`
  const isDevice = (name: string) => name.startsWith(devicePrefix) && DEVICE_HASH.test(name.slice(devicePrefix.length))
  return {
    session: `${prefix}stepgate-session`,
    link: `${prefix}stepgate-link`,
    // The hash separates the cookies of several accounts in one browser without naming the accounts.
    device: (accountId) => `${devicePrefix}${shortHash(accountId)}`,
    // Browsers send cookies of one path in the order of their first setting (RFC 6265, 5.4).
    surplus: (cookies, kept) => {
      const others = Object.keys(cookies).filter((name) => name !== kept && isDevice(name))
      return others.slice(0, Math.min(MOST_DELETED, Math.max(0, others.length + 1 - maxDevices)))
    },
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

/** Whether a text has the form of a token. Anything else needs no look-up. */
export const isTokenShaped = (text: string | undefined): text is string => text !== undefined && TOKEN.test(text)

/** Cookie values contain no escapes, so an escaped spelling is not accepted as the same value (R142). */
const AS_SENT = { decode: (value: string) => value }

/** The cookies of a request. None for GET, because other sites can make a browser send a GET (R112). */
export function cookiesOf(req: IncomingMessage): CookiesOfRequest {
  const header = req.headers.cookie
  return header === undefined || req.method !== 'POST' ? {} : parseCookie(header, AS_SENT)
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, HASH_LENGTH)
