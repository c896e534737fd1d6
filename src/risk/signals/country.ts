import { contribution } from '../contribution.js'
import type { Signal } from '../evidence.js'
import { hasSeen } from '../profile.js'

const NEW_COUNTRY_NATS = 3

/**
 * A country this person was never seen in. A country that cannot be told counts the same, or hiding it would pay
 * (R087). A network seen before settles the question: it is where it was.
 */
export const country: Signal = ({ seen: { observation, gap }, history }) => {
  if (history === null || hasSeen(history.networks, observation.network)) return []
  if (observation.country === null) {
    return [contribution('COUNTRY_UNKNOWN', NEW_COUNTRY_NATS, `the country cannot be told: ${gap ?? 'unknown'}`)]
  }
  if (hasSeen(history.countries, observation.country)) return []
  return [contribution('COUNTRY_NEW', NEW_COUNTRY_NATS, 'a country never seen for this account')]
}
