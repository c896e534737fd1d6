import { isCommonPassword } from './common-passwords.js'

export interface PasswordRules {
  /** Fewest characters (code points). 15 where a password alone lets someone in, 8 beside a second factor (NIST 3.1.1.2). */
  readonly minLength: number
  /** Most bytes of UTF-8, checked before anything is hashed. */
  readonly maxBytes: number
  /** Words nobody may build a password of alone, such as the name of the service. */
  readonly serviceWords: readonly string[]
}

export type PasswordObjection = 'TOO_SHORT' | 'TOO_LONG' | 'TOO_COMMON' | 'CONTAINS_EMAIL'

export const PASSWORD_OBJECTIONS: Readonly<Record<PasswordObjection, string>> = {
  TOO_SHORT: 'The password is too short.',
  TOO_LONG: 'The password is too long.',
  TOO_COMMON: 'The password is among the first that attackers try.',
  CONTAINS_EMAIL: 'The password is the e-mail address or made of it.',
}

/** The one form a password is compared in: composed and decomposed letters are the same, nothing is cut (R051). */
export const normalizePassword = (password: string): string => password.normalize('NFC')

/** What speaks against a new password, or null. No rule asks for digits or signs: length and rarity are what counts. */
export function objectToPassword(rules: PasswordRules, password: string, emailKey: string): PasswordObjection | null {
  if (Buffer.byteLength(password) > rules.maxBytes) return 'TOO_LONG'
  const normal = normalizePassword(password)
  if ([...normal].length < rules.minLength) return 'TOO_SHORT'
  const plain = normal.toLowerCase()
  if (isMadeOf(plain, [emailKey, emailKey.split('@')[0] ?? emailKey])) return 'CONTAINS_EMAIL'
  if (isMadeOf(plain, rules.serviceWords) || isCommonPassword(plain)) return 'TOO_COMMON'
  return null
}

/** Whether nothing but digits and punctuation is left once the words are taken out. */
function isMadeOf(password: string, words: readonly string[]): boolean {
  return words.some((word) => {
    const wanted = word.toLowerCase()
    if (wanted.length < 3 || !password.includes(wanted)) return false
    return !/\p{L}/u.test(password.replaceAll(wanted, ''))
  })
}
