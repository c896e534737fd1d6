import { habitsOf } from '../world/countries.js'
import { WEEK_MS } from '../world/time.js'
import { type Attacker, attemptOf } from './attacker.js'
import { drawProxyKind, popularUserAgent } from './own-client.js'
import { usualCountry } from './reconnaissance.js'

const LINE_CHANGES = 0.2
const POOL_BITS = 12

/**
 * Comes back again and again with the right password, the same browser and jar and nearly the same address, always
 * leaving at the prompt, so that a profile which learns from what it saw would come to know them.
 */
export const poisoner: Attacker = {
  name: 'poisoner',
  attempts: ({ space, settings, random }, victim, from) => {
    const { campaign, poisonerVisits } = settings.attacks
    const country = usualCountry(victim, space)
    const habits = habitsOf(country)
    const client = { language: habits.drawLanguage(random), timeZone: habits.drawZone(random), cookie: random.id() }
    const userAgent = popularUserAgent(country, from, random)
    const endsAt = settings.startsAt + campaign.until * WEEK_MS
    const stepMs = Math.max((endsAt - from) / poisonerVisits, 1)
    let network = space.draw(country, drawProxyKind(random), random)
    return Array.from({ length: poisonerVisits }, (_, visit) => {
      if (random.chance(LINE_CHANGES)) network = space.drawBeside(network, POOL_BITS, random)
      return attemptOf(victim, Math.round(from + (visit + random.next()) * stepMs), { network, userAgent, ...client })
    })
  },
}
