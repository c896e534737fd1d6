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
  /** An address or a network in its canonical form, an AS number such as `AS14061`, a country, or the id of a device. */
  readonly value: string
}

/** Something an operator said about sign-ins from somewhere. */
export interface ListEntry extends ListSubject {
  readonly id: string
  readonly verdict: ListVerdict
  readonly note: string | null
  readonly createdAt: Date
  /** The operator. */
  readonly createdBy: AccountId
  /** From then on it counts for nothing; null: never. */
  readonly expiresAt: Date | null
}

/**
 * The id of an entry, made of what it says about what: saying it again replaces the entry, and of two who say it at the
 * same time neither makes a second one.
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
  /** Wider than /8 or /16: nobody means a share of the internet that large. */
  | { readonly kind: 'too-wide' }

export function addressSubject(text: string): AddressSubject {
  const prefix = parsePrefix(text)
  if (prefix === null) return { kind: 'no-address' }
  if (prefix.bits < WIDEST[prefix.family]) return { kind: 'too-wide' }
  return { kind: 'subject', subject: { kind: 'ADDRESS', value: prefix.text } }
}

/** Every network an entry about this address may name, from narrow to wide; null when it is not one whole address. */
export function networksAround(text: string): readonly string[] | null {
  const prefix = parsePrefix(text)
  const address = prefix && numericAddress(text)
  if (prefix === null || address === null || prefix.bits < ADDRESS_BITS[prefix.family]) return null
  const widths = Array.from({ length: prefix.bits - WIDEST[prefix.family] + 1 }, (_, index) => prefix.bits - index)
  return widths.map((bits) => prefixOf(address, bits).text)
}

/** Null when there can be no such AS number. */
export function asnSubject(asn: number): ListSubject | null {
  return Number.isInteger(asn) && asn >= 1 && asn <= LARGEST_ASN ? { kind: 'ASN', value: `AS${asn}` } : null
}

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** The country by its ISO 3166-1 alpha-2 code, also where another is in use, such as UK; null when there is none. */
export function countrySubject(text: string): ListSubject | null {
  if (!/^[A-Za-z]{2}$/.test(text)) return null
  const value = new Intl.Locale(`und-${text}`).region
  return value === undefined || value === 'ZZ' || !COUNTRIES.of(value) ? null : { kind: 'COUNTRY', value }
}

export const deviceSubject = (deviceId: DeviceId): ListSubject => ({ kind: 'DEVICE', value: deviceId })
