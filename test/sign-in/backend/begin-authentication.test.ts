import { decodeJwt } from 'jose'
import {
  ChallengeFactorDocument,
  EnrollFactorDocument,
  MySessionsDocument,
  RefreshSessionDocument,
  type BeginAuthenticationInput,
  type ReportedDeviceInput,
} from '../../../schema/generated/graphql.js'
import { openPeople } from '../../../src/store/person-document.js'
import { bearer, guess, ROOMY } from '../../support/answers.js'
import { codeOf, dataOf } from '../../support/client.js'
import { enrollEmail, enrollSms } from '../../support/factors.js'
import { startGateway, STORES, until, type TestGateway } from '../../support/gateway.js'
import { answer, passedOf, type PersonWithFactor } from '../../support/person.js'
import {
  AGENT,
  checked,
  DEVICE,
  enrolled,
  eventsNamed,
  newBackend,
  newOperator,
  type Backend,
} from '../../support/services.js'
import { isMessage } from '../../support/messages.js'

const OTHER: ReportedDeviceInput = {
  ip: '203.0.113.80',
  userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1',
  acceptLanguage: 'fr',
}

describe.each(STORES)('authentications that a backend begins, on the %s store', (store) => {
  let gateway: TestGateway
  let operator: PersonWithFactor
  let shop: Backend

  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_FACTORS: 'TOTP,WEBAUTHN,SMS,EMAIL' } })
    operator = await newOperator(gateway)
    shop = await newBackend(gateway, operator)
  })
  afterAll(() => gateway.close())

  /** The person of a subject as stored. */
  const storedOf = async (subject: string) => {
    const found = await openPeople(gateway.store).find({
      'linkedTo.issuer': 'service:shop',
      'linkedTo.subject': subject,
    })
    return found
  }

  it('create one account for fifty parallel ones', async () => {
    const begun = await Promise.all(Array.from({ length: 50 }, () => shop.send('fifty')))
    expect(begun.map((each) => codeOf(each))).toEqual(Array.from({ length: 50 }, () => null))
    expect(await storedOf('fifty')).toHaveLength(1)
    const made = await eventsNamed(gateway, 'account.created')
    const [person] = await storedOf('fifty')
    expect(made.filter(({ targets }) => targets[0]?.id === person?._id)).toHaveLength(1)
  })

  it('compare subjects exactly', async () => {
    await shop.begin('Case')
    await shop.begin('case')
    expect([(await storedOf('Case')).length, (await storedOf('case')).length]).toEqual([1, 1])
  })

  it('judge the risk by the device the backend reports, not by the backend', async () => {
    const { authenticator } = await enrolled(gateway, shop, 'traveller')
    const home = await shop.begin('traveller')
    expect(home.verdict).toBe('CHALLENGE')
    await prove(home.pendingToken, authenticator.factorId, authenticator.code)
    for (let day = 0; day < 6; day += 1) {
      gateway.clock.advance(86_400)
      const begun = await shop.begin('traveller', { device: { ...DEVICE, token: deviceToken } })
      if (begun.verdict === 'CHALLENGE') await prove(begun.pendingToken, authenticator.factorId, authenticator.code)
      else deviceToken = begun.deviceToken ?? deviceToken
    }
    const usual = await shop.begin('traveller', { device: { ...DEVICE, token: deviceToken } })
    const withoutIt = await shop.begin('traveller', { device: { ...DEVICE, userAgent: OTHER.userAgent } })
    const elsewhere = await shop.begin('traveller', { device: OTHER })
    expect([usual.verdict, withoutIt.verdict, elsewhere.verdict]).toEqual(['ALLOW', 'CHALLENGE', 'BLOCK'])
    expect(elsewhere).toMatchObject({ proof: null, pendingToken: null, tokens: null, stepUp: null })
    const { context } = (await eventsNamed(gateway, 'risk.blocked')).at(-1)!
    const { ip, userAgent } = OTHER
    expect(context).toMatchObject({ ip, userAgent, requestId: elsewhere.reference })
  })

  let deviceToken: string | null = null
  async function prove(
    pendingToken: string | null | undefined,
    factorId: string,
    code: () => string,
    remember = false,
  ) {
    const acting = shop.actingFor(pendingToken)
    const { id } = dataOf(await acting.send(ChallengeFactorDocument, { input: { factorId } })).challengeFactor
    const passed = passedOf(await answer(acting, id, code(), remember))
    gateway.clock.advance(30)
    deviceToken = passed.deviceToken ?? null
    return passed
  }

  it('remember a device for the backend’s people, and spare it the prompt', async () => {
    const { authenticator } = await enrolled(gateway, shop, 'regular')
    const first = await shop.begin('regular')
    const passed = await prove(first.pendingToken, authenticator.factorId, authenticator.code, true)
    expect(passed.deviceRemembered).toBe(true)
    const next = await shop.begin('regular', { device: { ...DEVICE, token: passed.deviceToken ?? null }, nonce: 'n' })
    expect(next).toMatchObject({ verdict: 'ALLOW', dropDeviceToken: false })
    // It spares the prompt and is not a proof.
    expect(await checked(gateway, next.proof)).toMatchObject({ acr: 'urn:stepgate:acr:1fa', amr: ['pwd'] })
    const sensitive = await shop.begin('regular', {
      intent: 'STEP_UP',
      device: { ...DEVICE, token: next.deviceToken ?? null },
    })
    expect(sensitive.verdict).toBe('CHALLENGE')
  })

  it('accept no device token of another person, and no copy of one', async () => {
    const { authenticator } = await enrolled(gateway, shop, 'owner')
    const first = await shop.begin('owner')
    const { deviceToken: token } = await prove(first.pendingToken, authenticator.factorId, authenticator.code, true)
    const thief = await enrolled(gateway, shop, 'thief')
    const foreign = await shop.begin('thief', { device: { ...DEVICE, token: token ?? null } })
    expect(foreign.verdict).toBe('CHALLENGE')
    expect(thief.authenticator.factorId).not.toBe(authenticator.factorId)
    const rotated = await shop.begin('owner', { device: { ...DEVICE, token: token ?? null } })
    expect(rotated.deviceToken).not.toBe(token)
    // The answer arrived: its token was used, so the one before is a copy from now on.
    await shop.begin('owner', { device: { ...DEVICE, token: rotated.deviceToken ?? null } })
    gateway.clock.advance(400)
    const copied = await shop.begin('owner', { device: { ...DEVICE, token: token ?? null } })
    expect(copied.verdict).not.toBe('ALLOW')
    expect(await eventsNamed(gateway, 'device.clone_detected')).toHaveLength(1)
  })

  it('block people whose account is disabled here', async () => {
    await shop.begin('disabled')
    const [person] = await storedOf('disabled')
    await openPeople(gateway.store).updateOne({ _id: person!._id }, { $set: { status: 'DISABLED' } })
    expect(await shop.begin('disabled')).toMatchObject({ verdict: 'BLOCK', proof: null, reference: expect.any(String) })
  })

  it('do not count a text message after a first factor that may have been one', async () => {
    const begun = await shop.begin('texter', { intent: 'ENROLL', amr: ['otp'] })
    const acting = shop.actingFor(begun.pendingToken)
    const enrolledSms = await enrollSms(gateway, acting)
    expect(enrolledSms.telephone.factorId).toEqual(expect.any(String))
    gateway.clock.advance(60)
    const after = await shop.begin('texter', { intent: 'STEP_UP', amr: ['otp'] })
    expect(after.stepUp?.challenge.map(({ type }) => type)).not.toContain('SMS')
    const withPassword = await shop.begin('texter', { intent: 'STEP_UP', amr: ['pwd'] })
    expect(withPassword.stepUp?.challenge.map(({ type }) => type)).toContain('SMS')
  })

  it('do not count the same mailbox as a second factor', async () => {
    const begun = await shop.begin('mailer', { intent: 'ENROLL' })
    await enrollEmail(gateway, shop.actingFor(begun.pendingToken), 'mailer@people.example')
    gateway.clock.advance(60)
    const next = await shop.begin('mailer', { intent: 'STEP_UP', nonce: 'mailbox' })
    const option = next.stepUp?.challenge.find(({ type }) => type === 'EMAIL')
    expect(option).toBeDefined()
    const acting = shop.actingFor(next.pendingToken)
    const { id } = dataOf(
      await acting.send(ChallengeFactorDocument, { input: { factorId: option!.factorId } }),
    ).challengeFactor
    const mail = (await gateway.mailTo('mailer@people.example')).filter(isMessage('email-code')).at(-1)
    const passed = passedOf(await answer(acting, id, /\b\d{6}\b/.exec(mail?.text ?? '')?.[0] ?? ''))
    expect(await checked(gateway, passed.proof)).toMatchObject({ acr: 'urn:stepgate:acr:1fa', nonce: 'mailbox' })
  })

  it('send notices where the backend says, and tell the old address when that changes', async () => {
    await shop.begin('mover', { email: 'old@people.example' })
    const moved = await shop.begin('mover', { email: 'New@people.example' })
    expect(moved.verdict).toBe('ALLOW')
    expect((await storedOf('mover'))[0]).toMatchObject({ email: 'New@people.example' })
    const told = await until(async () => {
      const mails = (await gateway.mailTo('old@people.example')).filter(isMessage('email-changed'))
      return mails.length > 0 ? mails : null
    })
    expect(told).toHaveLength(1)
    const [event] = (await eventsNamed(gateway, 'account.email_changed')).slice(-1)
    expect(event).toMatchObject({ actor: { id: shop.keyId, type: 'SERVICE' }, reason: 'linked' })
  })

  it('issue proofs that live two minutes, are for the key’s audience, and never come from a refresh', async () => {
    const begun = await shop.begin('short', { nonce: 'short' })
    const { iat = 0, exp = 0, jti, iss, aud, auth_time } = decodeJwt(begun.proof ?? '')
    expect([exp - iat, iss, aud, auth_time]).toEqual([120, 'http://localhost:0', 'https://shop.example', iat])
    expect(jti).toMatch(/^[0-9a-f-]{36}$/)
    await expect(checked(gateway, begun.proof, 'https://bank.example')).rejects.toThrow()
    const input = { refreshToken: begun.tokens!.refreshToken }
    const refreshed = await gateway.client().send(RefreshSessionDocument, { input })
    expect(refreshed.text).not.toContain('proof')
    gateway.clock.advance(121)
    await expect(checked(gateway, begun.proof)).rejects.toThrow()
    const again = await shop.begin('short', { nonce: 'short' })
    expect(decodeJwt(again.proof ?? '').jti).not.toBe(jti)
  })

  it('leave a session that ends like any other', async () => {
    const begun = await shop.begin('session')
    const own = bearer(gateway, begun.tokens!.accessToken)
    const [session] = dataOf(await own.send(MySessionsDocument)).mySessions
    expect(session).toMatchObject({ address: DEVICE.ip, userAgent: AGENT, assurance: 'ONE_FACTOR' })
    gateway.clock.advance(3601)
    expect(
      codeOf(
        await gateway.client().send(RefreshSessionDocument, { input: { refreshToken: begun.tokens!.refreshToken } }),
      ),
    ).toBe('UNAUTHENTICATED')
  })

  it('end with the attempts, and must be begun again', async () => {
    const { authenticator } = await enrolled(gateway, shop, 'guesser')
    const begun = await shop.begin('guesser', { intent: 'STEP_UP' })
    const acting = shop.actingFor(begun.pendingToken)
    const input = { factorId: authenticator.factorId }
    const { id } = dataOf(await acting.send(ChallengeFactorDocument, { input })).challengeFactor
    for (let nth = 0; nth < 5; nth += 1) await guess(acting, id, '000000')
    expect(codeOf(await acting.send(ChallengeFactorDocument, { input }))).toBe('UNAUTHENTICATED')
    expect(codeOf(await acting.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))).toBe('UNAUTHENTICATED')
  })

  it.each<[string, Partial<BeginAuthenticationInput>, string[]]>([
    ['a subject with a space', { subject: 'a b' }, ['subject']],
    ['a subject that is too long', { subject: 'x'.repeat(256) }, ['subject']],
    ['no address', { email: 'nobody' }, ['email']],
    ['two at once', { email: 'a@b.example＠c.example' }, ['email']],
    ['mfa as one method', { amr: ['mfa'] }, ['amr.0']],
    ['an unknown method', { amr: ['pwd', 'magic'] }, ['amr.1']],
    ['six methods', { amr: Array.from({ length: 6 }, () => 'pwd') }, ['amr']],
    ['an invalid address', { device: { ...DEVICE, ip: '300.1.1.1' } }, ['device.ip']],
    ['a network', { device: { ...DEVICE, ip: '10.0.0.0/8' } }, ['device.ip']],
    ['an address with a zone', { device: { ...DEVICE, ip: 'fe80::1%eth0' } }, ['device.ip']],
    ['an agent that is too long', { device: { ...DEVICE, userAgent: 'x'.repeat(513) } }, ['device.userAgent']],
    ['an agent with a line break', { device: { ...DEVICE, userAgent: 'a\r\nb' } }, ['device.userAgent']],
    ['a token with a space', { device: { ...DEVICE, token: 'a b' } }, ['device.token']],
    [
      'a hint that is too long',
      { device: { ...DEVICE, clientHints: { brands: 'x'.repeat(201) } } },
      ['device.clientHints.brands'],
    ],
    [
      'one attribute twice',
      {
        device: {
          ...DEVICE,
          fingerprint: [
            { name: 'screen', value: '1' },
            { name: 'screen', value: '2' },
          ],
        },
      },
      ['device.fingerprint'],
    ],
    ['an empty nonce', { nonce: '' }, ['nonce']],
    ['a nonce with a line break', { nonce: 'a\nb' }, ['nonce']],
    ['a nonce that is too long', { nonce: 'x'.repeat(257) }, ['nonce']],
    ['a negative number of failures', { failedAttempts: -1 }, ['failedAttempts']],
  ])('are refused with %s, and no account is created', async (_, over, fields) => {
    const people = await openPeople(gateway.store).count({})
    const refused = await shop.send('nobody-yet', over)
    expect([codeOf(refused), refused.errors[0]?.extensions['fields']]).toEqual(['BAD_USER_INPUT', fields])
    expect(await openPeople(gateway.store).count({})).toBe(people)
  })

  it('store IPv4-mapped IPv6 as IPv4', async () => {
    await shop.begin('mapped', { device: { ...DEVICE, ip: '::FFFF:198.51.100.9' } })
    expect((await eventsNamed(gateway, 'session.created')).at(-1)?.context?.ip).toBe('198.51.100.9')
  })
})

