import { assessRisk } from '../../../src/risk/index.js'
import { INSTALLED, type Variant } from '../stepgate/judge-events.js'

/** As if no browser had ever been given a device token. */
export const withoutToken: Variant = {
  ...INSTALLED,
  assess: (deps, facts) => assessRisk(deps, { ...facts, deviceToken: 'none', deviceId: null }),
}
