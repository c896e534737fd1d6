import { contribution } from '../contribution.js'
import type { Adjustment } from '../evidence.js'
import { atLeastNone } from './failed-here.js'

/** Low, because any stranger can cause it: it must not decide anything by itself. */
const NATS = 0.5

/**
 * Someone keeps requesting mail to this mailbox. It does not count against a known device of the account, because a
 * stranger must not be able to raise the risk of that device.
 */
export const mailHeldBack: Adjustment = ({ facts, inSession }) => {
  const isKnown = facts.deviceToken === 'trusted' || facts.deviceToken === 'known'
  if (inSession || isKnown || atLeastNone(facts.mailHeldBack ?? 0) === 0) return []
  return [contribution({ code: 'MAIL_HELD_BACK' }, NATS)]
}
