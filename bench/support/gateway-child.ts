import { createPasswordHasher } from '../../src/accounts/index.js'
import { readConfig } from '../../src/config/index.js'
import { createLogger } from '../../src/logging/index.js'
import { geoipLite } from '../../src/networks/index.js'
import { FULL_PERSON_ENV } from '../../test/support/full-person.js'
import { startGateway, type StoreKind } from '../../test/support/gateway.js'
import { answerParent } from './answer-parent.js'
import { passwordTime } from './password-time.js'
import { runningClock } from './running-clock.js'

// The gateway as it comes, its log included, except for a clock that can be moved, and limits and waits that would end
// the bench.
const store = process.argv[2] as StoreKind
const clock = runningClock()
const logger = createLogger({ level: 'info' })
// One person signs in hundreds of times, and has as many factors as one may.
const { argon2 } = readConfig({}).passwords
const env = {
  ...FULL_PERSON_ENV,
  // A gateway under test hashes cheaply unless the cost is set.
  STEPGATE_ARGON2_MEMORY: String(argon2.memoryKib),
  STEPGATE_PUBLIC_MUTATION_LIMIT_ADDRESS: '1000/3600',
  STEPGATE_SIGN_IN_RATE: '1000000/900',
  STEPGATE_RISK_MODE: 'REPORT_ONLY',
  // The machine may be busy with something else.
  STEPGATE_PASSWORD_WAIT: '60',
}
const gateway = await startGateway({ store, clock, logger, env, geo: geoipLite(logger) })
const passwords = await createPasswordHasher(argon2)

answerParent(
  gateway.url,
  {
    'round-trips': () => gateway.app.roundTrips(),
    drain: async () => {
      await gateway.app.drainAudit()
      return 0
    },
    advance: (seconds) => {
      clock.advance(seconds)
      return seconds
    },
    password: (checks) => passwordTime(passwords, checks),
  },
  () => gateway.close(),
)
