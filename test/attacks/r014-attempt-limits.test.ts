import { EnrollFactorDocument, MeDocument, MyFactorsDocument, SignInDocument } from '../../schema/generated/graphql.js'
import type { Client } from '../support/client.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
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
  wrongCode,
  wrongRecoveryCode,
} from '../support/answers.js'
import { authenticatorOf, PASSWORD, withTotp, type Authenticator } from '../support/person.js'

const CHALLENGE_SECONDS = 300
const LOCK_SECONDS = 900

describe.each(STORES)('repeated guessing, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  async function guessWrong(client: Client, authenticator: Authenticator, times: number): Promise<void> {
    const challenge = await challenged(client, authenticator.factorId)
    for (let nth = 0; nth < times; nth++) {
      expect(await guess(client, challenge.id, wrongCode(authenticator, gateway, nth))).toBe('CODE_INVALID')
    }
  }

  it('R015 ends a sign-in after five wrong codes: the right one is refused and the password is required again', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const challenge = await challenged(client, authenticator.factorId)
    for (let nth = 0; nth < 5; nth++) await guess(client, challenge.id, wrongCode(authenticator, gateway, nth))

    expect(await guess(client, challenge.id, authenticator.code())).toBe('UNAUTHENTICATED')
    expect(codeOf(await ask(client, authenticator.factorId))).toBe('UNAUTHENTICATED')
    const again = await pendingSignIn(gateway, email)
    const next = await challenged(again.client, authenticator.factorId)
    expect(await guess(again.client, next.id, authenticator.code())).toBe('PASSED')
  })

  it("R016 counts wrong answers of all factors together and locks the account's step-up", async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const { factors } = await storedPerson(gateway, email)
    const recovery = Object.values(factors).find(({ type }) => type === 'RECOVERY_CODE')
    await guessWrong(client, authenticator, 5)
    const aboutCodes = await challenged(client, recovery?.id ?? '')
    for (let nth = 0; nth < 5; nth++) {
      expect(await guess(client, aboutCodes.id, `0000-0000-0000-000${nth}`)).toBe('CODE_INVALID')
    }

    const { client: elsewhere, stepUp } = await pendingSignIn(gateway, email)
    for (const factorId of [authenticator.factorId, recoveryOption(stepUp)]) {
      const locked = await ask(elsewhere, factorId)
      expect([locked.status, codeOf(locked)]).toEqual([429, 'TOO_MANY_ATTEMPTS'])
      expect(locked.errors[0]?.extensions['retryAfterSeconds']).toBe(LOCK_SECONDS)
      expect(locked.headers.get('retry-after')).toBe(String(LOCK_SECONDS))
    }
    expect(await eventsOf(gateway, email, 'step_up.locked')).toHaveLength(1)

    gateway.clock.advance(LOCK_SECONDS)
    const after = await pendingSignIn(gateway, email)
    const challenge = await challenged(after.client, authenticator.factorId)
    expect(await guess(after.client, challenge.id, authenticator.code())).toBe('PASSED')
  })

  it('R017 checks the lock when an earlier challenge is answered', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const { client: elsewhere } = await pendingSignIn(gateway, email)
    const before = await challenged(elsewhere, authenticator.factorId)
    await guessWrong(client, authenticator, 5)
    gateway.clock.advance(CHALLENGE_SECONDS - 1)
    const { client: third } = await pendingSignIn(gateway, email)
    await guessWrong(third, authenticator, 5)

    expect(await guess(elsewhere, before.id, authenticator.code())).toBe('TOO_MANY_ATTEMPTS')
    expect((await storedFactor(gateway, email, authenticator.factorId)).consecutiveFailures).toBe(10)
  })

  it('R014 disables a factor after a hundred failures in a row, across many challenges and hours', async () => {
    const { client, email, authenticator, recoveryCodes } = await withTotp(gateway)
    for (let failures = 0; failures < 100; failures += 5) {
      await guessWrong(client, authenticator, 5)
      gateway.clock.advance(failures % 10 === 0 ? CHALLENGE_SECONDS : LOCK_SECONDS)
    }
    expect((await storedFactor(gateway, email, authenticator.factorId)).status).toBe('DISABLED')
    expect(await eventsOf(gateway, email, 'factor.disabled')).toHaveLength(1)
    const refused = await ask(client, authenticator.factorId)
    expect([refused.status, codeOf(refused)]).toEqual([400, 'BAD_USER_INPUT'])

    // Guessing must not make the password enough again: another factor is still there.
    const { client: elsewhere, stepUp } = await pendingSignIn(gateway, email)
    expect(stepUp.challenge.map(({ type }) => type)).toEqual(['RECOVERY_CODE'])
    const challenge = await challenged(elsewhere, recoveryOption(stepUp))
    expect(await guess(elsewhere, challenge.id, recoveryCodes[0] ?? '')).toBe('PASSED')

    const { enrollFactor } = dataOf(await elsewhere.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
    const app = authenticatorOf(gateway, enrollFactor.factor.id, enrollFactor.totp?.secret ?? '')
    expect(await guess(elsewhere, enrollFactor.challenge?.id ?? '', app.code())).toBe('PASSED')
    const { myFactors } = dataOf(await elsewhere.send(MyFactorsDocument))
    const statusOf = Object.fromEntries(myFactors.map(({ id, status }) => [id, status]))
    expect(statusOf).toMatchObject({ [authenticator.factorId]: 'DISABLED', [app.factorId]: 'ACTIVE' })
  }, 120_000)

  it('R014 does not let the password in alone when guessing has disabled every factor and code', async () => {
    const strict = await startGateway({ store, env: { ...ROOMY, STEPGATE_FACTOR_FAILURE_LIMIT: '5' } })
    try {
      const { client, email, authenticator } = await withTotp(strict)
      const { factors } = await storedPerson(strict, email)
      for (const factor of Object.values(factors)) {
        const challenge = await challenged(client, factor.id)
        const wrong = (nth: number): string =>
          factor.type === 'RECOVERY_CODE' ? wrongRecoveryCode(nth) : wrongCode(authenticator, strict, nth)
        for (let nth = 0; nth < 5; nth++) await guess(client, challenge.id, wrong(nth))
        expect((await storedFactor(strict, email, factor.id)).status).toBe('DISABLED')
      }
      const stranger = strict.client()
      const { signIn } = dataOf(await stranger.send(SignInDocument, { input: { email, password: PASSWORD } }))
      expect(signIn).toMatchObject({ __typename: 'MfaRequired', stepUp: { challenge: [], enroll: [] } })
      expect(codeOf(await stranger.send(MeDocument))).toBe('MFA_REQUIRED')
      expect(codeOf(await stranger.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))).toBe('MFA_REQUIRED')
    } finally {
      await strict.close()
    }
  })
})
