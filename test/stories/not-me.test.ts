import {
  EnrollFactorDocument,
  MeDocument,
  MyFactorsDocument,
  RegenerateRecoveryCodesDocument,
  SignInDocument,
} from '../../schema/generated/graphql.js'
import type { DeviceId, FactorId } from '../../src/kernel/ids.js'
import { eventsOf, ROOMY, storedPerson } from '../support/answers.js'
import { openPeople } from '../../src/store/person-document.js'
import { CHROME, codeOf, dataOf } from '../support/client.js'
import { STORES, until } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { noticeTo, notMeToken, reportNotMe } from '../support/notices.js'
import {
  answer,
  authenticatorOf,
  enrollTotp,
  passedOf,
  PASSWORD,
  registered,
  signIn,
  withTotp,
} from '../support/person.js'
import { isMessage } from '../support/messages.js'

describe.each(STORES)('an owner who says “This wasn’t me”, %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  const ADDED = 'factor-added'

  it('throws out an attacker who signed in with the password and enrolled a factor', async () => {
    const email = await registered(gateway)
    const owner = await signIn(gateway, email)
    dataOf(await owner.client.send(MeDocument))
    const thief = await signIn(gateway, email, { userAgent: CHROME })
    const { authenticator } = await enrollTotp(gateway, thief.client)
    const mail = await noticeTo(gateway, email, ADDED)
    expect(mail.text).toContain('Device: Chrome on Windows')
    const before = await storedPerson(gateway, email)
    const thiefsDevice = Object.values(before.devices).find(({ name }) => name === 'Chrome on Windows')
    expect(thiefsDevice).toBeDefined()

    expect(dataOf(await reportNotMe(gateway, notMeToken(mail)))).toEqual({ reportNotMe: { reported: true } })

    expect(codeOf(await thief.client.send(MeDocument))).toBe('UNAUTHENTICATED')
    const after = await storedPerson(gateway, email)
    expect(after.factors).toEqual({})
    expect(after.factors[authenticator.factorId as FactorId]).toBeUndefined()
    expect(after.activeFactorCount).toBe(0)
    expect(after.devices[thiefsDevice?.id as DeviceId]).toBeUndefined()
    expect(after.sessions).toEqual({})
    expect(after.suspicionAt).toEqual(gateway.clock.now())
    const [reported] = await eventsOf(gateway, email, 'account.suspicion_reported')
    expect(reported?.actor.type).toBe('ANONYMOUS')
    // The account is as it was before the attacker came: the owner's password opens it.
    expect((await signIn(gateway, email)).result.__typename).toBe('SignedIn')
    // Its sign-ins count as riskier for a while.
    const assessed = (await eventsOf(gateway, email, 'risk.assessed')).findLast(({ risk }) => risk !== null)
    expect(assessed?.risk?.contributions.map(({ code }) => code)).toContain('PROMPT_DENIED')
  })

  it('ends what came from one sign-in, through every step-up, and leaves other sessions alone', async () => {
    const email = await registered(gateway)
    const owner = await signIn(gateway, email)
    const thief = await signIn(gateway, email, { userAgent: CHROME })
    const mail = await noticeTo(gateway, email, 'new-device')
    await reportNotMe(gateway, notMeToken(mail))
    expect(codeOf(await thief.client.send(MeDocument))).toBe('UNAUTHENTICATED')
    dataOf(await owner.client.send(MeDocument))
  })

  it('never makes the password enough: the last factor is disabled when there was one before it', async () => {
    const person = await withTotp(gateway)
    const second = await enrollTotp(gateway, person.client)
    const mail = await until(async () => {
      const found = (await gateway.mailTo(person.email)).filter(isMessage(ADDED))
      return found[1] ?? null
    })
    // Meanwhile the owner removed the first one.
    await removeFirst(person.email, person.authenticator.factorId as FactorId)
    for (let times = 0; times < 2; times += 1) {
      dataOf(await reportNotMe(gateway, notMeToken(mail)))
      const { factors, activeFactorCount } = await storedPerson(gateway, person.email)
      expect(factors[second.authenticator.factorId as FactorId]?.status).toBe('DISABLED')
      expect(activeFactorCount).toBe(0)
    }
    const input = { email: person.email, password: PASSWORD }
    const { signIn: result } = dataOf(await gateway.client().send(SignInDocument, { input }))
    expect(result.__typename).toBe('MfaRequired')
  })

  it('leaves the account closed where an operator had demanded the factor', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { _id } = await storedPerson(gateway, email)
    await openPeople(gateway.store).updateOne({ _id }, { $set: { reEnrollSince: gateway.clock.now() } })
    const { authenticator } = await enrollTotp(gateway, client)
    await reportNotMe(gateway, notMeToken(await noticeTo(gateway, email, ADDED)))
    const { factors } = await storedPerson(gateway, email)
    expect(factors[authenticator.factorId as FactorId]?.status).toBe('DISABLED')
    expect(Object.values(factors).map(({ type }) => type)).toEqual(['TOTP'])
    expect((await signIn(gateway, email)).result.__typename).toBe('MfaRequired')
  })

  it('keeps the account closed when the only factor had replaced another', async () => {
    const person = await withTotp(gateway)
    const input = { type: 'TOTP', replaces: person.authenticator.factorId } as const
    const { factor, challenge, totp } = dataOf(await person.client.send(EnrollFactorDocument, { input })).enrollFactor
    const { code } = authenticatorOf(gateway, factor.id, totp?.secret ?? '')
    passedOf(await answer(person.client, challenge?.id ?? '', code()))
    await reportNotMe(gateway, notMeToken(await noticeTo(gateway, person.email, 'factor-replaced')))
    const { factors } = await storedPerson(gateway, person.email)
    expect(Object.values(factors).map(({ type, status }) => ({ type, status }))).toEqual([
      { type: 'RECOVERY_CODE', status: 'ACTIVE' },
      { type: 'TOTP', status: 'DISABLED' },
    ])
    // The attacker who replaced it has seen no code: the owner's written-down codes are the way back.
    const { result } = await signIn(gateway, person.email)
    expect(result).toMatchObject({ __typename: 'MfaRequired', stepUp: { challenge: [{ type: 'RECOVERY_CODE' }] } })
  })

  it('revokes new recovery codes, and the factors stay', async () => {
    const person = await withTotp(gateway)
    dataOf(await person.client.send(RegenerateRecoveryCodesDocument))
    await reportNotMe(gateway, notMeToken(await noticeTo(gateway, person.email, 'recovery-codes-replaced')))
    const { factors, activeFactorCount } = await storedPerson(gateway, person.email)
    expect(Object.keys(factors)).toEqual([person.authenticator.factorId])
    expect(activeFactorCount).toBe(1)
    expect(codeOf(await person.client.send(MeDocument))).toBe('UNAUTHENTICATED')
  })

  it('only removes the factor when others are left, and keeps the recovery codes from before it', async () => {
    const person = await withTotp(gateway)
    const codes = Object.values((await storedPerson(gateway, person.email)).factors).find(
      ({ type }) => type === 'RECOVERY_CODE',
    )
    await enrollTotp(gateway, person.client)
    const mail = await until(async () => {
      const found = (await gateway.mailTo(person.email)).filter(isMessage(ADDED))
      return found[1] ?? null
    })
    await reportNotMe(gateway, notMeToken(mail))
    const { factors, activeFactorCount } = await storedPerson(gateway, person.email)
    expect(Object.keys(factors).sort()).toEqual([person.authenticator.factorId, codes?.id].sort())
    expect(activeFactorCount).toBe(1)
    expect(codeOf(await person.client.send(MyFactorsDocument))).toBe('UNAUTHENTICATED')
  })

  async function removeFirst(email: string, factorId: FactorId) {
    const { _id } = await storedPerson(gateway, email)
    await openPeople(gateway.store).updateOne(
      { _id },
      { $unset: { [`factors.${factorId}`]: true }, $inc: { activeFactorCount: -1 } },
    )
  }
})
