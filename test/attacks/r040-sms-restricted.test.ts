import {
  ChallengeFactorDocument,
  EnrollFactorDocument,
  MyFactorsDocument,
  MyProfileDocument,
} from '../../schema/generated/graphql.js'
import { readConfig } from '../../src/config/index.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { ask, challenged, guess, pendingSignIn, recoveryOption, ROOMY } from '../support/answers.js'
import { beginSms, newNumber, textsTo, withSms } from '../support/factors.js'
import { keptDirectory } from '../support/kept-directory.js'
import { enrollTotp, registered, signIn } from '../support/person.js'

const WARNING = [{ code: 'RESTRICTED_AUTHENTICATOR', message: expect.stringContaining('intercepted') }]
const WITHOUT_SMS = { STEPGATE_FACTORS: 'TOTP' }

describe.each(STORES)('R040 text messages are a restricted authenticator, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  it('the person is warned when the factor is enrolled, and whenever it is listed', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const { telephone, factor, challenge } = await beginSms(gateway, client)
    expect(factor.warnings).toEqual(WARNING)
    expect(await guess(client, challenge.id, await telephone.code())).toBe('PASSED')
    const { authenticator } = await enrollTotp(gateway, client)
    const { myFactors } = dataOf(await client.send(MyFactorsDocument))
    const warnings = new Map(myFactors.map(({ id, warnings: given }) => [id, given]))
    expect(warnings.get(telephone.factorId)).toEqual(WARNING)
    expect(warnings.get(authenticator.factorId)).toEqual([])
  })

  it('another kind has to be offered besides them', async () => {
    expect(() => readConfig({ STEPGATE_FACTORS: 'SMS' })).toThrow('STEPGATE_FACTORS')
    const { client } = await signIn(gateway, await registered(gateway))
    const refused = await client.send(MyProfileDocument)
    expect(refused.errors[0]?.extensions).toMatchObject({
      stepUp: { enroll: expect.arrayContaining(['TOTP', 'SMS']) },
    })
  })

  it('an installation without SMS among its factors refuses them to every account', async () => {
    const strict = await startGateway({ store, env: { ...ROOMY, ...WITHOUT_SMS } })
    try {
      const { client } = await signIn(strict, await registered(strict))
      const phoneNumber = newNumber()
      const refused = await client.send(EnrollFactorDocument, { input: { type: 'SMS', phoneNumber } })
      expect(refused.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: ['type'] })
      expect(await textsTo(strict, phoneNumber)).toEqual([])
      const profile = await client.send(MyProfileDocument)
      expect(profile.errors[0]?.extensions).toMatchObject({ stepUp: { enroll: ['TOTP'] } })
    } finally {
      await strict.close()
    }
  })

  it('it also refuses them to earlier enrolments: no message, no proof that counts, but recovery codes sign in', async () => {
    const kept = await keptDirectory(store)
    const before = await startGateway({ env: { ...ROOMY, ...kept.env } })
    const { email, client, telephone, recoveryCodes } = await withSms(before)
    expect(codeOf(await client.send(MyProfileDocument))).toBeNull()
    const waiting = await pendingSignIn(before, email)
    const asked = await challenged(waiting.client, telephone.factorId)
    const code = await telephone.code()
    await before.close()

    const after = await startGateway({ env: { ...ROOMY, ...kept.env, ...WITHOUT_SMS }, clock: before.clock })
    try {
      // The session was proved with the text message a moment ago.
      const live = client.at(after.url)
      expect(codeOf(await live.send(MyProfileDocument))).toBe('STEP_UP_REQUIRED')
      expect(codeOf(await ask(live, telephone.factorId))).toBe('BAD_USER_INPUT')
      // An earlier challenge is answered with its code.
      expect(await guess(waiting.client.at(after.url), asked.id, code)).not.toBe('PASSED')

      const { client: elsewhere, stepUp } = await pendingSignIn(after, email)
      expect(stepUp.challenge.map(({ type }) => type)).toEqual(['RECOVERY_CODE'])
      const input = { factorId: telephone.factorId }
      expect(codeOf(await elsewhere.send(ChallengeFactorDocument, { input }))).toBe('BAD_USER_INPUT')
      expect(await textsTo(after, telephone.number)).toEqual([])

      const recovery = await challenged(elsewhere, recoveryOption(stepUp))
      expect(await guess(elsewhere, recovery.id, recoveryCodes[0] ?? '')).toBe('PASSED')
      const { authenticator } = await enrollTotp(after, elsewhere)
      expect(authenticator.factorId).not.toBe(telephone.factorId)
    } finally {
      await after.close()
      await kept.remove()
    }
  })
})
