import { type Attacker, attemptOf } from './attacker.js'
import { anyUserAgent, drawLair, drawOwnNetwork } from './own-client.js'
import { atAnyHour } from './reconnaissance.js'

/** Has a password from a leak and tries it from where they are, with what they have. */
export const naive: Attacker = {
  name: 'naive',
  attempts: (tools, victim, from) => {
    const { space, random } = tools
    const at = atAnyHour(from, random)
    const { country, ...client } = drawLair(tools)
    const network = space.draw(country, drawOwnNetwork(random), random)
    const userAgent = anyUserAgent(country, at, random)
    return [attemptOf(victim, at, { network, userAgent, ...client, cookie: random.id() })]
  },
}
