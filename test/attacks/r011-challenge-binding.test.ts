import { EnrollFactorDocument } from '../../schema/generated/graphql.js'
import { dataOf } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { challenged, guess, pendingSignIn, ROOMY, storedFactor } from '../support/answers.js'
import { authenticatorOf, registered, signIn, withTotp } from '../support/person.js'

/** R011: a challenge can only be answered by its own session, for its factor and its purpose. */
describe.each(STORES)('a challenge answered by the wrong caller, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  it('R011 is not available to another account, even with the right code', async () => {
    const [alice, bob] = [await withTotp(gateway), await withTotp(gateway)]
    const hers = await challenged(alice.client, alice.authenticator.factorId)
    expect(await guess(bob.client, hers.id, alice.authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(bob.client, hers.id, bob.authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(alice.client, hers.id, alice.authenticator.code())).toBe('PASSED')
  })

  it('R011 is not available to another session of the same account, at sign-in or at step-up', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const { client: elsewhere } = await pendingSignIn(gateway, email)
    const toStepUp = await challenged(client, authenticator.factorId)
    const toSignIn = await challenged(elsewhere, authenticator.factorId)
    expect([toStepUp.purpose, toSignIn.purpose]).toEqual(['STEP_UP', 'SIGN_IN'])

    expect(await guess(elsewhere, toStepUp.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(client, toSignIn.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(elsewhere, toSignIn.id, authenticator.code())).toBe('PASSED')
  })

  it('R011 does not cover another factor: the code of a new factor does not answer for the live one, or vice versa', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const stepUp = await challenged(client, authenticator.factorId)
    const enrolled = dataOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } })).enrollFactor
    const fresh = authenticatorOf(gateway, enrolled.factor.id, enrolled.totp?.secret ?? '')
    const toEnroll = enrolled.challenge?.id ?? ''

    expect(await guess(client, stepUp.id, fresh.code())).toBe('CODE_INVALID')
    expect(await guess(client, toEnroll, authenticator.code())).toBe('CODE_INVALID')
    expect(await guess(client, toEnroll, fresh.code())).toBe('PASSED')
  })

  it('R011 does not activate a factor that another session began to enrol', async () => {
    const email = await registered(gateway)
    const { client: mine } = await signIn(gateway, email)
    const { client: other } = await signIn(gateway, email)
    const enrolled = dataOf(await mine.send(EnrollFactorDocument, { input: { type: 'TOTP' } })).enrollFactor
    const app = authenticatorOf(gateway, enrolled.factor.id, enrolled.totp?.secret ?? '')

    expect(await guess(other, enrolled.challenge?.id ?? '', app.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect((await storedFactor(gateway, email, app.factorId)).status).toBe('PENDING')
    expect(await guess(mine, enrolled.challenge?.id ?? '', app.code())).toBe('PASSED')
  })

  it('R011 ends with its session, which ends when the session is raised', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const before = client.copy()
    const first = await challenged(client, authenticator.factorId)
    expect(await guess(client, first.id, authenticator.code())).toBe('PASSED')
    gateway.clock.advance(30)
    expect(await guess(client, first.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(before, first.id, authenticator.code())).toBe('UNAUTHENTICATED')
  })

  it.each(['', 'x', '__proto__', 'constructor', 'AAAAAAAAAAAAAAAAAAAAAA', 'a.b', '$gt', '../..', 'é'.repeat(22)])(
    'R011 is not found under the id %j',
    async (id) => {
      const { client } = await signIn(gateway, await registered(gateway))
      expect(await guess(client, id, '123456')).toBe('CHALLENGE_NOT_AVAILABLE')
    },
  )

  it('R011 expires, to the second', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const early = await challenged(client, authenticator.factorId)
    gateway.clock.advance(299)
    expect(await guess(client, early.id, authenticator.code())).toBe('PASSED')
    gateway.clock.advance(30)
    const late = await challenged(client, authenticator.factorId)
    gateway.clock.advance(300)
    expect(await guess(client, late.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
  })
})
