import type { DeviceTokenState } from '../../../src/risk/index.js'
import type { SignInEvent } from '../event.js'

const REMEMBERED_MS = 30 * 86_400_000

/** The device tokens a gateway has handed out: remembered for 30 days from each prompt that was passed, known after. */
export function rememberCookies() {
  const remembered = new Map<string, number>()
  const keyOf = ({ userId, cookie }: SignInEvent): string => `${userId} ${cookie ?? ''}`
  return {
    stateOf: (event: SignInEvent): DeviceTokenState => {
      if (event.deviceToken !== null) return event.deviceToken
      const until = event.cookie === null ? undefined : remembered.get(keyOf(event))
      if (until === undefined) return 'none'
      return until > event.at ? 'trusted' : 'known'
    },
    /** People who are asked let the device be remembered. */
    proved: (event: SignInEvent, wasAsked: boolean): void => {
      if (event.cookie === null || event.deviceToken !== null) return
      const key = keyOf(event)
      if (wasAsked) remembered.set(key, event.at + REMEMBERED_MS)
      else if (!remembered.has(key)) remembered.set(key, event.at)
    },
  }
}
