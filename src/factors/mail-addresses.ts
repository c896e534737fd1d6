import type { Factor } from './factor.js'

/** The addresses that e-mail factors have proved. They are stored in plain text, like the account's own. */
export function mailAddressesOf(factors: Readonly<Record<string, Factor>>): readonly string[] {
  const proved = Object.values(factors).filter(({ type, status }) => type === 'EMAIL' && status !== 'PENDING')
  return proved.flatMap(({ material }) => (typeof material['address'] === 'string' ? [material['address']] : []))
}
