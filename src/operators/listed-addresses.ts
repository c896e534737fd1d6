import { parseEmailAddress } from '../kernel/email-address.js'
import type { Secrets } from '../kernel/secrets.js'

/** The addresses of STEPGATE_ADMINISTRATORS, normalised as accounts are found by them. */
export const listedAddresses = (configured: readonly string[]): ReadonlySet<string> =>
  new Set(configured.map((address) => parseEmailAddress(address)?.key ?? address))

/**
 * The mark of an address whose role has been granted. Not a keyed hash: it must be found after every key rotation, and
 * the setting contains the address in plain text.
 */
export const addressMark = ({ digest }: Pick<Secrets, 'digest'>, emailKey: string): string =>
  digest(`operator:${emailKey}`)
