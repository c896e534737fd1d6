import { contribution } from '../contribution.js'
import type { Adjustment } from '../evidence.js'
import { sightingsOfNetwork } from './network.js'

const NATS = 0.7

/** People do not sign in from data centres, unless their VPN ends in one, and then it has been seen before. */
export const hostingNetwork: Adjustment = (evidence) => {
  const { networkClass } = evidence.seen.observation
  if (networkClass === null || evidence.listed.verdict === 'allowed' || sightingsOfNetwork(evidence) > 0) return []
  return [contribution({ code: 'NETWORK_HOSTING', facts: { networkClass } }, NATS)]
}
