import { NO_EVENTS } from '../../src/audit/index.js'
import { openAdapters, type Adapters } from '../../src/compose/adapters.js'
import { startServices, type Services } from '../../src/compose/services.js'
import { newKeyText, readConfig } from '../../src/config/index.js'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { silentLogger } from '../../src/kernel/logger.js'
import { signUp, type PasswordHasher, type Account } from '../../src/accounts/index.js'
import { noGeo } from '../../src/networks/index.js'
import { signInWithPassword } from '../../src/sign-in/password/sign-in-with-password.js'

const PASSWORD = 'a rather long passphrase'
const ORIGIN = {
  address: '192.0.2.7',
  userAgent: 'test',
  clientHints: { brands: '', mobile: '', platform: '' },
  language: '',
}
const CONTEXT = { requestId: 'request', origin: ORIGIN, operation: null, sessionId: null, deviceId: null }
const CALLER = { context: CONTEXT, accountId: null, deviceTokenFor: () => null }

/**
 * Wall-clock time makes no reliable test. Argon2 and the store take the time, so both are counted for each class of
 * caller.
 */
describe('R056 equal work for every name', () => {
  let adapters: Adapters
  let services: Services
  let work: { verified: (string | null)[]; hashed: number }
  let passwords: PasswordHasher

  beforeAll(async () => {
    const config = readConfig({ STEPGATE_KEYS: newKeyText() })
    adapters = await openAdapters({ config, logger: silentLogger, geo: noGeo, inMemory: true })
    services = await startServices(adapters)
    const real = services.passwords
    passwords = {
      hash: (password) => {
        work.hashed += 1
        return real.hash(password)
      },
      verify: (password, hash) => {
        work.verified.push(hash === null ? null : 'stored')
        return real.verify(password, hash)
      },
      isOutdated: (hash) => real.isOutdated(hash),
    }
    await create('known@example.com', 'ACTIVE')
    await create('disabled@example.com', 'DISABLED')
    // The first event of a process also reads the end of the audit log.
    await costOfSignIn('first@example.com', PASSWORD)
  })
  afterAll(async () => {
    await services.close()
    await adapters.close()
  })

  async function create(email: string, status: Account['status']): Promise<void> {
    const now = adapters.clock.now()
    const account = {
      id: newId<AccountId>(),
      email,
      emailKey: email,
      status,
      createdAt: now,
      passwordHash: await services.passwords.hash(PASSWORD),
      passwordChangedAt: now,
      emailChangedAt: null,
      lastSignInAt: null,
      sealedProfile: null,
      roles: {},
      language: null,
      languageIsChosen: false,
      linkedTo: null,
    }
    await adapters.repositories.accounts.create(account, () => NO_EVENTS)
  }

  /** Tries to sign in, and returns the cost. */
  async function costOfSignIn(email: string, password: string) {
    work = { verified: [], hashed: 0 }
    const before = adapters.store.roundTrips
    const { clock, secrets, repositories, risk } = adapters
    const outcome = await signInWithPassword(
      {
        ...services,
        ...{ clock, secrets, passwords },
        sessions: repositories.sessions,
        promptBudget: risk.deps.promptBudget,
        arrivals: { comeIn: () => Promise.reject(new Error('a refused caller came in')) },
      },
      {
        email,
        password,
        transport: 'COOKIE',
        deviceTokenFor: () => null,
        deviceKey: { judge: async () => ({ kind: 'missing' }), spend: async () => false },
        fingerprint: {},
        timeZone: '',
        destination: { kind: 'usual' },
        former: null,
        beginChallenge: null,
        context: CONTEXT,
      },
    )
    return { kind: outcome.kind, ...work, commands: adapters.store.roundTrips - before }
  }

  it('verifies one hash and sends the same commands for every refused class', async () => {
    const wrong = await costOfSignIn('known@example.com', 'not the right passphrase')
    const unknown = await costOfSignIn('nobody@example.com', 'not the right passphrase')
    const disabled = await costOfSignIn('disabled@example.com', PASSWORD)
    expect(wrong).toMatchObject({ kind: 'refused', verified: ['stored'], hashed: 0 })
    expect(unknown).toEqual({ ...wrong, verified: [null] })
    expect(disabled).toEqual({ ...wrong, verified: [null] })
  })

  it('verifies a hash of the same cost for an unknown name', async () => {
    expect(await services.passwords.verify('correct horse battery staple, but nobody has it', null)).toBe(false)
  })

  it('hashes once and stores once for a sign-up, whether or not the address is known', async () => {
    const { clock, secrets, messages, config, repositories } = adapters
    const { accounts, confirmations } = repositories
    const costs: object[] = []
    for (const email of ['known@example.com', 'fresh@example.com']) {
      work = { verified: [], hashed: 0 }
      const before = adapters.store.roundTrips
      const outcome = await signUp(
        {
          ...services,
          ...{ accounts, confirmations, clock, secrets, messages, passwords },
          passwordRules: { ...config.passwords, serviceWords: [] },
          mail: config.mail,
          confirmationSeconds: 3600,
        },
        { email, password: 'seven grey herons', client: null, acceptLanguage: 'en', caller: CALLER },
      )
      costs.push({ kind: outcome.kind, ...work, commands: adapters.store.roundTrips - before })
    }
    expect(costs[0]).toEqual({ kind: 'accepted', verified: [], hashed: 1, commands: 2 })
    expect(costs[1]).toEqual(costs[0])
  })
})
