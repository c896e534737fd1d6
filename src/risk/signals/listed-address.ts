import { contribution } from '../contribution.js'
import type { Adjustment } from '../evidence.js'

const NATS = 1.5

/** An operator has blocked the address, its network or country, or the device. */
export const listedAddress: Adjustment = ({ listed }) =>
  listed.verdict === 'blocked' ? [contribution({ code: 'LISTED', facts: { by: listed.by } }, NATS)] : []
