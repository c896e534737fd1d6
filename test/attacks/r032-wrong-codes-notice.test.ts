import { VerifyChallengeDocument } from '../../schema/generated/graphql.js'
import {
  challenged,
  guess,
  pendingSignIn,
  recoveryOption,
  ROOMY,
  sendCode,
  verdictOf,
  wrongCode,
  wrongRecoveryCode,
} from '../support/answers.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { noticesTo, noticeTo, notMeToken, reportNotMe } from '../support/notices.js'
import { enrollTotp, registered, signIn, withTotp, type PersonWithFactor } from '../support/person.js'
import { isMessage } from '../support/messages.js'

const NOTICE = 'wrong-codes'

describe.each(STORES)('R032 wrong codes after a right password, %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  const wrongCodesTold = async (email: string) => (await noticesTo(gateway, email)).filter(isMessage(NOTICE)).length

  /** Enters wrong codes in a separate sign-in. */
  async function guessTimes(person: PersonWithFactor, times: number) {
    const { client } = await pendingSignIn(gateway, person.email)
    const { id } = await challenged(client, person.authenticator.factorId)
    for (let nth = 0; nth < times; nth += 1) {
      expect(await guess(client, id, wrongCode(person.authenticator, gateway, nth))).toBe('CODE_INVALID')
    }
    return { client, challengeId: id }
  }

  it('the third is reported, once, and no other is', async () => {
    const person = await withTotp(gateway)
    const { client, challengeId } = await guessTimes(person, 2)
    expect(await wrongCodesTold(person.email)).toBe(0)
    expect(await guess(client, challengeId, '000000')).toBe('CODE_INVALID')
    await noticeTo(gateway, person.email, NOTICE)
    for (let times = 0; times < 2; times += 1) await guess(client, challengeId, '000001')
    // Notices of this sign-in come after any notices of the earlier ones.
    await signIn(gateway, person.email)
    expect(await wrongCodesTold(person.email)).toBe(1)
  })

  it('they count across all factors of one sign-in', async () => {
    const person = await withTotp(gateway)
    const { client, stepUp } = await pendingSignIn(gateway, person.email)
    const totp = await challenged(client, person.authenticator.factorId)
    for (let times = 0; times < 2; times += 1) await guess(client, totp.id, '000000')
    const recovery = await challenged(client, recoveryOption(stepUp))
    const input = { challengeId: recovery.id, recoveryCode: wrongRecoveryCode() }
    expect(verdictOf(await client.send(VerifyChallengeDocument, { input }))).toBe('CODE_INVALID')
    await noticeTo(gateway, person.email, NOTICE)
  })

  it('five at the same moment are reported once', async () => {
    const person = await withTotp(gateway)
    const { client } = await pendingSignIn(gateway, person.email)
    const { id } = await challenged(client, person.authenticator.factorId)
    await Promise.all([0, 1, 2, 3, 4].map((nth) => sendCode(client, id, wrongCode(person.authenticator, gateway, nth))))
    await noticeTo(gateway, person.email, NOTICE)
    await signIn(gateway, person.email)
    expect(await wrongCodesTold(person.email)).toBe(1)
  })

  it('mistakes during an enrolment are not reported', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { authenticator } = await enrollTotp(gateway, client)
    expect(authenticator.code()).toMatch(/^\d{6}$/)
    expect(await wrongCodesTold(email)).toBe(0)
  })

  it('the link ends the guessing sign-in', async () => {
    const person = await withTotp(gateway)
    const { client } = await guessTimes(person, 3)
    const mail = await noticeTo(gateway, person.email, NOTICE)
    await reportNotMe(gateway, notMeToken(mail))
    await expect(challenged(client, person.authenticator.factorId)).rejects.toThrow('UNAUTHENTICATED')
  })
})
