import { EnrollFactorDocument, MyProfileDocument, VerifyChallengeDocument } from '../../schema/generated/graphql.js'
import {
  ask,
  challenged,
  eventsOf,
  guess,
  pendingSignIn,
  recoveryOption,
  ROOMY,
  storedFactor,
  storedPerson,
  verdictOf,
  wrongCode,
} from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { textsTo, withSms } from '../support/factors.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { losing } from '../support/lost-answers.js'
import { authenticatorOf, registered, signIn, withTotp } from '../support/person.js'

const GUESSES = 300

interface AtOnce {
  readonly factorId: string
  readonly mfaToken?: string
  readonly code?: string
  readonly recoveryCode?: string
}

const answerNow = (client: Client, input: AtOnce) => client.send(VerifyChallengeDocument, { input })
const sayNow = async (client: Client, input: AtOnce) => verdictOf(await answerNow(client, input))

describe.each(STORES)('a challenge begun and answered in one call, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  async function stale() {
    const person = await withTotp(gateway)
    gateway.clock.advance(301)
    const refused = await person.client.send(MyProfileDocument)
    const { mfaToken } = refused.errors[0]?.extensions['stepUp'] as { readonly mfaToken: string }
    return { ...person, factorId: person.authenticator.factorId, mfaToken }
  }

  it('R180 finishes a sign-in, and leaves the same events as two calls', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const { client, stepUp } = await pendingSignIn(gateway, email)
    const { factorId } = authenticator
    const created = (await eventsOf(gateway, email, 'challenge.created')).length
    const input = { factorId, mfaToken: stepUp.mfaToken, code: authenticator.code() }
    expect(await sayNow(client, input)).toBe('PASSED')
    const events = await eventsOf(gateway, email, 'challenge.created')
    expect(events).toHaveLength(created + 1)
    const passed = (await eventsOf(gateway, email, 'challenge.passed')).at(-1)
    expect(passed?.targets).toEqual(events.at(-1)?.targets)
    expect(await eventsOf(gateway, email, 'step_up.satisfied')).toHaveLength(1)
    expect((await storedPerson(gateway, email)).stepUpBudget.failures).toBe(0)
  })

  it('R180 steps up for the operation the token names, and spends the token', async () => {
    const { client, factorId, authenticator, mfaToken } = await stale()
    expect(await sayNow(client, { factorId, mfaToken, code: authenticator.code() })).toBe('PASSED')
    expect(codeOf(await client.send(MyProfileDocument))).toBeNull()
    gateway.clock.advance(30)
    expect(await sayNow(client, { factorId, mfaToken, code: authenticator.code() })).toBe('MFA_TOKEN_NOT_FOUND')
  })

  it('R180 takes a recovery code', async () => {
    const { email, recoveryCodes } = await withTotp(gateway)
    const { client, stepUp } = await pendingSignIn(gateway, email)
    const input = { factorId: recoveryOption(stepUp), mfaToken: stepUp.mfaToken, recoveryCode: recoveryCodes[0]! }
    expect(await sayNow(client, input)).toBe('PASSED')
    const again = await pendingSignIn(gateway, email)
    expect(await sayNow(again.client, { ...input, mfaToken: again.stepUp.mfaToken })).toBe('CODE_INVALID')
  })

  it('R180 ends a sign-in after five wrong codes: the password is required again', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const { factorId } = authenticator
    const left = []
    for (let nth = 0; nth < 5; nth += 1) {
      const answer = await answerNow(client, { factorId, code: wrongCode(authenticator, gateway, nth) })
      const result = answer.data?.verifyChallenge
      left.push(result?.__typename === 'ChallengeFailed' ? result.attemptsLeft : null)
    }
    expect(left).toEqual([4, 3, 2, 1, 0])
    expect(await sayNow(client, { factorId, code: authenticator.code() })).toBe('UNAUTHENTICATED')
    expect(await eventsOf(gateway, email, 'challenge.failed')).toHaveLength(5)
  })

  it('R180 gives a signed-in session no more guesses than two calls do, however it mixes them', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const { factorId } = authenticator
    const code = (nth: number) => wrongCode(authenticator, gateway, nth)
    const challenge = await challenged(client, factorId)
    expect(await sayNow(client, { factorId, code: code(0) })).toBe('CODE_INVALID')
    // The challenge of another tab is the one that was answered, and it goes on.
    expect(await guess(client, challenge.id, code(1))).toBe('CODE_INVALID')
    const again = await challenged(client, factorId)
    expect(again.attemptsLeft).toBe(3)
    for (let nth = 2; nth < 5; nth += 1)
      expect(await sayNow(client, { factorId, code: code(nth) })).toBe('CODE_INVALID')
    expect(await sayNow(client, { factorId, code: authenticator.code() })).toBe('TOO_MANY_ATTEMPTS')
    expect(codeOf(await ask(client, factorId))).toBe('TOO_MANY_ATTEMPTS')
    expect((await storedFactor(gateway, email, factorId)).consecutiveFailures).toBe(5)
  })

  it(`R181 gets five of ${GUESSES} parallel wrong codes judged`, async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const { factorId } = authenticator
    const codes = Array.from({ length: GUESSES }, (_, nth) => wrongCode(authenticator, gateway, nth))
    const verdicts = await Promise.all(codes.map((code) => sayNow(client.copy(), { factorId, code })))
    expect(verdicts.filter((verdict) => verdict === 'CODE_INVALID')).toHaveLength(5)
    expect(new Set(verdicts.filter((verdict) => verdict !== 'CODE_INVALID'))).toEqual(new Set(['TOO_MANY_ATTEMPTS']))
    expect(await eventsOf(gateway, email, 'challenge.failed')).toHaveLength(5)
    expect((await storedFactor(gateway, email, factorId)).consecutiveFailures).toBe(5)
    expect((await storedPerson(gateway, email)).stepUpBudget.failures).toBe(5)
  }, 60_000)

  it('R181 gets ten judged when the guesses are spread across many sign-ins, and then locks the account', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const { factorId } = authenticator
    const clients: Client[] = []
    for (let nth = 0; nth < 6; nth += 1) clients.push((await pendingSignIn(gateway, email)).client)
    const verdicts = await Promise.all(
      Array.from({ length: 60 }, (_, nth) =>
        sayNow(clients[nth % 6]!.copy(), { factorId, code: wrongCode(authenticator, gateway, nth) }),
      ),
    )
    expect(verdicts.filter((verdict) => verdict === 'CODE_INVALID')).toHaveLength(10)
    const { client } = await pendingSignIn(gateway, email)
    expect(await sayNow(client, { factorId, code: authenticator.code() })).toBe('TOO_MANY_ATTEMPTS')
  }, 60_000)

  it('R181 lets one of twenty parallel uses of a code pass, and none after it', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const { factorId } = authenticator
    const code = authenticator.code()
    const clients: Client[] = []
    for (let nth = 0; nth < 4; nth += 1) clients.push((await pendingSignIn(gateway, email)).client)
    const verdicts = await Promise.all(
      Array.from({ length: 20 }, (_, nth) => sayNow(clients[nth % 4]!.copy(), { factorId, code })),
    )
    expect(verdicts.filter((verdict) => verdict === 'PASSED')).toHaveLength(1)
    const { client } = await pendingSignIn(gateway, email)
    expect(await sayNow(client, { factorId, code })).not.toBe('PASSED')
  }, 60_000)

  it('R182 refuses a token of another session, another factor or none, and spends nothing', async () => {
    const { client, email, factorId, authenticator, mfaToken } = await stale()
    const code = authenticator.code()
    const other = await pendingSignIn(gateway, email)
    expect(await sayNow(other.client, { factorId, mfaToken, code })).toMatch(/^MFA_TOKEN_/)
    expect(await sayNow(client, { factorId, mfaToken: other.stepUp.mfaToken, code })).toMatch(/^MFA_TOKEN_/)
    expect(await sayNow(client, { factorId, mfaToken: `${mfaToken}.`, code })).toBe('MFA_TOKEN_INVALID')
    const stranger = await withTotp(gateway)
    expect(await sayNow(client, { factorId: stranger.authenticator.factorId, code })).toBe('BAD_USER_INPUT')
    expect((await storedPerson(gateway, email)).stepUpBudget.failures).toBe(0)
    gateway.clock.advance(301)
    expect(await sayNow(client, { factorId, mfaToken, code: authenticator.code() })).toBe('MFA_TOKEN_EXPIRED')
    expect(await eventsOf(gateway, email, 'challenge.failed')).toHaveLength(0)
  })

  it('R182 starts no message: a factor that sends one is challenged by a call of its own', async () => {
    const { email, telephone } = await withSms(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const before = (await textsTo(gateway, telephone.number)).length
    const refused = await answerNow(client, { factorId: telephone.factorId, code: '123456' })
    expect([codeOf(refused), refused.errors[0]?.extensions['messageId']]).toEqual([
      'BAD_USER_INPUT',
      'challenge.asks-first',
    ])
    expect(await textsTo(gateway, telephone.number)).toHaveLength(before)
    expect((await storedPerson(gateway, email)).stepUpBudget.failures).toBe(0)
  })

  it('R182 activates no factor: a new one is proved by the challenge of its enrolment', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const { factor, challenge, totp } = dataOf(
      await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }),
    ).enrollFactor
    const authenticator = authenticatorOf(gateway, factor.id, totp!.secret)
    expect(await sayNow(client, { factorId: factor.id, code: authenticator.code() })).toBe('BAD_USER_INPUT')
    expect(await guess(client, challenge!.id, authenticator.code())).toBe('PASSED')
  })

  it('R182 wants one of challenge and factor, and the token only with the factor', async () => {
    const { client, email, factorId, authenticator, mfaToken } = await stale()
    const { id: challengeId } = await challenged(client, factorId)
    const code = authenticator.code()
    for (const input of [{ code }, { challengeId, factorId, code }, { challengeId, mfaToken, code }]) {
      expect(codeOf(await client.send(VerifyChallengeDocument, { input }))).toBe('BAD_USER_INPUT')
    }
    expect((await storedPerson(gateway, email)).stepUpBudget.failures).toBe(0)
    expect(await guess(client, challengeId, code)).toBe('PASSED')
  })

  it('R182 loses nothing when the answer is lost: the sign-in still waits, and the next code finishes it', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const { client, stepUp } = await pendingSignIn(gateway, email)
    const { factorId } = authenticator
    const code = authenticator.code()
    await losing(client, (copy) => answerNow(copy, { factorId, mfaToken: stepUp.mfaToken, code }))
    expect(await sayNow(client, { factorId, code })).toBe('CODE_INVALID')
    gateway.clock.advance(30)
    expect(await sayNow(client, { factorId, code: authenticator.code() })).toBe('PASSED')
    expect(codeOf(await client.send(MyProfileDocument))).toBeNull()
  })
})
