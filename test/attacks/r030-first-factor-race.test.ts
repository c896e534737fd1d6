import { MyFactorsDocument } from '../../schema/generated/graphql.js'
import { ROOMY, sendCode, storedPerson, verdictOf } from '../support/answers.js'
import { dataOf } from '../support/client.js'
import { beginSms } from '../support/factors.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { enrollTotp, registered, signIn } from '../support/person.js'

describe.each(STORES)('a first factor that an attacker begins, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  it('R030 is not activated once the owner has one: only the password began it', async () => {
    const email = await registered(gateway)
    const thief = (await signIn(gateway, email)).client
    const { telephone, challenge } = await beginSms(gateway, thief)
    const owner = (await signIn(gateway, email)).client
    await enrollTotp(gateway, owner)

    expect(verdictOf(await sendCode(thief, challenge.id, await telephone.code()))).toBe('CHALLENGE_NOT_AVAILABLE')
    const { myFactors } = dataOf(await owner.send(MyFactorsDocument))
    expect(
      myFactors
        .filter(({ status }) => status === 'ACTIVE')
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['RECOVERY_CODE', 'TOTP'])
    expect((await storedPerson(gateway, email)).activeFactorCount).toBe(1)
  })

  it('R030 is activated if the session proved the other one itself', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { telephone, challenge } = await beginSms(gateway, client)
    await enrollTotp(gateway, client)
    // The session has a new id since, and its other challenges ended with the old one.
    expect(verdictOf(await sendCode(client, challenge.id, await telephone.code()))).toBe('CHALLENGE_NOT_AVAILABLE')
    const again = await beginSms(gateway, client)
    expect(verdictOf(await sendCode(client, again.challenge.id, await again.telephone.code()))).toBe('PASSED')
  })
})
