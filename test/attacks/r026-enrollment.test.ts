import { EnrollFactorDocument, MyFactorsDocument, MyProfileDocument } from '../../schema/generated/graphql.js'
import { drawQrCodePng, drawQrCodeSvg } from '../../src/factors/index.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { ask, challenged, guess, pendingSignIn, ROOMY } from '../support/answers.js'
import { authenticatorOf, registered, signIn, withTotp } from '../support/person.js'

describe.each(STORES)('an enrolment, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  async function enroll(client: Client) {
    const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
    const { factor, challenge, totp } = enrollFactor
    if (!challenge || !totp) throw new Error('an enrolment without challenge or seed')
    return { app: authenticatorOf(gateway, factor.id, totp.secret), challengeId: challenge.id, totp }
  }

  it('R026 shows the seed once: nothing shows it afterwards, and starting again makes another', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const first = await enroll(client)
    const second = await enroll(client)
    expect(second.app.secret).not.toBe(first.app.secret)
    expect(await guess(client, first.challengeId, first.app.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(client, second.challengeId, first.app.code())).toBe('CODE_INVALID')
    expect(await guess(client, second.challengeId, second.app.code())).toBe('PASSED')

    expect((await client.send(MyFactorsDocument)).text).not.toContain(second.app.secret)
    for (const field of ['secret', 'totp { secret }', 'otpauthUri', 'material', 'sealedSecret', 'recoveryCodes']) {
      expect(codeOf(await client.send(`{ myFactors { ${field} } }`))).toBe('GRAPHQL_VALIDATION_FAILED')
    }
  })

  it('R026 does not show it to another session of the same account', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { client: other } = await signIn(gateway, email)
    const { app } = await enroll(client)
    const listed = await other.send(MyFactorsDocument)
    expect(dataOf(listed).myFactors).toMatchObject([{ id: app.factorId, status: 'PENDING' }])
    expect(listed.text).not.toContain(app.secret)
  })

  it('R027 counts for nothing until it is proved', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { app } = await enroll(client)
    const { client: elsewhere, result } = await signIn(gateway, email)
    expect(result.__typename).toBe('SignedIn')
    for (const each of [client, elsewhere]) {
      expect(codeOf(await ask(each, app.factorId))).toBe('BAD_USER_INPUT')
      const refused = await each.send(MyProfileDocument)
      expect(refused.errors[0]?.extensions).toMatchObject({
        code: 'STEP_UP_REQUIRED',
        stepUp: { reason: 'MFA_MISSING', challenge: [], enroll: expect.arrayContaining(['TOTP']) },
      })
    }
  })

  it('R027 does not satisfy a policy that requires a second factor', async () => {
    const strict = await startGateway({ store, env: { ...ROOMY, STEPGATE_MFA_POLICY: 'REQUIRED' } })
    try {
      const email = await registered(strict)
      const { client } = await signIn(strict, email)
      dataOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
      expect(codeOf(await client.send(MyFactorsDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
      expect((await signIn(strict, email)).result.__typename).toBe('MfaEnrollmentRequired')
    } finally {
      await strict.close()
    }
  })

  it('R028 leaves the live factor alone when it is begun and abandoned', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const waiting = await challenged(client, authenticator.factorId)
    const begun = await enroll(client)
    await enroll(client)
    expect(await guess(client, waiting.id, authenticator.code())).toBe('PASSED')
    gateway.clock.advance(30)
    const { client: elsewhere, stepUp } = await pendingSignIn(gateway, email)
    expect(stepUp.challenge.map(({ factorId }) => factorId)).not.toContain(begun.app.factorId)
    const challenge = await challenged(elsewhere, authenticator.factorId)
    expect(await guess(elsewhere, challenge.id, begun.app.code())).toBe('CODE_INVALID')
    expect(await guess(elsewhere, challenge.id, authenticator.code())).toBe('PASSED')
  })

  it('R029 names its owner in the address, for any name, and draws exactly that address', async () => {
    const named = await startGateway({ store, env: { ...ROOMY, STEPGATE_SERVICE_NAME: 'A&B: 100% #1?' } })
    try {
      const email = 'ada+secret_aaaa-issuer@example.com'
      const { client } = await signIn(named, await registered(named, email))
      const { enrollFactor } = dataOf(
        await client.send(EnrollFactorDocument, { input: { type: 'TOTP' }, withQrCode: true }),
      )
      const { secret, otpauthUri, qrCode } = enrollFactor.totp!
      const uri = new URL(otpauthUri)
      expect(uri.searchParams.getAll('secret')).toEqual([secret])
      expect(uri.searchParams.getAll('issuer')).toEqual(['A&B: 100% #1?'])
      expect(decodeURIComponent(uri.pathname.split(':')[1] ?? '')).toBe(email)
      expect(qrCode).toEqual({ svg: await drawQrCodeSvg(otpauthUri), pngDataUrl: await drawQrCodePng(otpauthUri) })
    } finally {
      await named.close()
    }
  })
})
