import { contribution } from '../contribution.js'
import type { Adjustment } from '../evidence.js'

const NATS = 1

/** There is more to lose, so less evidence is enough. */
export const privilegedAccount: Adjustment = ({ facts }) =>
  facts.privileged ? [contribution({ code: 'ACCOUNT_PRIVILEGED' }, NATS)] : []
