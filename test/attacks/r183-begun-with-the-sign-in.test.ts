import {
  SelectOrganizationDocument,
  SignInDocument,
  VerifyChallengeDocument,
  type SignInMutation,
} from '../../schema/generated/graphql.js'
import { ask, eventsOf, guess, ROOMY, storedPerson, verdictOf } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { enrollSms, newNumber, otherThan, textsTo, withSms } from '../support/factors.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { enrollPasskey, ORIGIN, PASSKEY_ENV, sendPasskey, withPasskey } from '../support/passkeys.js'
import { PASSWORD, registered, stepUp, withTotp } from '../support/person.js'
import { pushVerdict, verify, withPush } from '../support/push-device.js'
import { enrolled, newBackend, newOperator } from '../support/services.js'
import { softPasskey } from '../support/soft-passkey.js'
import { tenant } from '../support/organizations.js'

type Waiting = Extract<SignInMutation['signIn'], { __typename: 'MfaRequired' }>

/** Several sign-ins of one person are challenged, whatever their risk. */
const ENV = {
  ...ROOMY,
  ...PASSKEY_ENV,
  STEPGATE_RISK_MODE: 'REPORT_ONLY',
  // Attempts count as failures until they are judged.
  STEPGATE_SIGN_IN_LIMIT_ADDRESS_AND_NAME: '1000/900',
  STEPGATE_FACTORS: 'TOTP,WEBAUTHN,PUSH,SMS,EMAIL',
}

