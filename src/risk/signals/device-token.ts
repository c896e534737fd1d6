import { contribution } from '../contribution.js'
import type { Evidence, Signal } from '../evidence.js'

// Weighed so that a trusted token covers a new network, but not a new country or another browser (R088), and so that
// nothing but a trusted token brings a sign-in to LOW. A session was proved when it began, so it covers a new network too.
const NATS = { trusted: -2.75, session: -1.5, known: 0.25, none: 0.5, foreign: 0.5 } as const

/** Evidence of possession: the device token or, once signed in, the session. The better of the two counts, not both. */
export const deviceToken: Signal = ({ facts, inSession }: Evidence) => {
  switch (facts.deviceToken) {
    case 'trusted':
      return [contribution('DEVICE_TOKEN_TRUSTED', NATS.trusted, 'a device remembered after MFA')]
    case 'foreign':
      return [contribution('DEVICE_TOKEN_FOREIGN', NATS.foreign, 'a device token that is not valid for this account')]
    case 'known':
      if (inSession) break
      return [contribution('DEVICE_TOKEN_KNOWN', NATS.known, 'a device seen before, but not remembered')]
    case 'none':
      if (inSession) break
      return [contribution('DEVICE_TOKEN_NONE', NATS.none, 'no device token')]
  }
  return [contribution('SESSION_CONTINUES', NATS.session, 'a session that was proved before')]
}
