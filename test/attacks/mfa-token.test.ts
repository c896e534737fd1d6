import { MyProfileDocument } from '../../schema/generated/graphql.js'
import { codeOf, type Client } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { ask, challenged, eventsOf, guess, pendingSignIn, ROOMY, storedPerson } from '../support/answers.js'
import { enrollTotp, withTotp } from '../support/person.js'

/**
 * The `mfaToken` of a step-up: bound to session and account, valid for a limited time, spent by the step-up it was
 * issued for.
 */
describe.each(STORES)('an mfaToken, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  async function stale() {
    const person = await withTotp(gateway)
    gateway.clock.advance(301)
    return { ...person, factorId: person.authenticator.factorId, mfaToken: await tokenFor(person.client) }
  }
  async function tokenFor(client: Client): Promise<string> {
    const refused = await client.send(MyProfileDocument)
    const { mfaToken } = refused.errors[0]?.extensions['stepUp'] as { readonly mfaToken: string }
    return mfaToken
  }
  const refusalOf = async (client: Client, factorId: string, mfaToken: string) => {
    const answer = await ask(client, factorId, mfaToken)
    return [answer.status, codeOf(answer)]
  }

  it('is spent by the step-up it was issued for', async () => {
    const { client, email, factorId, authenticator, mfaToken } = await stale()
    const challenge = await challenged(client, factorId, mfaToken)
    expect(await guess(client, challenge.id, authenticator.code())).toBe('PASSED')
    expect(codeOf(await client.send(MyProfileDocument))).toBeNull()
    expect(await eventsOf(gateway, email, 'step_up.satisfied')).toHaveLength(1)
    expect(await refusalOf(client, factorId, mfaToken)).toEqual([401, 'MFA_TOKEN_NOT_FOUND'])
  })

  it('is invalid when any part of it was changed, or when it was never issued', async () => {
    const { client, factorId, mfaToken } = await stale()
    const [claim = '', mac = ''] = mfaToken.split('~')
    const [nonce = '', expiry = ''] = claim.split('.')
    const [key = '', hash = ''] = mac.split('.')
    const later = (parseInt(expiry, 36) + 3600).toString(36)
    const other = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
    const tampered = [
      `${other(nonce)}.${expiry}~${mac}`,
      `${nonce}.${later}~${mac}`,
      `${nonce}.${expiry.toUpperCase()}~${mac}`,
      `${claim}~${key}.${other(hash)}`,
      `${claim}~other.${hash}`,
      `${claim}~${hash}`,
      claim,
      `${mfaToken}.`,
      ` ${mfaToken}`,
      'x',
      '~',
      'A'.repeat(512),
    ]
    for (const token of tampered) {
      expect([token, ...(await refusalOf(client, factorId, token))]).toEqual([token, 401, 'MFA_TOKEN_INVALID'])
    }
    expect((await challenged(client, factorId, mfaToken)).purpose).toBe('STEP_UP')
  })

  it('expires, to the second', async () => {
    const { client, factorId, mfaToken } = await stale()
    gateway.clock.advance(299)
    expect((await ask(client, factorId, mfaToken)).errors).toEqual([])
    gateway.clock.advance(1)
    expect(await refusalOf(client, factorId, mfaToken)).toEqual([401, 'MFA_TOKEN_EXPIRED'])
  })

  it('is not found in another session of the same account, or of another account', async () => {
    const [theirs, mine] = [await stale(), await stale()]
    const { client: elsewhere, stepUp } = await pendingSignIn(gateway, mine.email)
    expect(await refusalOf(elsewhere, mine.factorId, mine.mfaToken)).toEqual([401, 'MFA_TOKEN_NOT_FOUND'])
    expect(await refusalOf(mine.client, mine.factorId, stepUp.mfaToken)).toEqual([401, 'MFA_TOKEN_NOT_FOUND'])
    expect(await refusalOf(theirs.client, theirs.factorId, mine.mfaToken)).toEqual([401, 'MFA_TOKEN_NOT_FOUND'])
    expect((await ask(mine.client, mine.factorId, await tokenFor(mine.client))).errors).toEqual([])
  })

  it('does not outlive its session', async () => {
    const { client, factorId, authenticator, mfaToken } = await stale()
    const challenge = await challenged(client, factorId)
    expect(await guess(client, challenge.id, authenticator.code())).toBe('PASSED')
    expect(await refusalOf(client, factorId, mfaToken)).toEqual([401, 'MFA_TOKEN_NOT_FOUND'])
  })

  it('does not accept a factor enrolled since: that change has ended its sign-in', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const { client: pending, stepUp } = await pendingSignIn(gateway, email)
    const { authenticator: younger } = await enrollTotp(gateway, client)
    const admitted = stepUp.challenge.map(({ factorId }) => factorId)
    expect(admitted).toContain(authenticator.factorId)
    expect(admitted).not.toContain(younger.factorId)
    expect(await refusalOf(pending, younger.factorId, stepUp.mfaToken)).toEqual([401, 'UNAUTHENTICATED'])
  })

  it('is stored only as a hash', async () => {
    const { email, mfaToken } = await stale()
    const person = JSON.stringify(await storedPerson(gateway, email))
    const [nonce = '', , , mac = ''] = mfaToken.split(/[~.]/)
    for (const secret of [mfaToken, nonce, mac]) expect(person).not.toContain(secret)
  })
})
