import { clientOf, POPULAR_CLIENT, userAgentOf, type Client } from '../world/browsers.js'
import { locatedFrom, type Located } from '../world/address-space.js'
import { DAY_MS } from '../world/time.js'
import { type Attacker, attemptOf, type AttackTools, type Victim } from './attacker.js'
import { atVictimsHour, usualSignIn } from './reconnaissance.js'

/** A phishing page told address, browser, language and zone; a proxy in the same city and network costs little more. */
export const targeted: Attacker = {
  name: 'targeted',
  attempts: (tools, victim, from) => {
    const { random } = tools
    const at = atVictimsHour(victim, from, random)
    const usual = usualSignIn(victim)
    return [
      attemptOf(victim, at, {
        network: neighbourOf(tools, victim),
        userAgent: userAgentOf(sameFamily(usual.userAgent), at, random.next() * 7 * DAY_MS),
        language: usual.language,
        timeZone: usual.timeZone,
        cookie: random.id(),
      }),
    ]
  },
}

function neighbourOf({ space, random }: AttackTools, victim: Victim): Located {
  return space.drawNear(locatedFrom(usualSignIn(victim)), random)
}

const sameFamily = (userAgent: string): Client => clientOf(userAgent) ?? POPULAR_CLIENT
