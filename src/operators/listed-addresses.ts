import { parseEmailAddress } from '../kernel/email-address.js'
import type { Secrets } from '../kernel/secrets.js'

/** The addresses of STEPGATE_ADMINISTRATORS, as accounts are found by them. */
export const listedAddresses = (configured: readonly string[]): ReadonlySet<string> =>
  new Set(configured.map((address) => parseEmailAddress(address)?.key ?? address))

/**
 * What an address is remembered by once it has given its role. No keyed hash: it has to be found after every change of
 * keys, and the address is no secret to whoever can read the setting.
 */
export const addressMark = ({ digest }: Pick<Secrets, 'digest'>, emailKey: string): string =>
  digest(`operator:${emailKey}`)
