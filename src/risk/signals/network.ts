import { contribution } from '../contribution.js'
import type { Signal } from '../evidence.js'
import { hasSeen } from '../profile.js'

const NEW_NETWORK_NATS = 1.5
const NEW_SUBNET_NATS = 0.5

/** A network (/16, /32) or a part of it (/24, /48) never seen before. In a new country it costs nothing more. */
export const network: Signal = ({ seen: { observation }, history }) => {
  if (history === null || hasSeen(history.subnets, observation.subnet)) return []
  if (hasSeen(history.networks, observation.network)) {
    return [contribution('SUBNET_NEW', NEW_SUBNET_NATS, 'a new part of a familiar network')]
  }
  if (!hasSeen(history.countries, observation.country)) return []
  return [contribution('NETWORK_NEW', NEW_NETWORK_NATS, 'a new network in a familiar country')]
}
