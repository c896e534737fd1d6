import { createHash } from 'node:crypto'
import type { AccountId, DeviceId } from '../../kernel/ids.js'
import { ADDRESS_BITS, numericAddress, parsePrefix, prefixOf } from '../../networks/index.js'

export const LIST_KINDS = ['ADDRESS', 'ASN', 'COUNTRY', 'DEVICE'] as const
export type ListKind = (typeof LIST_KINDS)[number]

export const LIST_VERDICTS = ['ALLOW', 'BLOCK'] as const
export type ListVerdict = (typeof LIST_VERDICTS)[number]

/** What an entry is about, as it is compared and stored. */
export interface ListSubject {
  readonly kind: ListKind
  /**
   * An address or a network in its canonical form, an AS number such as `AS14061`, a country, or the id of a device.
   */
  readonly value: string
}

/** An operator's rule about sign-ins from a network, country or device. */
export interface ListEntry extends ListSubject {
  readonly id: string
  readonly verdict: ListVerdict
  readonly note: string | null
  readonly createdAt: Date
  /** The operator. */
  readonly createdBy: AccountId
  /** When it expires; null: never. */
  readonly expiresAt: Date | null
}

/**
 * The id of an entry, made of its subject and verdict. Adding the same entry again replaces it, and two operators who
 * add it at the same time make one entry.
 */
export function listEntryId({ kind, value, verdict }: ListSubject & Pick<ListEntry, 'verdict'>): string {
  return createHash('sha256').update(`${verdict} ${kind} ${value}`).digest('base64url').slice(0, 22)
}

export const countsAt = ({ expiresAt }: Pick<ListEntry, 'expiresAt'>, now: Date): boolean =>
  expiresAt === null || expiresAt > now

const LARGEST_ASN = 2 ** 32 - 1
const WIDEST = { 4: 8, 6: 16 } as const

export type AddressSubject =
  | { readonly kind: 'subject'; readonly subject: ListSubject }
  | { readonly kind: 'no-address' }
  /** Wider than /8 or /16: such a large share of the internet is a mistake. */
  | { readonly kind: 'too-wide' }

export function addressSubject(text: string): AddressSubject {
  const prefix = parsePrefix(text)
  if (prefix === null) return { kind: 'no-address' }
  if (prefix.bits < WIDEST[prefix.family]) return { kind: 'too-wide' }
  return { kind: 'subject', subject: { kind: 'ADDRESS', value: prefix.text } }
}

/**
 * Every network around this address that an entry can name, from narrow to wide; null if it is not a single address.
 */
export function networksAround(text: string): readonly string[] | null {
  const prefix = parsePrefix(text)
  const address = prefix && numericAddress(text)
  if (prefix === null || address === null || prefix.bits < ADDRESS_BITS[prefix.family]) return null
  const widths = Array.from({ length: prefix.bits - WIDEST[prefix.family] + 1 }, (_, index) => prefix.bits - index)
  return widths.map((bits) => prefixOf(address, bits).text)
}

/** Null if the AS number is not valid. */
export function asnSubject(asn: number): ListSubject | null {
  return Number.isInteger(asn) && asn >= 1 && asn <= LARGEST_ASN ? { kind: 'ASN', value: `AS${asn}` } : null
}

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/**
 * The ISO 3166-1 alpha-2 code of a country, also given another common code such as UK; null if there is no such
 * country.
 */
export function countrySubject(text: string): ListSubject | null {
  if (!/^[A-Za-z]{2}$/.test(text)) return null
  const value = new Intl.Locale(`und-${text}`).region
  return value === undefined || value === 'ZZ' || !COUNTRIES.of(value) ? null : { kind: 'COUNTRY', value }
}

export const deviceSubject = (deviceId: DeviceId): ListSubject => ({ kind: 'DEVICE', value: deviceId })
