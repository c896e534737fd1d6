import { parseAddress } from '../networks/index.js'
import type { RiskDeps } from './ports.js'

/** The weight of one proved sign-in after about four months. */
const LEAST_SEEN = 0.25

/**
 * Whether any account has lately signed in from the /24 or /48 of an address. It depends on no account, so it tells a
 * caller nothing about one.
 */
export function isKnownNetwork({ hash, population }: Pick<RiskDeps, 'hash' | 'population'>, address: string): boolean {
  const parsed = parseAddress(address)
  return parsed !== null && population.count(hash(`subnet\0${parsed.subnet}`)) >= LEAST_SEEN
}
