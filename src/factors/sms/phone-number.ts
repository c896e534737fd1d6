import {
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumberType,
} from 'libphonenumber-js/max'

/** A number that text messages can go to. */
export interface PhoneNumber {
  /** International form without anything between the digits, such as `+12025550123`. */
  readonly e164: string
  /** Such as `+1`. */
  readonly callingCode: string
}

/** Reads a number as its person wrote it. Null: it is none that text messages should go to. */
export type ReadPhoneNumber = (written: string) => PhoneNumber | null

const LONGEST = 64
const DASHES = /[\p{Pd}\u2212]/gu
/** What people put between digits. Letters, extensions, `tel:` and control characters are no part of a number. */
const WRITTEN = /^\+?[0-9 ().\-/]+$/

/** Kinds that get no text messages, or that earn money for whoever has them called (R042). */
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
 * Makes the reader. Full-width digits and the spaces and dashes of other scripts are folded first, so that every spelling
 * of a number is one number. `defaultRegion` is the country of numbers without a country code; null: they are refused.
 */
export function phoneNumberReader(defaultRegion: string | null): ReadPhoneNumber {
  const region = defaultRegion === null ? null : supported(defaultRegion)
  return (written) => {
    if (written.length > LONGEST) return null
    const plain = written.normalize('NFKC').replace(DASHES, '-').trim()
    if (!WRITTEN.test(plain)) return null
    const found = parsePhoneNumberFromString(plain, { extract: false, ...(region ? { defaultCountry: region } : {}) })
    // Networks of no country, such as satellites, cost the most and hold next to nobody's telephone.
    if (!found?.isPossible() || !found.isValid() || found.isNonGeographic()) return null
    const type = found.getType()
    if (type !== undefined && REFUSED.includes(type)) return null
    return { e164: found.number, callingCode: `+${found.countryCallingCode}` }
  }
}

/** For its owner's eyes: the country and the last two digits. */
export const maskedNumber = ({ callingCode, e164 }: PhoneNumber): string => `${callingCode} ••• ••${e164.slice(-2)}`

function supported(region: string): CountryCode {
  if (!isSupportedCountry(region)) throw new Error('the default region of phone numbers is no country with numbers')
  return region
}
