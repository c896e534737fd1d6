import {
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumberType,
} from 'libphonenumber-js/max'
import { asciiDigits } from '../../kernel/ascii-digits.js'

/** A number that text messages can go to. */
export interface PhoneNumber {
  /** International form without separators, such as `+12025550123`. */
  readonly e164: string
  /** Such as `+1`. */
  readonly callingCode: string
}

/** Parses a number as the person wrote it. Null: text messages must not go to it. */
export type ReadPhoneNumber = (written: string) => PhoneNumber | null

const LONGEST = 64
const DASHES = /[\p{Pd}\u2212]/gu
/** Marks of direction, zero-width spaces and soft hyphens, which come along when a number is copied. */
const INVISIBLE = /\p{Cf}/gu
/** A link to a number, as in RFC 3966, without parameters. */
const LINK = /^tel:/i
/** Separators that people write between digits. Letters, extensions and control characters are not part of a number. */
const WRITTEN = /^\+?[0-9 ().\-/]+$/

/** Kinds that cannot receive text messages, or that pay the called party (R042). */
const REFUSED: readonly PhoneNumberType[] = [
  'FIXED_LINE',
  'TOLL_FREE',
  'PREMIUM_RATE',
  'SHARED_COST',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
]

/**
 * Creates the parser. It first normalises the digits, spaces and dashes of other scripts and drops invisible marks, so
 * that every spelling of a number gives one number (R042). `defaultRegion` is the country of numbers without a country code; null: they
 * are refused.
 */
export function phoneNumberReader(defaultRegion: string | null): ReadPhoneNumber {
  const region = defaultRegion === null ? null : supported(defaultRegion)
  return (written) => {
    if (written.length > LONGEST) return null
    const visible = written.normalize('NFKC').replace(INVISIBLE, '').trim().replace(LINK, '')
    const plain = asciiDigits(visible).replace(DASHES, '-')
    if (!WRITTEN.test(plain)) return null
    const found = parsePhoneNumberFromString(plain, { extract: false, ...(region ? { defaultCountry: region } : {}) })
    // Networks without a country, such as satellite networks, cost the most and serve almost no real users.
    if (!found?.isPossible() || !found.isValid() || found.isNonGeographic()) return null
    const type = found.getType()
    if (type !== undefined && REFUSED.includes(type)) return null
    return { e164: found.number, callingCode: `+${found.countryCallingCode}` }
  }
}

/** For its owner: the country code and the last two digits. */
export const maskedNumber = ({ callingCode, e164 }: PhoneNumber): string => `${callingCode} ••• ••${e164.slice(-2)}`

/** Whether a country (ISO 3166-1) has phone numbers of its own. */
export const isPhoneRegion = (region: string): boolean => isSupportedCountry(region)

function supported(region: string): CountryCode {
  if (!isSupportedCountry(region)) throw new Error('the default region is not a country with phone numbers')
  return region
}
