import { type Attacker, attemptOf } from './attacker.js'
import { atVictimsHour, latestSignIn, usualCountry } from './reconnaissance.js'

const RENTS_AT_HOME = 0.4
/** Where phishing kits are hosted, regardless of the victim. */
const CHEAP_COUNTRIES = ['US', 'NL', 'DE', 'FR', 'GB', 'RO', 'RU']

/**
 * Stands in the middle: the victim types into a page on a rented server, which passes everything on. Browser, language
 * and zone are the victim's, to the letter; cookies stay behind, since the page has another name.
 */
export const relay: Attacker = {
  name: 'relay',
  attempts: ({ space, random }, victim, from) => {
    const at = atVictimsHour(victim, from, random)
    const { userAgent, language, timeZone } = latestSignIn(victim)
    const cheap = CHEAP_COUNTRIES.filter((country) => space.countries.includes(country))
    const rentsAtHome = cheap.length === 0 || random.chance(RENTS_AT_HOME)
    const country = rentsAtHome ? usualCountry(victim, space) : random.pick(cheap)
    const network = space.draw(country, 'hosting', random)
    return [attemptOf(victim, at, { network, userAgent, language, timeZone, cookie: random.id() })]
  },
}
