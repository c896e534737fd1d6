import { domainToASCII } from 'node:url'
import { z } from 'zod'

export interface EmailAddress {
  /** For display and delivery. */
  readonly written: string
  /** For comparison: NFKC, lower case, domain in ASCII. */
  readonly key: string
}

// RFC 5321 section 4.5.3.1: 64 octets before the `@`, and 256 for the whole path, which adds two angle brackets.
const MAX_LENGTH = 254
const MAX_LOCAL_PART = 64
/** As HTML's `<input type="email">` checks it, so that no form accepts an address that the gateway refuses. */
const shape = z.email({ pattern: z.regexes.html5Email })
/** RFC 5321 has no dot at either end of a local part and no two in a row. */
const MISPLACED_DOT = /^\.|\.\.|\.@/
/** A domain with a dot, whose last label is not a number as in an IP address. */
const PUBLIC_DOMAIN = /@[^@]*\.[^.@]*[^.@\d][^.@]*$/
/**
 * Characters that `domainToASCII` would unescape, drop or cut off: another program may read such a domain differently.
 */
const NOT_IN_A_DOMAIN = /[\s%/?#\\:]/

/** Spaces, marks of direction and zero-width characters around an address, which come along when it is copied. */
const AROUND = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu

/**
 * Normalises first, then validates, and never again: a full-width `＠` becomes `@` before the `@` signs are counted
 * (R060). Null when it is not an address.
 */
export function parseEmailAddress(text: string): EmailAddress | null {
  if (text.length > MAX_LENGTH) return null
  const written = text.normalize('NFKC').replace(AROUND, '')
  const at = written.indexOf('@')
  if (at < 1 || at !== written.lastIndexOf('@')) return null
  const host = written.slice(at + 1)
  if (NOT_IN_A_DOMAIN.test(host)) return null
  const domain = domainToASCII(host)
  const address = `${written.slice(0, at)}@${domain}`
  if (domain === '' || at > MAX_LOCAL_PART || address.length > MAX_LENGTH) return null
  if (MISPLACED_DOT.test(address) || !PUBLIC_DOMAIN.test(address) || !shape.safeParse(address).success) return null
  return { written: address, key: address.toLowerCase() }
}

/** The domain of a normalised address. */
export const domainOf = (emailKey: string): string => emailKey.slice(emailKey.lastIndexOf('@') + 1)
