import {
  EnrollFactorDocument,
  MeDocument,
  MyFactorsDocument,
  RemoveFactorDocument,
} from '../../schema/generated/graphql.js'
import type { FactorId } from '../../src/kernel/ids.js'
import { openPeople } from '../../src/store/person-document.js'
import {
  ask,
  challenged,
  eventsOf,
  guess,
  pendingSignIn,
  recoveryOption,
  ROOMY,
  sendCode,
  storedPerson,
  wrongCode,
} from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import {
  authenticatorOf,
  enrollTotp,
  passedOf,
  signIn,
  stepUp,
  withTotp,
  type PersonWithFactor,
} from '../support/person.js'

describe.each(STORES)('R028 replacing a factor, on the %s store', (store) => {
  const gateway = gatewayForAll({
    store,
    env: { ...ROOMY, STEPGATE_MAX_FACTORS: '2', STEPGATE_FACTOR_FAILURE_LIMIT: '5' },
  })

  async function begin(client: Client, replaces: string | null = null, name?: string) {
    const input = { type: 'TOTP', replaces, ...(name === undefined ? {} : { name }) } as const
    const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input }))
    const app = authenticatorOf(gateway, enrollFactor.factor.id, enrollFactor.totp?.secret ?? '')
    return { app, challengeId: enrollFactor.challenge?.id ?? '' }
  }
  const totpOf = async ({ email }: PersonWithFactor) =>
    Object.values((await storedPerson(gateway, email)).factors).filter(({ type }) => type === 'TOTP')

  it('leaves the old one working until the new one is proved, or for ever if it never is', async () => {
    const person = await withTotp(gateway)
    const before = (await storedPerson(gateway, person.email)).factors
    await begin(person.client, person.authenticator.factorId)
    expect((await storedPerson(gateway, person.email)).factors).toEqual(before)
    const { client, stepUp: asked } = await pendingSignIn(gateway, person.email)
    expect(asked.challenge.map(({ factorId }) => factorId)).toContain(person.authenticator.factorId)
    await stepUp(gateway, client, person.authenticator)
    expect(codeOf(await client.send(MeDocument))).toBeNull()
  })

  it('removes the old one, and all other trust with it, once the new one is proved', async () => {
    const person = await withTotp(gateway)
    const { client: laptop } = await pendingSignIn(gateway, person.email)
    await stepUp(gateway, laptop, person.authenticator, { rememberDevice: true })
    const [old, fresh] = [person.authenticator, await begin(person.client, person.authenticator.factorId, 'New phone')]
    const passed = passedOf(dataOf(await sendCode(person.client, fresh.challengeId, fresh.app.code())).verifyChallenge)
    gateway.clock.advance(30)
    expect(passed.factor).toMatchObject({ id: fresh.app.factorId, name: 'New phone', status: 'ACTIVE' })

    expect((await totpOf(person)).map(({ id }) => id)).toEqual([fresh.app.factorId])
    expect(codeOf(await ask(person.client, old.factorId))).toBe('BAD_USER_INPUT')
    expect(codeOf(await laptop.send(MeDocument))).toBe('UNAUTHENTICATED')
    // The laptop is no longer spared the prompt.
    expect((await signIn(gateway, person.email, {}, laptop)).result.__typename).toBe('MfaRequired')
    expect(await eventsOf(gateway, person.email, 'factor.removed')).toMatchObject([
      { reason: 'factor-replaced', targets: [{ id: old.factorId, type: 'FACTOR' }] },
    ])
    expect(await eventsOf(gateway, person.email, 'session.revoked')).toMatchObject([{ reason: 'factor-replaced' }])
    expect(await eventsOf(gateway, person.email, 'device.forgotten')).toMatchObject([{ reason: 'factor-replaced' }])
  })

  it('keeps the recovery codes, even when it was the only factor', async () => {
    const person = await withTotp(gateway)
    const fresh = await begin(person.client, person.authenticator.factorId)
    const passed = passedOf(dataOf(await sendCode(person.client, fresh.challengeId, fresh.app.code())).verifyChallenge)
    expect(passed.recoveryCodes).toBeNull()
    gateway.clock.advance(30)
    const { client, stepUp: asked } = await pendingSignIn(gateway, person.email)
    const challenge = await challenged(client, recoveryOption(asked))
    expect(await guess(client, challenge.id, person.recoveryCodes[0] ?? '')).toBe('PASSED')
  })

  it('makes room at the limit, only for the new factor', async () => {
    const person = await withTotp(gateway)
    const second = (await enrollTotp(gateway, person.client)).authenticator
    const refused = await person.client.send(EnrollFactorDocument, { input: { type: 'TOTP' } })
    expect([refused.status, codeOf(refused)]).toEqual([403, 'FORBIDDEN'])
    const fresh = await begin(person.client, second.factorId)
    expect(await guess(person.client, fresh.challengeId, fresh.app.code())).toBe('PASSED')
    expect((await totpOf(person)).map(({ id }) => id).sort()).toEqual(
      [person.authenticator.factorId, fresh.app.factorId].sort(),
    )
    expect((await storedPerson(gateway, person.email)).activeFactorCount).toBe(2)
  })

  it('does not activate a factor beyond the limit when the room was taken before its proof', async () => {
    const person = await withTotp(gateway)
    const waiting = await begin(person.client)
    // Another factor became active meanwhile, as one of another kind would.
    const people = openPeople(gateway.store)
    const { _id, factors } = await storedPerson(gateway, person.email)
    const copy = { ...factors[person.authenticator.factorId as FactorId]!, id: 'B'.repeat(22) }
    const added = { $set: { [`factors.${copy.id}`]: copy as never }, $inc: { activeFactorCount: 1 } }
    expect(await people.changeOne({ _id }, added)).toBe(true)
    expect(await guess(person.client, waiting.challengeId, waiting.app.code())).toBe('CODE_INVALID')
    expect(await totpOf(person)).toHaveLength(2)
  })

  it('activates one of several at the limit, when many answers come at once', async () => {
    const person = await withTotp(gateway)
    const waiting = await begin(person.client)
    const code = waiting.app.code()
    const verdicts = await Promise.all(
      Array.from({ length: 5 }, () => guess(person.client.copy(), waiting.challengeId, code)),
    )
    expect(verdicts.filter((verdict) => verdict === 'PASSED')).toHaveLength(1)
    expect((await storedPerson(gateway, person.email)).activeFactorCount).toBe(2)
  })

  it('leaves one factor when the old one is removed at the moment the new one is proved', async () => {
    for (let round = 0; round < 5; round += 1) {
      const person = await withTotp(gateway)
      const fresh = await begin(person.client, person.authenticator.factorId)
      const code = fresh.app.code()
      await Promise.all([
        guess(person.client.copy(), fresh.challengeId, code),
        person.client.copy().send(RemoveFactorDocument, { factorId: person.authenticator.factorId }),
      ])
      const { factors, activeFactorCount } = await storedPerson(gateway, person.email)
      const live = Object.values(factors).filter(({ type }) => type === 'TOTP')
      expect(live.map(({ id }) => id)).not.toContain(person.authenticator.factorId)
      expect(live).toHaveLength(activeFactorCount)
      expect(activeFactorCount).toBeLessThanOrEqual(1)
      gateway.clock.advance(30)
    }
  }, 60_000)

  it('replaces it once when two sessions do it at the same moment', async () => {
    const person = await withTotp(gateway)
    const { client: laptop } = await pendingSignIn(gateway, person.email)
    await stepUp(gateway, laptop, person.authenticator)
    const first = await begin(person.client, person.authenticator.factorId)
    const second = await begin(laptop, person.authenticator.factorId)
    const verdicts = await Promise.all([
      guess(person.client, first.challengeId, first.app.code()),
      guess(laptop, second.challengeId, second.app.code()),
    ])
    expect(verdicts[1]).toBe('PASSED')
    expect(verdicts[0]).not.toBe('PASSED')
    expect((await totpOf(person)).map(({ id }) => id)).toEqual([second.app.factorId])
    expect((await storedPerson(gateway, person.email)).activeFactorCount).toBe(1)
    expect(codeOf(await person.client.send(MeDocument))).toBe('UNAUTHENTICATED')
  })

  it("cannot replace another account's factor, recovery codes, or a factor that does not exist", async () => {
    const [person, other] = [await withTotp(gateway), await withTotp(gateway)]
    const { myFactors } = dataOf(await person.client.send(MyFactorsDocument))
    const codes = myFactors.find(({ type }) => type === 'RECOVERY_CODE')?.id ?? ''
    for (const replaces of [other.authenticator.factorId, codes, 'A'.repeat(22), '$gt', '']) {
      const refused = await person.client.send(EnrollFactorDocument, { input: { type: 'TOTP', replaces } })
      expect(codeOf(refused)).toBe('BAD_USER_INPUT')
    }
    expect(await totpOf(other)).toHaveLength(1)
  })

  it('replaces a disabled factor, with the proof of another', async () => {
    const person = await withTotp(gateway)
    const second = (await enrollTotp(gateway, person.client)).authenticator
    for (let nth = 0; nth < 5; nth += 1) {
      const { client } = await pendingSignIn(gateway, person.email)
      const challenge = await challenged(client, second.factorId)
      await guess(client, challenge.id, wrongCode(second, gateway, nth))
    }
    const statusOf = async (id: string) =>
      dataOf(await person.client.send(MyFactorsDocument)).myFactors.find((factor) => factor.id === id)?.status
    expect(await statusOf(second.factorId)).toBe('DISABLED')
    const refused = await ask(person.client, second.factorId)
    expect([codeOf(refused), refused.errors[0]?.extensions['messageId']]).toEqual([
      'BAD_USER_INPUT',
      'challenge.factor-out-of-use',
    ])
    await stepUp(gateway, person.client, person.authenticator)
    const fresh = await begin(person.client, second.factorId)
    expect(await guess(person.client, fresh.challengeId, fresh.app.code())).toBe('PASSED')
    expect([await statusOf(second.factorId), await statusOf(fresh.app.factorId)]).toEqual([undefined, 'ACTIVE'])
    expect((await storedPerson(gateway, person.email)).activeFactorCount).toBe(2)
  })
})
