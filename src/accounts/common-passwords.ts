import common from '@zxcvbn-ts/language-common'

/** About 49,000 passwords from public breaches, most frequent first, as zxcvbn ships them. */
const COMMON: ReadonlySet<string> = new Set(common.dictionary.passwords)

const REPETITION = /^(.+?)\1+$/su

/** Whether a lower-case password is one that attackers try first, or a repetition of one. */
export function isCommonPassword(password: string): boolean {
  if (COMMON.has(password)) return true
  const unit = REPETITION.exec(password)?.[1]
  return unit !== undefined && (unit.length <= 3 || COMMON.has(unit))
}