describe.each(STORES)('R183 a challenge that begins with the sign-in, on the %s store', (store) => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...ENV, STEPGATE_SMS_LIMIT_NUMBER: '5/3600' } })
  })
  afterAll(() => gateway.close())

  async function waiting(
    email: string,
    factorId: string | null = null,
  ): Promise<Waiting & { readonly client: Client }> {
    const client = gateway.client()
    const input = { email, password: PASSWORD, beginChallenge: { factorId } }
    const { signIn } = dataOf(await client.send(SignInDocument, { input }))
    if (signIn.__typename !== 'MfaRequired') throw new Error(`the sign-in does not wait: ${signIn.__typename}`)
    return { ...signIn, client }
  }

  it('sends one text message, and its code finishes the sign-in', async () => {
    const { email, telephone } = await withSms(gateway)
    const sent = (await textsTo(gateway, telephone.number)).length
    const { client, challenge } = await waiting(email)
    expect(challenge).toMatchObject({ factorType: 'SMS', purpose: 'SIGN_IN', attemptsLeft: 5 })
    expect(await textsTo(gateway, telephone.number)).toHaveLength(sent + 1)
    expect(await guess(client, challenge!.id, await telephone.code())).toBe('PASSED')
    const passed = (await eventsOf(gateway, email, 'challenge.passed')).at(-1)
    expect((await eventsOf(gateway, email, 'challenge.created')).at(-1)?.targets).toEqual(passed?.targets)
    // It answers the step-up of the sign-in, as `challengeFactor` with its token would.
    expect(await eventsOf(gateway, email, 'step_up.satisfied')).toHaveLength(1)
  })

  it('counts as the message it sends: the next one has to wait, and the attempts go on', async () => {
    const { email, telephone } = await withSms(gateway)
    const { client, challenge } = await waiting(email)
    const early = await ask(client, telephone.factorId)
    expect([codeOf(early), early.errors[0]?.extensions['retryAfterSeconds']]).toEqual(['RATE_LIMITED', 30])
    for (let nth = 0; nth < 3; nth += 1) await guess(client, challenge!.id, otherThan(await telephone.code(), nth))
    gateway.clock.advance(31)
    expect(dataOf(await ask(client, telephone.factorId)).challengeFactor.attemptsLeft).toBe(2)
  })

  it('asks for the strongest factor, or for the one that is named', async () => {
    const { email, client, passkey } = await withPasskey(gateway)
    const { telephone } = await enrollSms(gateway, client, newNumber())
    const first = await waiting(email)
    expect(first.challenge?.factorType).toBe('WEBAUTHN')
    const assertion = passkey.get(first.challenge!.webauthn!.requestOptions)
    expect(verdictOf(await sendPasskey(first.client, first.challenge!.id, assertion))).toBe('PASSED')
    const second = await waiting(email, telephone.factorId)
    expect(second.challenge?.factorType).toBe('SMS')
  })

  it('prompts a device with the number to type', async () => {
    const { email, device } = await withPush(gateway)
    const { client, challenge } = await waiting(email)
    expect(pushVerdict(await device.approve(challenge!.id, challenge!.push!.number))).toBe('ANSWERED')
    expect(verdictOf(await verify(client, challenge!.id))).toBe('PASSED')
  })

  it('begins for a backend, and with the choice of an organization', async () => {
    const operator = await newOperator(gateway)
    const shop = await newBackend(gateway, operator)
    const { authenticator } = await enrolled(gateway, shop, 'ada')
    const begun = await shop.begin('ada', { beginChallenge: {} })
    expect(begun.challenge?.factorType).toBe('TOTP')
    expect(await guess(shop.actingFor(begun.pendingToken), begun.challenge!.id, authenticator.code())).toBe('PASSED')

    const acme = await tenant(gateway)
    const client = gateway.client()
    const input = { email: acme.admin.email, password: PASSWORD, discover: true, beginChallenge: {} }
    expect(dataOf(await client.send(SignInDocument, { input })).signIn.__typename).toBe('OrganizationRequired')
    const chosen = await client.send(SelectOrganizationDocument, {
      input: { organizationId: acme.id, beginChallenge: {} },
    })
    const { selectOrganization } = dataOf(chosen)
    const id = selectOrganization.__typename === 'MfaRequired' ? selectOrganization.challenge?.id : undefined
    expect(await guess(client, id ?? '', acme.admin.authenticator.code())).toBe('PASSED')
  })

  it('sends nothing for a wrong password, or where no second factor is required', async () => {
    const { email, telephone } = await withSms(gateway)
    const sent = (await textsTo(gateway, telephone.number)).length
    const client = gateway.client()
    const input = { email, password: 'not the password at all', beginChallenge: {} }
    expect(codeOf(await client.send(SignInDocument, { input }))).toBe('UNAUTHENTICATED')
    expect(await textsTo(gateway, telephone.number)).toHaveLength(sent)
    const alone = await registered(gateway)
    const plain = await gateway.client().send(SignInDocument, {
      input: { email: alone, password: PASSWORD, beginChallenge: {} },
    })
    expect(dataOf(plain).signIn.__typename).toBe('SignedIn')
  })

  it('never fails the sign-in: a factor that cannot be challenged leaves it without a challenge', async () => {
    const stranger = await withTotp(gateway)
    const { email, telephone } = await withSms(gateway)
    for (const factorId of [stranger.authenticator.factorId, 'A'.repeat(22)]) {
      expect((await waiting(email, factorId)).challenge).toBeNull()
    }
    // One of the five messages enrolled the number, and a device that is not known leaves one to the owner.
    const begun = []
    for (let nth = 0; nth < 4; nth += 1) begun.push(await waiting(email))
    expect(begun.map(({ challenge }) => challenge !== null)).toEqual([true, true, true, false])
    expect(codeOf(await ask(begun.at(-1)!.client, telephone.factorId))).toBe('RATE_LIMITED')
  })

  it('gives parallel sign-ins a challenge each, and no more messages than the budget of the number', async () => {
    const { email, telephone } = await withSms(gateway)
    const sent = (await textsTo(gateway, telephone.number)).length
    const begun = await Promise.all(Array.from({ length: 12 }, () => waiting(email)))
    const ids = begun.flatMap(({ challenge }) => challenge?.id ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeLessThanOrEqual(4)
    expect(await textsTo(gateway, telephone.number)).toHaveLength(sent + ids.length)
  }, 60_000)

  it('gives no guesses beside those of the account: locked step-up begins nothing', async () => {
    const { email, authenticator } = await withTotp(gateway)
    for (let nth = 0; nth < 2; nth += 1) {
      const { client, challenge } = await waiting(email)
      for (let guesses = 0; guesses < 5; guesses += 1) {
        await guess(client, challenge!.id, otherThan(authenticator.code(), 10 * nth + guesses))
      }
    }
    expect((await storedPerson(gateway, email)).stepUpBudget.lockedUntil).not.toBeNull()
    const { client, challenge } = await waiting(email)
    expect(challenge).toBeNull()
    expect(codeOf(await ask(client, authenticator.factorId))).toBe('TOO_MANY_ATTEMPTS')
  })

  it('is answered in one call by its factor and token, too', async () => {
    const { client: owner, authenticator, email } = await withTotp(gateway)
    await enrollPasskey(owner, softPasskey({ origin: ORIGIN }))
    await stepUp(gateway, owner, authenticator)
    const { client, stepUp: asked, challenge } = await waiting(email, authenticator.factorId)
    const created = (await eventsOf(gateway, email, 'challenge.created')).length
    const input = { factorId: authenticator.factorId, mfaToken: asked.mfaToken, code: authenticator.code() }
    expect(verdictOf(await client.send(VerifyChallengeDocument, { input }))).toBe('PASSED')
    expect(await eventsOf(gateway, email, 'challenge.created')).toHaveLength(created)
    expect(challenge).not.toBeNull()
  })
})