describe('authentications of one tenant', () => {
  it('have a limit across all its keys, which does not affect other tenants', async () => {
    const gateway = await startGateway({ env: { ...ROOMY, STEPGATE_AUTHENTICATION_LIMIT_TENANT: '3/900' } })
    try {
      const operator = await newOperator(gateway)
      const [first, second, bank] = [
        await newBackend(gateway, operator),
        await newBackend(gateway, operator),
        await newBackend(gateway, operator, { tenant: 'bank' }),
      ]
      const codes = [codeOf(await first.send('a')), codeOf(await second.send('a')), codeOf(await first.send('b'))]
      expect(codes).toEqual([null, null, null])
      const limited = await second.send('c')
      expect([codeOf(limited), limited.status]).toEqual(['RATE_LIMITED', 429])
      expect(codeOf(await bank.send('a'))).toBeNull()
      const events = await eventsNamed(gateway, 'limit.reached')
      expect(events.map(({ actor }) => actor)).toEqual([{ id: second.keyId, type: 'SERVICE' }])
    } finally {
      await gateway.close()
    }
  })

  it('must enrol where every account needs a second factor', async () => {
    const gateway = await startGateway({ env: { ...ROOMY, STEPGATE_MFA_POLICY: 'REQUIRED' } })
    try {
      const operator = await newOperator(gateway)
      const shop = await newBackend(gateway, operator)
      const begun = await shop.begin('must')
      expect(begun).toMatchObject({ verdict: 'ENROLL', proof: null, tokens: null })
      expect(begun.stepUp?.enroll).not.toContain('EMAIL')
    } finally {
      await gateway.close()
    }
  })
})
