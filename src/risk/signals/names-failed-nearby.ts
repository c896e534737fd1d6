import { contribution } from '../contribution.js'
import type { Adjustment } from '../evidence.js'
import { atLeastNone } from './failed-here.js'

const NATS = 2
const MANY_NAMES = 5

/** An attacker is trying many names from this part of the network. */
export const namesFailedNearby: Adjustment = ({ facts, inSession }) => {
  if (inSession || atLeastNone(facts.namesFailedNearby) <= MANY_NAMES) return []
  return [contribution({ code: 'NAMES_FAILED_NEARBY', facts: { moreThan: MANY_NAMES } }, NATS)]
}
