import type { ExternalFirstFactor } from '../sessions/index.js'

/**
 * RFC 8176 names of single methods that an external login may have verified. Claims of several factors at once (`mfa`,
 * `mca`) are excluded: a second factor only counts if it was proved here.
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

/** Possibly a code or link in a message. An authenticator app is `otp` as well, and the claim does not say which. */
const MESSAGES: ReadonlySet<string> = new Set(['otp', 'sms', 'tel'])

export const isSingleMethod = (method: string): boolean => KNOWN.has(method)

/** A first factor that was verified elsewhere, without its claims about further factors. */
export function externalFactor(methods: readonly string[]): Pick<ExternalFirstFactor, 'method' | 'methods'> {
  const single = [...new Set(methods.filter(isSingleMethod))]
  return { method: single.some((method) => MESSAGES.has(method)) ? 'EXTERNAL_MESSAGE' : 'EXTERNAL', methods: single }
}
