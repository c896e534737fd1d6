import {
  ChangeEmailDocument,
  EnrollFactorDocument,
  MeDocument,
  MyFactorsDocument,
  SignOutDocument,
  VerifyChallengeDocument,
} from '../../schema/generated/graphql.js'
import { challenged, guess, pendingSignIn, recoveryOption, ROOMY, storedPerson } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { enrollTotp, passedOf, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { ROOT_FIELDS } from '../support/root-fields.js'

const isShut = async (client: Client) => {
  for (const field of ROOT_FIELDS.filter(({ access }) => access !== 'PUBLIC' && access !== 'PENDING')) {
    expect([field.name, codeOf(await client.send(field.document, field.sample()))]).toEqual([
      field.name,
      'MFA_ENROLLMENT_REQUIRED',
    ])
  }
}

describe.each(STORES)('recovery codes, on the %s store', (store) => {
  let free: TestGateway
  let strict: TestGateway
  beforeAll(async () => {
    free = await startGateway({ store, env: ROOMY })
    strict = await startGateway({ store, env: { ...ROOMY, STEPGATE_RECOVERY_CODE_USE: 'REENROLL' } })
  })
  afterAll(async () => {
    await free.close()
    await strict.close()
  })

  /** Signs in with a code and asks to remember the device. */
  async function recover(gateway: TestGateway, person: PersonWithFactor, code: string, given?: Client) {
    const { client, result } = await signIn(gateway, person.email, {}, given)
    if (result.__typename !== 'MfaRequired') throw new Error(`the sign-in does not wait: ${result.__typename}`)
    const challenge = await challenged(client, recoveryOption(result.stepUp), result.stepUp.mfaToken)
    const input = { challengeId: challenge.id, recoveryCode: code, rememberDevice: true }
    const { verifyChallenge } = dataOf(await client.send(VerifyChallengeDocument, { input }))
    return { client, passed: passedOf(verifyChallenge) }
  }

  it('R088 forget every remembered device, and do not remember the one they were typed on', async () => {
    const person = await withTotp(free)
    await stepUp(free, person.client, person.authenticator, { rememberDevice: true })
    const remembered = async () =>
      Object.values((await storedPerson(free, person.email)).devices).filter(({ rememberedUntil }) => rememberedUntil)
    expect(await remembered()).toHaveLength(1)
    // Typed on another browser first, then on the one that was remembered before.
    const { client, passed } = await recover(free, person, person.recoveryCodes[0] ?? '')
    expect(passed.deviceRemembered).toBe(false)
    expect(await remembered()).toEqual([])
    for (const browser of [client, person.client]) {
      expect((await signIn(free, person.email, {}, browser.copy())).result.__typename).toBe('MfaRequired')
    }
    const again = await recover(free, person, person.recoveryCodes[1] ?? '', person.client.copy())
    expect(again.passed.deviceRemembered).toBe(false)
    expect(await remembered()).toEqual([])
    expect((await signIn(free, person.email, {}, again.client)).result.__typename).toBe('MfaRequired')
  })

  it('R088 forget the remembered device they are typed on, in a step-up too', async () => {
    const person = await withTotp(free)
    await stepUp(free, person.client, person.authenticator, { rememberDevice: true })
    const codes = Object.values((await storedPerson(free, person.email)).factors).find(
      ({ type }) => type === 'RECOVERY_CODE',
    )!
    const challenge = await challenged(person.client, codes.id)
    expect(await guess(person.client, challenge.id, person.recoveryCodes[0] ?? '')).toBe('PASSED')
    expect((await signIn(free, person.email, {}, person.client)).result.__typename).toBe('MfaRequired')
  })

  it('R036 say how many are left and advise a new factor', async () => {
    const person = await withTotp(free)
    for (const [nth, left] of [9, 8, 7].entries()) {
      const { passed } = await recover(free, person, person.recoveryCodes[nth] ?? '')
      expect(passed).toMatchObject({ factor: { codesLeft: left }, reEnrollmentAdvised: true, recoveryCodes: null })
    }
  })

  it('R036 leave the other factor alone when the last one is used, and are no longer offered', async () => {
    const person = await withTotp(free)
    for (const code of person.recoveryCodes) await recover(free, person, code)
    const { client, stepUp: asked } = await pendingSignIn(free, person.email)
    expect(asked.challenge.map(({ type }) => type)).toEqual(['TOTP'])
    await stepUp(free, client, person.authenticator)
    const { myFactors } = dataOf(await client.send(MyFactorsDocument))
    expect(myFactors.find(({ type }) => type === 'RECOVERY_CODE')?.codesLeft).toBe(0)
    // The first factor that is replaced from here brings new ones.
    const input = { type: 'RECOVERY_CODE' } as const
    expect(dataOf(await client.send(EnrollFactorDocument, { input })).enrollFactor.recoveryCodes).toHaveLength(10)
  }, 30_000)

  it('R038 open the whole session by default', async () => {
    const person = await withTotp(free)
    const { client } = await recover(free, person, person.recoveryCodes[0] ?? '')
    expect(dataOf(await client.send(MeDocument)).me.email).toBe(person.email)
  })

  it('R038 in strict mode only allow enrolling a new factor, which removes the old ones', async () => {
    const person = await withTotp(strict)
    const { client, passed } = await recover(strict, person, person.recoveryCodes[0] ?? '')
    expect(passed).toMatchObject({ reEnrollmentAdvised: true, factor: { codesLeft: 9 } })
    await isShut(client)
    // Every other session is shut as well.
    await isShut(person.client)

    const fresh = await enrollTotp(strict, client)
    expect(fresh.recoveryCodes).toHaveLength(10)
    const { myFactors } = dataOf(await client.send(MyFactorsDocument))
    expect(myFactors.map(({ id, type }) => (type === 'TOTP' ? id : type)).sort()).toEqual(
      [fresh.authenticator.factorId, 'RECOVERY_CODE'].sort(),
    )
    expect(codeOf(await client.send(ChangeEmailDocument, { input: { newEmail: 'new@example.com' } }))).toBeNull()
    expect(codeOf(await person.client.send(MeDocument))).toBe('UNAUTHENTICATED')
  })

  it('R038 keep that demand across sign-out and sign-in, whatever is proved then', async () => {
    const person = await withTotp(strict)
    const { client } = await recover(strict, person, person.recoveryCodes[0] ?? '')
    dataOf(await client.send(SignOutDocument))
    const withCode = await recover(strict, person, person.recoveryCodes[1] ?? '')
    await isShut(withCode.client)
    const { client: withApp } = await pendingSignIn(strict, person.email)
    await stepUp(strict, withApp, person.authenticator)
    await isShut(withApp)
    await enrollTotp(strict, withApp)
    expect(codeOf(await withApp.send(MeDocument))).toBeNull()
    expect((await storedPerson(strict, person.email)).reEnrollSince).toBeNull()
  })
})
