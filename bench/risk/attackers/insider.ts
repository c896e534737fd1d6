import { type Attacker, attemptOf } from './attacker.js'
import { anyUserAgent } from './own-client.js'
import { latestSignIn } from './reconnaissance.js'

/** Lives with the victim and has seen the password: the same address and language, another device, at any hour. */
export const insider: Attacker = {
  name: 'insider',
  attempts: ({ space, random }, victim, at) => {
    const network = victim.home(at)
    const country = space.countries.includes(network.country) ? network.country : space.countries[0]!
    const { language, timeZone } = latestSignIn(victim)
    return [
      attemptOf(victim, at, {
        network,
        userAgent: anyUserAgent(country, at, random),
        language,
        timeZone,
        cookie: random.id(),
      }),
    ]
  },
}
