import {
  EnrollFactorDocument,
  MeDocument,
  MyFactorsDocument,
  MyProfileDocument,
  RenameFactorDocument,
} from '../../schema/generated/graphql.js'
import { openPeople } from '../../src/store/person-document.js'
import { ask, challenged, guess, pendingSignIn, recoveryOption, ROOMY, storedPerson } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { authenticatorOf, signIn, stepUp, withTotp } from '../support/person.js'

const DAY = 86_400

describe.each(STORES)('R047 an expired factor, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { ...ROOMY, STEPGATE_FACTOR_LIFETIME: '30' } })

  /** An account whose factor, proved a minute ago, expires in a minute. */
  async function aboutToExpire() {
    const person = await withTotp(gateway)
    gateway.clock.advance(30 * DAY - 150)
    const { client } = await pendingSignIn(gateway, person.email)
    await stepUp(gateway, client, person.authenticator)
    gateway.clock.advance(30)
    return { ...person, client }
  }

  it('shows its expiry from the beginning, and is EXPIRED from that moment on', async () => {
    const { client, authenticator } = await aboutToExpire()
    const mine = async () =>
      dataOf(await client.send(MyFactorsDocument)).myFactors.find(({ id }) => id === authenticator.factorId)
    const { createdAt, expiresAt, status } = (await mine())!
    expect(status).toBe('ACTIVE')
    expect(Date.parse(expiresAt ?? '') - Date.parse(createdAt)).toBe(30 * DAY * 1000)
    gateway.clock.set(new Date(Date.parse(expiresAt ?? '') - 1))
    expect((await mine())?.status).toBe('ACTIVE')
    gateway.clock.set(new Date(expiresAt ?? ''))
    expect((await mine())?.status).toBe('EXPIRED')
  })

  it('rejects the right code, even in a challenge that was begun before', async () => {
    const { client, authenticator, email } = await aboutToExpire()
    const challenge = await challenged(client, authenticator.factorId)
    gateway.clock.advance(60)
    expect(await guess(client, challenge.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    const refused = await ask(client, authenticator.factorId)
    expect([codeOf(refused), refused.errors[0]?.extensions['messageId']]).toEqual([
      'BAD_USER_INPUT',
      'challenge.factor-out-of-use',
    ])
    expect((await storedPerson(gateway, email)).factors).toHaveProperty(authenticator.factorId)
  })

  it('proves nothing, even by a proof that was fresh when it expired', async () => {
    const { client } = await aboutToExpire()
    expect(codeOf(await client.send(MyProfileDocument))).toBeNull()
    gateway.clock.advance(60)
    const refused = await client.send(MyProfileDocument)
    expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
    expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({ challenge: [{ type: 'RECOVERY_CODE' }] })
  })

  it('does not make the password enough again', async () => {
    const { client, email, authenticator } = await aboutToExpire()
    gateway.clock.advance(60)
    const arrived = await signIn(gateway, email)
    expect(arrived.result).toMatchObject({
      __typename: 'MfaRequired',
      stepUp: { challenge: [{ type: 'RECOVERY_CODE' }] },
    })
    expect(codeOf(await arrived.client.send(MeDocument))).toBe('MFA_REQUIRED')
    expect(codeOf(await arrived.client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))).toBe('MFA_REQUIRED')
    // Not in a session that is still open either.
    for (const input of [{ type: 'TOTP' }, { type: 'TOTP', replaces: authenticator.factorId }] as const) {
      expect(codeOf(await client.send(EnrollFactorDocument, { input }))).toBe('STEP_UP_REQUIRED')
    }
    const rename = { input: { factorId: authenticator.factorId, name: 'x' } }
    expect(codeOf(await client.send(RenameFactorDocument, rename))).toBe('STEP_UP_REQUIRED')
  })

  it('can be replaced after a sign-in with a recovery code', async () => {
    const { email, authenticator, recoveryCodes } = await withTotp(gateway)
    gateway.clock.advance(30 * DAY)
    const { client, stepUp: asked } = await pendingSignIn(gateway, email)
    const challenge = await challenged(client, recoveryOption(asked))
    expect(await guess(client, challenge.id, recoveryCodes[0] ?? '')).toBe('PASSED')
    const input = { type: 'TOTP', replaces: authenticator.factorId } as const
    const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input }))
    const app = authenticatorOf(gateway, enrollFactor.factor.id, enrollFactor.totp?.secret ?? '')
    expect(await guess(client, enrollFactor.challenge?.id ?? '', app.code())).toBe('PASSED')
    gateway.clock.advance(30)
    const { client: again } = await pendingSignIn(gateway, email)
    await stepUp(gateway, again, app)
    expect(dataOf(await again.send(MyFactorsDocument)).myFactors.map(({ status }) => status)).toEqual([
      'ACTIVE',
      'ACTIVE',
    ])
  })

  it('leaves an account without codes no way in, and says so with an empty list', async () => {
    const { email } = await withTotp(gateway)
    gateway.clock.advance(30 * DAY)
    const { _id, factors } = await storedPerson(gateway, email)
    const codes = Object.values(factors).find(({ type }) => type === 'RECOVERY_CODE')!.id
    await openPeople(gateway.store).changeOne({ _id }, { $unset: { [`factors.${codes}`]: true } })
    const { client, result } = await signIn(gateway, email)
    expect(result).toMatchObject({ __typename: 'MfaRequired', stepUp: { challenge: [], enroll: [] } })
    expect(codeOf(await client.send(MeDocument))).toBe('MFA_REQUIRED')
    expect(codeOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))).toBe('MFA_REQUIRED')
  })
})
