import { MyFactorsDocument, RemoveFactorDocument, RevokeOtherSessionsDocument } from '../../schema/generated/graphql.js'
import { codeOf, dataOf } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { ask, challenged, guess, pendingSignIn, ROOMY, storedPerson } from '../support/answers.js'
import { enrollTotp, registered, signIn, withTotp } from '../support/person.js'

describe.each(STORES)('removing a factor, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { ...ROOMY, STEPGATE_MFA_POLICY: 'REQUIRED' } })

  async function withTwoFactors() {
    const person = await withTotp(gateway)
    const second = await enrollTotp(gateway, person.client)
    return { ...person, second: second.authenticator }
  }
  const remove = (client: Awaited<ReturnType<typeof withTwoFactors>>['client'], factorId: string) =>
    client.send(RemoveFactorDocument, { factorId })

  it("R045 refuses the factor's right code in an open challenge, here and in other sessions", async () => {
    const { client, email, authenticator } = await withTwoFactors()
    const { client: elsewhere } = await pendingSignIn(gateway, email)
    const open = await challenged(client, authenticator.factorId)
    const openElsewhere = await challenged(elsewhere, authenticator.factorId)
    expect(dataOf(await remove(client, authenticator.factorId)).removeFactor.removed).toBe(true)

    expect(await guess(client, open.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(elsewhere, openElsewhere.id, authenticator.code())).toBe('UNAUTHENTICATED')
    expect(codeOf(await ask(client, authenticator.factorId))).toBe('BAD_USER_INPUT')
  })

  it("R045 removes the factor's proof from the session that removed it", async () => {
    const { client, second } = await withTwoFactors()
    gateway.clock.advance(301)
    const challenge = await challenged(client, second.factorId)
    expect(await guess(client, challenge.id, second.code())).toBe('PASSED')
    dataOf(await remove(client, second.factorId))
    // The other factor was proved 361 seconds ago, the removed one just now; the field accepts an hour.
    expect(codeOf(await client.send(RevokeOtherSessionsDocument))).toBeNull()
    gateway.clock.advance(3300)
    expect(codeOf(await client.send(RevokeOtherSessionsDocument))).toBe('STEP_UP_REQUIRED')
  })

  it('R050 keeps the last one while the policy requires one', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const refused = await remove(client, authenticator.factorId)
    expect([refused.status, codeOf(refused)]).toEqual([403, 'FORBIDDEN'])
    const listed = dataOf(await client.send(MyFactorsDocument)).myFactors
    expect(listed.map(({ type, status }) => `${type} ${status}`).sort()).toEqual([
      'RECOVERY_CODE ACTIVE',
      'TOTP ACTIVE',
    ])
  })

  it('R050 leaves one when the last two are removed at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { client, email, authenticator, second } = await withTwoFactors()
      const answers = await Promise.all(
        [authenticator, second, authenticator, second].map(({ factorId }) => remove(client.copy(), factorId)),
      )
      expect(answers.filter((answer) => answer.data?.removeFactor.removed)).toHaveLength(1)
      const { factors, activeFactorCount } = await storedPerson(gateway, email)
      expect(Object.values(factors).filter(({ type }) => type === 'TOTP')).toHaveLength(1)
      expect(activeFactorCount).toBe(1)
    }
  }, 60_000)

  it('R050 cannot remove another account’s factor', async () => {
    const [mine, theirs] = [await withTwoFactors(), await withTwoFactors()]
    expect(codeOf(await remove(mine.client, theirs.authenticator.factorId))).toBe('BAD_USER_INPUT')
    expect((await storedPerson(gateway, theirs.email)).activeFactorCount).toBe(2)
    expect((await signIn(gateway, await registered(gateway))).result.__typename).toBe('MfaEnrollmentRequired')
  })
})
