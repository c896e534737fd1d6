import { contribution } from '../contribution.js'
import type { Adjustment } from '../evidence.js'
import { atLeastNone } from './failed-here.js'

/** Little: anybody can have mail held back, so it must not decide anything by itself. */
const NATS = 0.5

/**
 * Somebody keeps asking for mail to this mailbox. It says nothing against a device that is known for the account: a
 * stranger must not be able to raise the risk of that.
 */
export const mailHeldBack: Adjustment = ({ facts, inSession }) => {
  const isKnown = facts.deviceToken === 'trusted' || facts.deviceToken === 'known'
  if (inSession || isKnown || atLeastNone(facts.mailHeldBack ?? 0) === 0) return []
  return [contribution({ code: 'MAIL_HELD_BACK' }, NATS)]
}
