import { createLogger } from '../../src/logging/index.js'
import { noGeo } from '../../src/networks/index.js'
import { startGateway, type StoreKind } from '../../test/support/gateway.js'
import { answerParent } from './answer-parent.js'
import { runningClock } from './running-clock.js'

// The gateway as it comes. Only its clock can be moved, one address may sign up all the people of the bench, and each of
// them may sign in again and again.
const store = process.argv[2] as StoreKind
const clock = runningClock()
const env = {
  STEPGATE_PUBLIC_MUTATION_LIMIT_ADDRESS: '1000/3600',
  STEPGATE_SIGN_IN_RATE: '1000000/900',
  STEPGATE_TRUSTED_PROXIES: 'loopback',
  // A test would hash at a lower cost.
  STEPGATE_ARGON2_MEMORY: '19456',
}
const gateway = await startGateway({ store, clock, logger: createLogger({ level: 'info' }), env, geo: noGeo })

answerParent(
  gateway.url,
  {
    'round-trips': () => gateway.app.roundTrips(),
    advance: (seconds) => {
      clock.advance(seconds)
      return seconds
    },
  },
  () => gateway.close(),
)
