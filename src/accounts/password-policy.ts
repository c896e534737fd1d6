import { isCommonPassword } from './common-passwords.js'

export interface PasswordRules {
  /**
   * Minimum number of characters (code points). 15 where a password alone signs in, 8 beside a second factor (NIST
   * 3.1.1.2).
   */
  readonly minLength: number
  /** Maximum number of UTF-8 bytes, checked before hashing. */
  readonly maxBytes: number
  /** Words that must not make up a password by themselves, such as the name of the service. */
  readonly serviceWords: readonly string[]
}

export type PasswordObjection = 'TOO_SHORT' | 'TOO_LONG' | 'TOO_COMMON' | 'CONTAINS_EMAIL'

/**
 * The single form in which passwords are compared: composed and decomposed letters are the same, nothing is cut (R051).
 */
export const normalizePassword = (password: string): string => password.normalize('NFC')

/** The objection to a new password, or null. No rule demands digits or symbols: only length and rarity count. */
export function objectToPassword(rules: PasswordRules, password: string, emailKey: string): PasswordObjection | null {
  if (Buffer.byteLength(password) > rules.maxBytes) return 'TOO_LONG'
  const normal = normalizePassword(password)
  if ([...normal].length < rules.minLength) return 'TOO_SHORT'
  const plain = normal.toLowerCase()
  if (isMadeOf(plain, [emailKey, emailKey.split('@')[0] ?? emailKey])) return 'CONTAINS_EMAIL'
  if (isMadeOf(plain, rules.serviceWords) || isCommonPassword(plain)) return 'TOO_COMMON'
  return null
}

/** Whether only digits and punctuation are left once the words are removed. */
function isMadeOf(password: string, words: readonly string[]): boolean {
  return words.some((word) => {
    const wanted = word.toLowerCase()
    if (wanted.length < 3 || !password.includes(wanted)) return false
    return !/\p{L}/u.test(password.replaceAll(wanted, ''))
  })
}
