import { createPasswordHasher } from '../../src/accounts/index.js'
import { readConfig } from '../../src/config/index.js'
import { createLogger } from '../../src/logging/index.js'
import { geoipLite } from '../../src/networks/index.js'
import { FULL_PERSON_ENV } from '../../test/support/full-person.js'
import { startGateway, type StoreKind } from '../../test/support/gateway.js'
import { answerParent } from './answer-parent.js'
import { passwordTime } from './password-time.js'
import { runningClock } from './running-clock.js'

// The gateway as it comes, its log included. Only two things differ: a clock that can be moved, and room for as many
// sign-ups from one address as the bench has people.
const store = process.argv[2] as StoreKind
const clock = runningClock()
const logger = createLogger({ level: 'info' })
// One person signs in hundreds of times, and has as many factors as one may.
const env = {
  ...FULL_PERSON_ENV,
  STEPGATE_PUBLIC_MUTATION_LIMIT_ADDRESS: '1000/3600',
  STEPGATE_SIGN_IN_RATE: '1000000/900',
  STEPGATE_RISK_MODE: 'REPORT_ONLY',
}
const gateway = await startGateway({ store, clock, logger, env, geo: geoipLite(logger) })
const passwords = await createPasswordHasher(readConfig({}).passwords.argon2)

answerParent(
  gateway.url,
  {
    'round-trips': () => gateway.app.roundTrips(),
    advance: (seconds) => {
      clock.advance(seconds)
      return seconds
    },
    password: (checks) => passwordTime(passwords, checks),
  },
  () => gateway.close(),
)
