import {
  BeginAuthenticationDocument,
  ChallengeFactorDocument,
  ChangeEmailDocument,
  MeDocument,
  RevokeServiceKeyDocument,
  RotateServiceKeyDocument,
  SignInDocument,
  ReadSubjectDocument,
  VerifyChallengeDocument,
} from '../../schema/generated/graphql.js'
import { bearer, eventsOf, ROOMY } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { answer, passedOf, PASSWORD, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { ROOT_FIELDS } from '../support/root-fields.js'
import {
  backendOf,
  DEVICE,
  enrolled,
  eventsNamed,
  newBackend,
  newOperator,
  withKey,
  type Backend,
} from '../support/services.js'

describe.each(STORES)('attacks with and on service keys, on the %s store', (store) => {
  let gateway: TestGateway
  let operator: PersonWithFactor
  let shop: Backend
  let bank: Backend

  beforeAll(async () => {
    const env = {
      ...{ ...ROOMY, STEPGATE_SERVICE_KEY_LIMIT_ADDRESS: '1000/900', STEPGATE_TRUSTED_PROXIES: 'loopback' },
      // No store commands except those that a test causes.
      STEPGATE_AUDIT_LINGER: '60000',
    }
    gateway = await startGateway({ store, env })
    operator = await newOperator(gateway)
    shop = await newBackend(gateway, operator)
    bank = await newBackend(gateway, operator, { tenant: 'bank', audience: 'https://bank.example' })
  })
  afterAll(() => gateway.close())

  const input = { subject: 'ada', email: 'ada@people.example', device: DEVICE }
  const codeWith = async (secret: string, headers: Record<string, string> = {}) =>
    codeOf(await withKey(gateway, secret, headers).send(BeginAuthenticationDocument, { input }))

  it('a key opens fields for services and public fields, and nothing else', async () => {
    const opened: string[] = []
    for (const field of ROOT_FIELDS.filter(({ access }) => access !== 'PUBLIC' && access !== 'SERVICE')) {
      const refused = await shop.client.send(field.document, field.sample())
      if (codeOf(refused) !== 'FORBIDDEN' || refused.data !== null) opened.push(field.name)
    }
    expect(opened).toEqual([])
    expect(ROOT_FIELDS.filter(({ access }) => access === 'SERVICE').map(({ name }) => name)).toEqual([
      'subject',
      'beginAuthentication',
    ])
  })

  it('no session opens fields for services, not even an operator’s', async () => {
    await stepUp(gateway, operator.client, operator.authenticator)
    const { client } = await withTotp(gateway)
    for (const caller of [operator.client, client]) {
      expect(codeOf(await caller.send(BeginAuthenticationDocument, { input }))).toBe('FORBIDDEN')
      expect(codeOf(await caller.send(ReadSubjectDocument, { subject: 'ada' }))).toBe('FORBIDDEN')
    }
    expect(codeOf(await gateway.client().send(BeginAuthenticationDocument, { input }))).toBe('UNAUTHENTICATED')
  })

  it('an operation that needs a service and a person at once is refused to both', async () => {
    const both = 'query { me { id } subject(subject: "ada") { accountId } }'
    expect(codeOf(await shop.client.send(both))).toBe('FORBIDDEN')
    expect(codeOf(await operator.client.send(both))).toBe('FORBIDDEN')
  })

  it('a key works only for its scopes', async () => {
    const reader = await newBackend(gateway, operator, { scopes: ['READ_SUBJECTS'] })
    const beginner = await newBackend(gateway, operator, { scopes: ['AUTHENTICATE'] })
    expect([codeOf(await reader.send('ada')), codeOf(await beginner.send('ada'))]).toEqual(['FORBIDDEN', null])
    expect(codeOf(await reader.client.send(ReadSubjectDocument, { subject: 'ada' }))).toBeNull()
    expect(codeOf(await beginner.client.send(ReadSubjectDocument, { subject: 'ada' }))).toBe('FORBIDDEN')
    const begun = await beginner.begin('ada', { intent: 'ENROLL' })
    expect(codeOf(await beginner.actingFor(begun.pendingToken).send(MeDocument))).toBe('MFA_REQUIRED')
    expect(codeOf(await reader.actingFor(begun.pendingToken).send(MeDocument))).toBe('UNAUTHENTICATED')
  })

  it('every invalid key gets the same answer, and the log has the reason', async () => {
    const [expiring, revoked, rotated] = [
      await newBackend(gateway, operator, {
        expiresAt: new Date(gateway.clock.now().getTime() + 100_000).toISOString(),
      }),
      await newBackend(gateway, operator),
      await newBackend(gateway, operator),
    ]
    dataOf(await operator.client.send(RevokeServiceKeyDocument, { id: revoked.keyId }))
    dataOf(await operator.client.send(RotateServiceKeyDocument, { id: rotated.keyId }))
    gateway.clock.advance(100_000)
    const other = backendOf(gateway, shop.secret.slice(0, 26) + bank.secret.slice(26))
    const wrong: Record<string, string> = {
      expired: expiring.secret,
      revoked: revoked.secret,
      'rotated out': rotated.secret,
      'a typo': `${shop.secret.slice(0, -1)}${shop.secret.endsWith('A') ? 'B' : 'A'}`,
      'another id': other.secret,
      'too short': 'sgk_',
      'too long': `${shop.secret}A`,
      'in capitals': shop.secret.toUpperCase(),
    }
    const answers = new Set<string>()
    for (const secret of Object.values(wrong)) {
      const { status, text } = await withKey(gateway, secret).send(BeginAuthenticationDocument, { input })
      answers.add(`${status} ${text}`)
    }
    const { status, text } = await gateway.client().send(BeginAuthenticationDocument, { input })
    expect([...answers]).toEqual([`${status} ${text}`])
    const refusals = await eventsNamed(gateway, 'service_key.refused')
    expect(refusals.map(({ reason }) => reason)).toEqual(['expired', 'revoked', 'rotated-out'])
    expect(refusals[0]).toMatchObject({ actor: { id: expiring.keyId, type: 'SERVICE' }, outcome: 'DENIED' })
    expect(JSON.stringify(refusals)).not.toContain(expiring.secret.slice(26, 60))
    // A day has passed: sessions are over.
    const { client } = await signIn(gateway, operator.email)
    operator = { ...operator, client }
  })

  it('a key is accepted in the bearer header and nowhere else', async () => {
    const asCookie = gateway.client()
    asCookie.cookies.set('stepgate-session', shop.secret)
    expect(codeOf(await asCookie.send(BeginAuthenticationDocument, { input }))).toBe('UNAUTHENTICATED')
    const asSession = gateway.client({ headers: { 'stepgate-session': shop.secret } })
    expect(codeOf(await asSession.send(BeginAuthenticationDocument, { input }))).toBe('UNAUTHENTICATED')
    expect(await codeWith(bank.secret, { 'stepgate-session': shop.secret })).toBe('UNAUTHENTICATED')
  })

  it('a backend that names an invalid session is anonymous, not itself', async () => {
    for (const named of ['', ' ', 'a b', '"', 'x'.repeat(5000), 'é', 'nobody', 'A'.repeat(87)]) {
      expect([named, await codeWith(shop.secret, { 'stepgate-session': named })]).toEqual([named, 'UNAUTHENTICATED'])
    }
  })

  it('looking up a key costs no read while the backend is active', async () => {
    await shop.begin('ada')
    const calls = 40
    const startedAt = performance.now()
    const before = gateway.app.roundTrips()
    for (let nth = 0; nth < calls; nth += 1) dataOf(await shop.client.send(ReadSubjectDocument, { subject: 'ada' }))
    // The keys are read again in the background, every 400 ms under any load.
    const looks = Math.ceil((performance.now() - startedAt) / 400) + 1
    expect(gateway.app.roundTrips() - before).toBeLessThanOrEqual(calls + looks)
    await enrolled(gateway, shop, 'counted')
    const begun = gateway.app.roundTrips()
    expect((await shop.begin('counted', { intent: 'STEP_UP' })).verdict).toBe('CHALLENGE')
    // Budget, person, session; and the keys again, in the background.
    expect(gateway.app.roundTrips() - begun).toBeLessThanOrEqual(4)
  })

  describe("R102 another tenant's people", () => {
    it('are other people, even if they have the same names', async () => {
      await enrolled(gateway, shop, 'eve')
      expect((await shop.begin('eve', { intent: 'STEP_UP' })).verdict).toBe('CHALLENGE')
      expect((await bank.begin('eve', { intent: 'STEP_UP' })).verdict).toBe('ENROLL')
      const [own, foreign] = [
        dataOf(await shop.client.send(ReadSubjectDocument, { subject: 'eve' })).subject,
        dataOf(await bank.client.send(ReadSubjectDocument, { subject: 'eve' })).subject,
      ]
      expect(own?.accountId).not.toBe(foreign?.accountId)
      expect(foreign?.factors).toEqual([])
    })

    it('cannot be reached with any token of theirs', async () => {
      const { authenticator } = await enrolled(gateway, shop, 'mallory')
      const begun = await shop.begin('mallory', { intent: 'STEP_UP' })
      const factorId = authenticator.factorId
      const foreign = bank.actingFor(begun.pendingToken)
      const mfaToken = begun.stepUp?.mfaToken ?? ''
      expect(codeOf(await foreign.send(ChallengeFactorDocument, { input: { factorId, mfaToken } }))).toBe(
        'UNAUTHENTICATED',
      )
      const own = await bank.begin('mallory', { intent: 'ENROLL' })
      const pending = bank.actingFor(own.pendingToken)
      expect(codeOf(await pending.send(ChallengeFactorDocument, { input: { factorId, mfaToken } }))).toBe(
        'BAD_USER_INPUT',
      )
      const acting = shop.actingFor(begun.pendingToken)
      const { id } = dataOf(await acting.send(ChallengeFactorDocument, { input: { factorId } })).challengeFactor
      const code = authenticator.code()
      expect(codeOf(await foreign.send(VerifyChallengeDocument, { input: { challengeId: id, code } }))).toBe(
        'UNAUTHENTICATED',
      )
      const wrong = await answer(pending, id, code)
      expect(wrong).toMatchObject({ __typename: 'ChallengeFailed', code: 'CHALLENGE_NOT_AVAILABLE' })
      const passed = passedOf(await answer(acting, id, code))
      gateway.clock.advance(30)
      const { accessToken } = passed.tokens!
      expect(codeOf(await bank.actingFor(accessToken).send(MeDocument))).toBe('UNAUTHENTICATED')
      expect(codeOf(await shop.actingFor(accessToken).send(MeDocument))).toBeNull()
    })

    it('and a backend cannot act for a person’s own session at the gateway', async () => {
      const person = await withTotp(gateway)
      const { client } = await signIn(gateway, person.email, { transport: 'BEARER' })
      const { signIn: waiting } = dataOf(
        await client.send(SignInDocument, {
          input: { email: person.email, password: PASSWORD, transport: 'BEARER' },
        }),
      )
      const pendingToken = waiting.__typename === 'MfaRequired' ? waiting.pendingToken : null
      expect(typeof pendingToken).toBe('string')
      expect(codeOf(await shop.actingFor(pendingToken).send(MeDocument))).toBe('UNAUTHENTICATED')
    })

    it('are not found by an address, by a key in place of one, or by a path', async () => {
      const { email } = await withTotp(gateway)
      const begun = await shop.begin('taker', { email })
      expect(begun.verdict).toBe('ALLOW')
      expect(await eventsOf(gateway, email, 'session.created')).toHaveLength(1)
      const shown = dataOf(await shop.client.send(ReadSubjectDocument, { subject: 'taker' })).subject
      expect(shown?.factors).toEqual([])
      for (const subject of [email, 'linked:x', '../bank:ada', '{"$ne":null}', '__proto__']) {
        expect(dataOf(await shop.client.send(ReadSubjectDocument, { subject })).subject).toBeNull()
      }
      for (const subject of ['', ' ', 'a b', 'ä', 'x'.repeat(256), 'a\u0000b']) {
        expect(codeOf(await shop.client.send(ReadSubjectDocument, { subject }))).toBe('BAD_USER_INPUT')
      }
    })

    it('include no administrators, whatever address the backend reports', async () => {
      const begun = await shop.begin('root', { email: operator.email, intent: 'ENROLL' })
      expect(begun.verdict).toBe('ENROLL')
      const allowed = await shop.begin('root', { email: operator.email })
      const me = dataOf(await bearer(gateway, allowed.tokens!.accessToken).send(MeDocument)).me
      expect(me).toMatchObject({ email: operator.email, roles: [] })
    })
  })

  it("a proof opens nothing here, and a backend's person cannot claim an address", async () => {
    const { passed } = await enrolled(gateway, shop, 'carol')
    expect(codeOf(await bearer(gateway, passed.proof ?? '').send(MeDocument))).toBe('UNAUTHENTICATED')
    expect(codeOf(await shop.actingFor(passed.proof).send(MeDocument))).toBe('UNAUTHENTICATED')
    const own = shop.actingFor(passed.tokens!.accessToken)
    expect(codeOf(await own.send(ChangeEmailDocument, { input: { newEmail: 'new@example.com' } }))).toBe('FORBIDDEN')
    const typed = { email: 'carol@people.example', password: PASSWORD }
    expect(codeOf(await gateway.client().send(SignInDocument, { input: typed }))).toBe('UNAUTHENTICATED')
  })
})

describe('too many invalid service keys', () => {
  it('are refused as such, by address, with one event; valid keys are not blocked', async () => {
    const gateway = await startGateway({
      env: { ...ROOMY, STEPGATE_TRUSTED_PROXIES: 'loopback', STEPGATE_SERVICE_KEY_LIMIT_ADDRESS: '3/900' },
    })
    try {
      const operator = await newOperator(gateway)
      const { keyId, secret } = await newBackend(gateway, operator)
      dataOf(await operator.client.send(RotateServiceKeyDocument, { id: keyId }))
      gateway.clock.advance(86_401)
      const from = (address: string, key: string) =>
        withKey(gateway, key, { 'x-forwarded-for': address }).send(ReadSubjectDocument, { subject: 'ada' })
      const codes: (string | null)[] = []
      for (let nth = 0; nth < 6; nth += 1) codes.push(codeOf(await from('203.0.113.9', secret)))
      expect(codes).toEqual([...Array<string>(3).fill('UNAUTHENTICATED'), ...Array<string>(3).fill('RATE_LIMITED')])
      expect(codeOf(await from('203.0.113.10', secret))).toBe('UNAUTHENTICATED')
      const limited = await eventsNamed(gateway, 'limit.reached')
      expect(limited.map(({ targets }) => targets[0]?.id)).toEqual(['serviceKeyPerAddress'])
      expect(await eventsNamed(gateway, 'service_key.refused')).toHaveLength(4)
      const { client } = await signIn(gateway, operator.email)
      const fresh = await newBackend(gateway, { ...operator, client })
      expect(codeOf(await from('203.0.113.9', fresh.secret))).toBeNull()
    } finally {
      await gateway.close()
    }
  })
})
