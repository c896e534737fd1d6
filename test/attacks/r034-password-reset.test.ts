import {
  ChallengeFactorDocument,
  MeDocument,
  MyFactorsDocument,
  RefreshSessionDocument,
  RequestPasswordResetDocument,
  SignInDocument,
  UpdateProfileDocument,
} from '../../schema/generated/graphql.js'
import { ask, ROOMY, withoutRequestId } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { withSms } from '../support/factors.js'
import { STORES, until } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { askForLink, askForReset, followLink, resetWith } from '../support/links.js'
import { noticeTo, notMeToken, reportNotMe } from '../support/notices.js'
import { answer, enrollTotp, PASSWORD, passedOf, registered, signIn, stepUp, withTotp } from '../support/person.js'
import { storedAccount, storedIn } from '../support/stored.js'

const NEW = 'a completely new passphrase'

describe.each(STORES)('R034 a password reset by mail, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  const tryPassword = (email: string, password: string) =>
    gateway.client().send(SignInDocument, { input: { email, password } })

  it('signs in an account without a second factor, with the new password and not with the old one', async () => {
    const email = await registered(gateway)
    const client = gateway.client()
    const reset = await resetWith(client, await askForReset(gateway, email), NEW)
    expect(dataOf(reset).resetPassword.__typename).toBe('SignedIn')
    expect(dataOf(await client.send(MeDocument)).me.email).toBe(email)
    expect(codeOf(await tryPassword(email, PASSWORD))).toBe('UNAUTHENTICATED')
    expect(codeOf(await tryPassword(email, NEW))).toBeNull()
  })

  it('challenges an account with an authenticator app, and opens nothing before', async () => {
    const person = await withTotp(gateway)
    const client = gateway.client()
    const result = dataOf(await resetWith(client, await askForReset(gateway, person.email), NEW)).resetPassword
    if (result.__typename !== 'MfaRequired') throw new Error(result.__typename)
    expect(codeOf(await client.send(MeDocument))).toBe('MFA_REQUIRED')
    expect(codeOf(await client.send(UpdateProfileDocument, { input: { taxId: '1' } }))).toBe('MFA_REQUIRED')
    await stepUp(gateway, client, person.authenticator, { mfaToken: result.stepUp.mfaToken })
    expect(dataOf(await client.send(MeDocument)).me.email).toBe(person.email)
  })

  it('is no dead end for an account whose phone is lost: a recovery code finishes it', async () => {
    const person = await withSms(gateway)
    const client = gateway.client()
    const result = dataOf(await resetWith(client, await askForReset(gateway, person.email), NEW)).resetPassword
    if (result.__typename !== 'MfaRequired') throw new Error(result.__typename)
    const option = result.stepUp.challenge.find(({ type }) => type === 'RECOVERY_CODE')
    if (!option) throw new Error('no recovery code is taken')
    const input = { factorId: option.factorId, mfaToken: result.stepUp.mfaToken }
    const { challengeFactor } = dataOf(await client.send(ChallengeFactorDocument, { input }))
    passedOf(await answer(client, challengeFactor.id, person.recoveryCodes[0] ?? ''))
    expect(dataOf(await client.send(MeDocument)).me.email).toBe(person.email)
    expect(dataOf(await client.send(MyFactorsDocument)).myFactors.length).toBeGreaterThan(0)
  })

  it('ends every session and refresh token, and forgets every remembered device', async () => {
    const person = await withTotp(gateway)
    await stepUp(gateway, person.client, person.authenticator, { rememberDevice: true })
    const { result } = await signIn(gateway, person.email, { transport: 'BEARER' }, person.client.copy())
    const refreshToken = result.__typename === 'SignedIn' ? (result.tokens?.refreshToken ?? '') : ''
    expect(refreshToken).not.toBe('')
    await resetWith(gateway.client(), await askForReset(gateway, person.email), NEW)
    expect(codeOf(await person.client.send(MeDocument))).toBe('UNAUTHENTICATED')
    const refreshed = await gateway.client().send(RefreshSessionDocument, { input: { refreshToken } })
    expect(codeOf(refreshed)).toBe('UNAUTHENTICATED')
    const { devices } = (await storedAccount(gateway, person.email)) as unknown as {
      devices: Record<string, { rememberedUntil: Date | null }>
    }
    expect(Object.values(devices).map(({ rememberedUntil }) => rememberedUntil)).not.toContainEqual(expect.any(Date))
    // The remembered device no longer spares the prompt.
    const again = await signIn(gateway, person.email, { password: NEW }, person.client)
    expect(again.result.__typename).toBe('MfaRequired')
  })

  it('works for one of fifty callers', async () => {
    const email = await registered(gateway)
    const token = await askForReset(gateway, email)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, nth) => resetWith(gateway.client(), token, `${NEW} number ${nth}`)),
    )
    const done = answers.flatMap((each, nth) => (codeOf(each) === null ? [nth] : []))
    expect(done).toHaveLength(1)
    expect(answers.filter((each) => codeOf(each) === 'UNAUTHENTICATED')).toHaveLength(49)
    expect(codeOf(await tryPassword(email, `${NEW} number ${done[0]}`))).toBeNull()
  })

  it('does not spend the link when the new password is rejected', async () => {
    const email = await registered(gateway)
    const token = await askForReset(gateway, email)
    expect(codeOf(await resetWith(gateway.client(), token, 'short'))).toBe('BAD_USER_INPUT')
    expect(codeOf(await resetWith(gateway.client(), token, NEW))).toBeNull()
  })

  it('is invalid once it has expired, another reset was done, or the password was changed', async () => {
    const email = await registered(gateway)
    const late = await askForReset(gateway, email)
    gateway.clock.advance(1800)
    expect(codeOf(await resetWith(gateway.client(), late, NEW))).toBe('UNAUTHENTICATED')
    const [first, second] = [await askForReset(gateway, email), await askForReset(gateway, email)]
    gateway.clock.advance(1)
    expect(codeOf(await resetWith(gateway.client(), second, NEW))).toBeNull()
    expect(codeOf(await resetWith(gateway.client(), first, 'one more passphrase here'))).toBe('UNAUTHENTICATED')
  })

  it('does not accept a sign-in link, and its own link does not sign in', async () => {
    const email = await registered(gateway)
    const client = gateway.client()
    const { token, code } = await askForLink(gateway, email, client)
    expect(codeOf(await resetWith(client, token, NEW))).toBe('UNAUTHENTICATED')
    expect(codeOf(await followLink(client, await askForReset(gateway, email), { code }))).toBe('UNAUTHENTICATED')
  })

  it('gives a first password to an account that signed in by links only', async () => {
    const email = 'by-link@example.com'
    const client = gateway.client()
    const { token } = await askForLink(gateway, email, client)
    dataOf(await followLink(client, token))
    expect(codeOf(await resetWith(client, await askForReset(gateway, email), NEW))).toBeNull()
    expect(codeOf(await tryPassword(email, NEW))).toBeNull()
  })

  it('answers the same for unknown addresses, and stores as much', async () => {
    const [known, unknown] = [await registered(gateway), 'nobody-here@example.com']
    const before = (await storedIn(gateway, 'mailedLinks')).length
    const seen = await Promise.all(
      [known, unknown].map(async (email) => {
        const sent = await gateway.client().send(RequestPasswordResetDocument, { input: { email } })
        return { status: sent.status, text: withoutRequestId(sent.text) }
      }),
    )
    expect(seen[0]).toEqual(seen[1])
    expect((await storedIn(gateway, 'mailedLinks')).length).toBe(before + 2)
    const mails = await until(async () => {
      const sent = await gateway.mailTo(unknown)
      return sent.length > 0 ? sent : null
    })
    expect(mails.map(({ text }) => text).join()).not.toContain('#token=')
  })

  it('R031 is reported by a separate notice, whose link ends what came of it', async () => {
    const email = await registered(gateway)
    const thief = gateway.client()
    dataOf(await resetWith(thief, await askForReset(gateway, email), NEW))
    expect(dataOf(await thief.send(MeDocument)).me.email).toBe(email)
    const told = await noticeTo(gateway, email, 'password-set-by-link')
    dataOf(await reportNotMe(gateway, notMeToken(told)))
    expect(codeOf(await thief.send(MeDocument))).toBe('UNAUTHENTICATED')
  })

  it('R031 is reported in German to a German account, even when a second factor is still missing', async () => {
    const email = 'deutsch@example.com'
    const headers = { 'accept-language': 'de' }
    const arrived = gateway.client({ headers })
    dataOf(await followLink(arrived, (await askForLink(gateway, email, arrived)).token))
    const { authenticator } = await enrollTotp(gateway, arrived)
    const client = gateway.client({ headers })
    const { resetPassword } = dataOf(await resetWith(client, await askForReset(gateway, email), NEW))
    expect(resetPassword.__typename).toBe('MfaRequired')
    const told = await noticeTo(gateway, email, 'password-set-by-link', 'de')
    dataOf(await reportNotMe(gateway, notMeToken(told)))
    expect(codeOf(await ask(client, authenticator.factorId))).toBe('UNAUTHENTICATED')
  })
})
