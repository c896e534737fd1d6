import { habitsOf } from '../world/countries.js'
import { type Attacker, attemptOf } from './attacker.js'
import { drawLair, drawProxyKind, popularUserAgent } from './own-client.js'
import { atVictimsHour, usualCountry } from './reconnaissance.js'

const SETS_LANGUAGE = 0.85
const SETS_ZONE = 0.75

/** Rents a stranger's line in the victim's country; the tools sold with it set language and zone to match, mostly. */
export const residential: Attacker = {
  name: 'residential',
  attempts: (tools, victim, from) => {
    const { space, random } = tools
    const at = atVictimsHour(victim, from, random)
    const country = usualCountry(victim, space)
    const lair = drawLair(tools)
    const habits = habitsOf(country)
    return [
      attemptOf(victim, at, {
        network: space.draw(country, drawProxyKind(random), random),
        userAgent: popularUserAgent(country, at, random),
        language: random.chance(SETS_LANGUAGE) ? habits.drawLanguage(random) : lair.language,
        timeZone: random.chance(SETS_ZONE) ? habits.drawZone(random) : lair.timeZone,
        cookie: random.id(),
      }),
    ]
  },
}
