import type { DeviceTokenState } from '../../../src/risk/index.js'
import type { SignInEvent } from '../event.js'

const REMEMBERED_MS = 30 * 86_400_000

/** The device tokens a gateway has handed out: remembered for 30 days from each prompt that was passed, known after. */
export function rememberCookies() {
  const people = new Map<string, Map<string, number>>()
  return {
    stateOf: (event: SignInEvent): DeviceTokenState => {
      if (event.deviceToken !== null) return event.deviceToken
      const until = event.cookie === null ? undefined : people.get(event.userId)?.get(event.cookie)
      if (until === undefined) return 'none'
      return until > event.at ? 'trusted' : 'known'
    },
    /** People who are asked let the device be remembered. */
    proved: (event: SignInEvent, wasAsked: boolean): void => {
      if (event.cookie === null || event.deviceToken !== null) return
      const remembered = people.get(event.userId) ?? new Map<string, number>()
      if (!people.has(event.userId)) people.set(event.userId, remembered)
      if (wasAsked) remembered.set(event.cookie, event.at + REMEMBERED_MS)
      else if (!remembered.has(event.cookie)) remembered.set(event.cookie, event.at)
    },
  }
}
