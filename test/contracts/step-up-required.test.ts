import { ChangeEmailDocument, MyFactorsDocument, MyProfileDocument } from '../../schema/generated/graphql.js'
import { dataOf } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { registered, signIn, withTotp } from '../support/person.js'

const OPAQUE = expect.stringMatching(/^[A-Za-z0-9_.~-]{22,}$/)

describe.each(STORES)('STEP_UP_REQUIRED as promised to clients, on the %s store', (store) => {
  const gateway = gatewayForAll({ store })

  const expiresAt = () => new Date(gateway.clock.now().getTime() + 300_000).toISOString()

  it('says all of this and nothing else when a proof is too old', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const { myFactors } = dataOf(await client.send(MyFactorsDocument))
    const recovery = myFactors.find(({ type }) => type === 'RECOVERY_CODE')
    gateway.clock.advance(300)
    const refused = await client.send(ChangeEmailDocument, { input: { newEmail: 'new@example.com' } })
    expect(JSON.parse(refused.text)).toEqual({
      errors: [
        {
          message: 'Confirm it is you to change your e-mail address.',
          extensions: {
            code: 'STEP_UP_REQUIRED',
            messageId: 'step-up.email.change',
            stepUp: {
              error: 'insufficient_user_authentication',
              assurance: 'MFA',
              acrValues: ['urn:stepgate:acr:mfa'],
              maxAge: 300,
              reason: 'MFA_STALE',
              purpose: 'email.change',
              paths: ['changeEmail'],
              challenge: [
                { factorId: authenticator.factorId, type: 'TOTP', name: expect.any(String) },
                { factorId: recovery?.id, type: 'RECOVERY_CODE', name: expect.any(String) },
              ],
              enroll: [],
              mfaToken: OPAQUE,
              expiresAt: expiresAt(),
            },
          },
        },
      ],
    })
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_user_authentication", ' +
        'error_description="Confirm it is you to change your e-mail address.", ' +
        'acr_values="urn:stepgate:acr:mfa", max_age=300',
    )
  })

  it('tells an account without factors which may be enrolled', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const refused = await client.send(MyProfileDocument)
    expect(refused.errors[0]?.extensions).toEqual({
      code: 'STEP_UP_REQUIRED',
      messageId: 'step-up.profile.read',
      stepUp: {
        error: 'insufficient_user_authentication',
        assurance: 'MFA',
        acrValues: ['urn:stepgate:acr:mfa'],
        maxAge: 300,
        reason: 'MFA_MISSING',
        purpose: 'profile.read',
        paths: ['me.profile'],
        challenge: [],
        enroll: ['WEBAUTHN', 'TOTP', 'PUSH', 'SMS'],
        mfaToken: OPAQUE,
        expiresAt: expiresAt(),
      },
    })
    expect(refused.headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_user_authentication", ' +
        'error_description="Confirm it is you to see your personal data.", ' +
        'acr_values="urn:stepgate:acr:mfa", max_age=300',
    )
  })
})
