import { habitsOf } from '../world/countries.js'
import { EXITS_PER_PROVIDER } from '../world/create-people.js'
import { type Attacker, attemptOf } from './attacker.js'
import { drawLair, popularUserAgent } from './own-client.js'
import { atAnyHour, usualCountry } from './reconnaissance.js'

const SETS_LANGUAGE = 0.6
const SETS_ZONE = 0.4

/** Knows the country, leaves there through a commercial VPN whose honest customers share its addresses. */
export const vpn: Attacker = {
  name: 'vpn',
  attempts: (tools, victim, from) => {
    const { space, random } = tools
    const at = atAnyHour(from, random)
    const country = usualCountry(victim, space)
    const lair = drawLair(tools)
    const habits = habitsOf(country)
    const network = random.pick(space.exits(country, random.pick(space.vpnNetworks(country)), EXITS_PER_PROVIDER))
    return [
      attemptOf(victim, at, {
        network,
        userAgent: popularUserAgent(country, at, random),
        language: random.chance(SETS_LANGUAGE) ? habits.drawLanguage(random) : lair.language,
        timeZone: random.chance(SETS_ZONE) ? habits.drawZone(random) : lair.timeZone,
        cookie: random.id(),
      }),
    ]
  },
}
