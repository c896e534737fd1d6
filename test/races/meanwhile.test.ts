import {
  EnrollFactorDocument,
  ForgetAllDevicesDocument,
  MyFactorsDocument,
  MyProfileDocument,
  RemoveFactorDocument,
  UpdateProfileDocument,
} from '../../schema/generated/graphql.js'
import { challenged, ROOMY, sendCode, storedPerson, verdictOf } from '../support/answers.js'
import { dataOf } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { interruptedStore } from '../support/interrupted-store.js'
import { enrollTotp, signIn, stepUp, withTotp } from '../support/person.js'

describe.each(STORES)('a change between a read and its write, on the %s store', (store) => {
  const network = interruptedStore()
  const gateway = gatewayForAll({
    store,
    env: { ...ROOMY, STEPGATE_RISK_MODE: 'REPORT_ONLY' },
    wrapStore: network.wrap,
  })

  it('a device forgotten during its sign-in is no longer remembered', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    await stepUp(gateway, client, authenticator, { rememberDevice: true })
    const same = gateway.client({ cookies: client.cookies })
    expect((await signIn(gateway, email, {}, same)).result.__typename).toBe('SignedIn')
    const owner = same
    const thief = gateway.client({ cookies: same.cookies })
    network.before('accounts', 'changeOne', () => owner.send(ForgetAllDevicesDocument))
    expect((await signIn(gateway, email, {}, thief)).result.__typename).toBe('MfaRequired')
    expect((await storedPerson(gateway, email)).devices).toEqual({})
  })

  it('a factor removed while another one is proved leaves no proof behind', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const second = await enrollTotp(gateway, client)
    await stepUp(gateway, client, second.authenticator)
    const challenge = await challenged(client, second.authenticator.factorId)
    const other = (await signIn(gateway, email)).client
    await stepUp(gateway, other, second.authenticator)
    gateway.clock.advance(30)
    const code = second.authenticator.code()
    network.before('accounts', 'changeOne', () =>
      gateway.client({ cookies: client.cookies }).send(RemoveFactorDocument, { factorId: authenticator.factorId }),
    )
    expect(verdictOf(await sendCode(client, challenge.id, code))).toBe('PASSED')
    const proofs = Object.values((await storedPerson(gateway, email)).sessions).flatMap(({ proofs }) =>
      Object.keys(proofs),
    )
    expect(proofs).not.toContain(authenticator.factorId)
  })

  it('two parallel changes of personal data both stay', async () => {
    const { client } = await withTotp(gateway)
    const other = gateway.client({ cookies: client.cookies })
    network.before('accounts', 'changeOne', () => other.send(UpdateProfileDocument, { input: { taxId: '12-345' } }))
    const input = { legalName: 'Ada King' }
    const { updateProfile } = dataOf(await client.send(UpdateProfileDocument, { input }))
    expect(updateProfile).toMatchObject({ legalName: 'Ada King', taxId: '12-345' })
    const { me } = dataOf(await client.send(MyProfileDocument))
    expect(me.profile).toMatchObject({ legalName: 'Ada King', taxId: '12-345' })
  })

  it('two changes in one operation both stay', async () => {
    const { client } = await withTotp(gateway)
    const both = `mutation {
      a: updateProfile(input: { legalName: "Ada King" }) { legalName }
      b: updateProfile(input: { taxId: "12-345" }) { taxId }
    }`
    dataOf(await client.send(both))
    const { me } = dataOf(await client.send(MyProfileDocument))
    expect(me.profile).toMatchObject({ legalName: 'Ada King', taxId: '12-345' })
  })

  it('enrolling by turns from two sessions leaves one challenge in each', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const other = (await signIn(gateway, email)).client
    await stepUp(gateway, other, authenticator)
    for (let turn = 0; turn < 3; turn += 1) {
      for (const each of [client, other]) dataOf(await each.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
    }
    const { sessions } = await storedPerson(gateway, email)
    const enrolling = Object.values(sessions).map(
      ({ challenges }) => Object.values(challenges).filter(({ purpose }) => purpose === 'ENROLLMENT').length,
    )
    expect(Math.max(...enrolling)).toBe(1)
  })

  it('the last factor removes its recovery codes with it, so that a new one can be enrolled', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    dataOf(await client.send(RemoveFactorDocument, { factorId: authenticator.factorId }))
    expect(dataOf(await client.send(MyFactorsDocument)).myFactors).toEqual([])
    const again = (await signIn(gateway, email)).client
    expect(dataOf(await again.send(EnrollFactorDocument, { input: { type: 'TOTP' } })).enrollFactor.totp).not.toBeNull()
  })
})
