import {
  ChangeEmailDocument,
  ChangePasswordDocument,
  ChangePhoneDocument,
  EnrollFactorDocument,
  RegenerateRecoveryCodesDocument,
  RemoveFactorDocument,
  RenameFactorDocument,
} from '../../schema/generated/graphql.js'
import { challenged, guess, ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Answer, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import {
  authenticatorOf,
  enrollTotp,
  PASSWORD,
  registered,
  signIn,
  stepUp,
  withTotp,
  type Authenticator,
} from '../support/person.js'
import { storedAccount } from '../support/stored.js'

type Call = (client: Client, factorId: string) => Promise<Answer<unknown>>

/** Every operation that changes how an account is proved. */
const CALLS: readonly (readonly [name: string, purpose: string, call: Call])[] = [
  ['enrollFactor', 'factor.enroll', (client) => client.send(EnrollFactorDocument, { input: { type: 'TOTP' } })],
  [
    'enrollFactor of recovery codes',
    'factor.enroll',
    (client) => client.send(EnrollFactorDocument, { input: { type: 'RECOVERY_CODE' } }),
  ],
  [
    'enrollFactor in place of another',
    'factor.enroll',
    (client, replaces) => client.send(EnrollFactorDocument, { input: { type: 'TOTP', replaces } }),
  ],
  ['removeFactor', 'factor.remove', (client, factorId) => client.send(RemoveFactorDocument, { factorId })],
  [
    'renameFactor',
    'factor.rename',
    (client, factorId) => client.send(RenameFactorDocument, { input: { factorId, name: 'mine now' } }),
  ],
  ['regenerateRecoveryCodes', 'recovery-codes.regenerate', (client) => client.send(RegenerateRecoveryCodesDocument)],
  [
    'changeEmail',
    'email.change',
    (client) => client.send(ChangeEmailDocument, { input: { newEmail: 'mallory@example.com' } }),
  ],
  [
    'changePassword',
    'password.change',
    (client) => {
      const input = { currentPassword: PASSWORD, newPassword: 'a passphrase of the attacker' }
      return client.send(ChangePasswordDocument, { input })
    },
  ],
  [
    'changePhone',
    'phone.change',
    (client, factorId) => client.send(ChangePhoneDocument, { input: { factorId, newPhoneNumber: '+1 555 0100' } }),
  ],
]

describe.each(STORES)('R030 managing factors, on the %s store', (store) => {
  let gateway: TestGateway
  let email: string
  let owner: Client
  let passwordOnly: Client
  let onRememberedDevice: Client
  let authenticator: Authenticator

  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_RISK_MODE: 'REPORT_ONLY' } })
    email = await registered(gateway)
    owner = (await signIn(gateway, email)).client
    // A session from before the account had a factor: it only ever proved a password.
    passwordOnly = (await signIn(gateway, email)).client
    authenticator = (await enrollTotp(gateway, owner)).authenticator
    await stepUp(gateway, owner, authenticator, { rememberDevice: true })
    const device = [...owner.cookies].filter(([name]) => name.startsWith('stepgate-device-'))
    onRememberedDevice = gateway.client({ cookies: new Map(device) })
    // The token must move along: presented by two clients it would count as stolen.
    for (const [name] of device) owner.cookies.delete(name)
    expect((await signIn(gateway, email, {}, onRememberedDevice)).result.__typename).toBe('SignedIn')
    // Every proof is more than five minutes old, and so is every sign-in but the one below.
    gateway.clock.advance(301)
  })
  afterAll(() => gateway.close())

  const SESSIONS: readonly (readonly [name: string, reason: string, client: () => Client])[] = [
    ['a session with only a password', 'MFA_MISSING', () => passwordOnly],
    ['a session whose proof is stale', 'MFA_STALE', () => owner],
    ['a session that a remembered device spared the prompt', 'MFA_MISSING', () => onRememberedDevice],
  ]
  const TABLE = SESSIONS.flatMap(([session, reason, client]) =>
    CALLS.map(([name, purpose, call]) => [name, session, { reason, purpose, call, client }] as const),
  )

  it.each(TABLE)('%s is refused to %s', async (_, __, { reason, purpose, call, client }) => {
    const before = await storedAccount(gateway, email)
    const refused = await call(client(), authenticator.factorId)
    expect([refused.status, codeOf(refused)]).toEqual([401, 'STEP_UP_REQUIRED'])
    expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({ reason, purpose, assurance: 'MFA', maxAge: 300 })
    const { factors, enrollments, passwordHash } = await storedAccount(gateway, email)
    expect({ factors, enrollments, passwordHash }).toEqual({
      factors: before['factors'],
      enrollments: before['enrollments'],
      passwordHash: before['passwordHash'],
    })
  })

  it.each(CALLS)('%s is refused to a recent sign-in whose second factor is missing', async (_, __, call) => {
    const { client } = await signIn(gateway, email)
    expect(codeOf(await call(client, authenticator.factorId))).toBe('MFA_REQUIRED')
  })

  it('opens all of them once the factor is proved again, for five minutes', async () => {
    const person = await withTotp(gateway)
    gateway.clock.advance(270)
    const rename = () =>
      person.client.send(RenameFactorDocument, { input: { factorId: person.authenticator.factorId, name: 'Phone' } })
    expect(dataOf(await rename()).renameFactor.name).toBe('Phone')
    gateway.clock.advance(1)
    expect(codeOf(await rename())).toBe('STEP_UP_REQUIRED')
    await stepUp(gateway, person.client, person.authenticator)
    expect(codeOf(await rename())).toBeNull()
  })

  it('cannot change the number of a factor that has none, or of one that does not exist', async () => {
    const person = await withTotp(gateway)
    for (const factorId of [person.authenticator.factorId, 'A'.repeat(22), '$gt']) {
      const refused = await person.client.send(ChangePhoneDocument, {
        input: { factorId, newPhoneNumber: '+1 555 0100' },
      })
      expect([codeOf(refused), refused.text.includes('555')]).toEqual(['BAD_USER_INPUT', false])
    }
  })

  it('does not let a stolen password add a factor to the first one, even if both were begun before there was one', async () => {
    const address = await registered(gateway)
    const [mine, thief] = [(await signIn(gateway, address)).client, (await signIn(gateway, address)).client]
    const begin = async (client: Client) => {
      const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
      const app = authenticatorOf(gateway, enrollFactor.factor.id, enrollFactor.totp?.secret ?? '')
      return { app, challengeId: enrollFactor.challenge?.id ?? '' }
    }
    const theirs = await begin(thief)
    const own = await begin(mine)
    expect(await guess(mine, own.challengeId, own.app.code())).toBe('PASSED')
    expect(await guess(thief, theirs.challengeId, theirs.app.code())).not.toBe('PASSED')
    const factors = Object.values(
      (await storedAccount(gateway, address))['factors'] as Record<string, { type: string }>,
    )
    expect(factors.filter(({ type }) => type === 'TOTP')).toHaveLength(1)
    gateway.clock.advance(30)
    const challenge = await challenged(mine, own.app.factorId)
    expect(await guess(mine, challenge.id, own.app.code())).toBe('PASSED')
  })
})
