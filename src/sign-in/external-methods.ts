import type { ExternalFirstFactor } from '../sessions/index.js'

/**
 * RFC 8176 names of single things that somebody else's login can have checked. What claims several factors at once (`mfa`,
 * `mca`) is not among them: a second factor counts where it was proved here.
 */
const SINGLE = [
  'pwd',
  'pin',
  'kba',
  'otp',
  'sms',
  'tel',
  'hwk',
  'swk',
  'sc',
  'fpt',
  'face',
  'iris',
  'wia',
  'pop',
] as const
const KNOWN: ReadonlySet<string> = new Set(SINGLE)

/** What may have been a code or link in a message. An authenticator app is `otp` as well, and nobody can tell. */
const MESSAGES: ReadonlySet<string> = new Set(['otp', 'sms', 'tel'])

export const isSingleMethod = (method: string): boolean => KNOWN.has(method)

/** A first factor that was checked elsewhere; what it says about more than one factor is left out. */
export function externalFactor(methods: readonly string[]): Pick<ExternalFirstFactor, 'method' | 'methods'> {
  const single = [...new Set(methods.filter(isSingleMethod))]
  return { method: single.some((method) => MESSAGES.has(method)) ? 'EXTERNAL_MESSAGE' : 'EXTERNAL', methods: single }
}
