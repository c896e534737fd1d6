import { domainToASCII } from 'node:url'
import { z } from 'zod'

export interface EmailAddress {
  /** For display and delivery. */
  readonly written: string
  /** For comparison: NFKC, lower case, domain in ASCII. */
  readonly key: string
}

const MAX_LENGTH = 254
const shape = z.email()
/**
 * Characters that `domainToASCII` would unescape, drop or cut off: another program may read such a domain differently.
 */
const NOT_IN_A_DOMAIN = /[\s%/?#\\:]/

/**
 * Normalises first, then validates, and never again: a full-width `＠` becomes `@` before the `@` signs are counted
 * (R060). Null when it is not an address.
 */
export function parseEmailAddress(text: string): EmailAddress | null {
  if (text.length > MAX_LENGTH) return null
  const written = text.normalize('NFKC').trim()
  const at = written.indexOf('@')
  if (at < 1 || at !== written.lastIndexOf('@')) return null
  const host = written.slice(at + 1)
  if (NOT_IN_A_DOMAIN.test(host)) return null
  const domain = domainToASCII(host)
  const address = `${written.slice(0, at)}@${domain}`
  if (domain === '' || !shape.safeParse(address).success) return null
  return { written: address, key: address.toLowerCase() }
}

/** The domain of a normalised address. */
export const domainOf = (emailKey: string): string => emailKey.slice(emailKey.lastIndexOf('@') + 1)
