import type { SignInEvent } from '../event.js'
import { type Attacker, attemptOf, type Victim } from './attacker.js'
import { anyUserAgent, drawLair, drawOwnNetwork } from './own-client.js'
import { atAnyHour, latestSignIn } from './reconnaissance.js'

const COPIES_AGENT = 0.6

/** Bought what a stealer took from the victim's browser: the cookie works, and the agent is in the same file. */
export const stolenToken: Attacker = {
  name: 'stolen-token',
  attempts: (tools, victim, from) => {
    const { space, random } = tools
    const at = atAnyHour(from, random)
    const robbed = signInWithLastingCookie(victim)
    const lair = drawLair(tools)
    const copiesAgent = random.chance(COPIES_AGENT)
    return [
      attemptOf(victim, at, {
        network: space.draw(lair.country, drawOwnNetwork(random), random),
        userAgent: copiesAgent ? robbed.userAgent : anyUserAgent(lair.country, at, random),
        language: copiesAgent ? robbed.language : lair.language,
        timeZone: lair.timeZone,
        cookie: robbed.cookie ?? random.id(),
      }),
    ]
  },
}

/** A cookie seen twice comes from a jar that is kept: private windows leave nothing to steal. */
function signInWithLastingCookie(victim: Victim): SignInEvent {
  const seen = new Set<string | null>()
  for (const event of victim.recent.toReversed()) {
    if (seen.has(event.cookie)) return victim.recent.findLast(({ cookie }) => cookie === event.cookie) ?? event
    seen.add(event.cookie)
  }
  return latestSignIn(victim)
}
