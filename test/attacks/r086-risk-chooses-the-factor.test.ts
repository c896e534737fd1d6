import { EnrollFactorDocument, MeDocument } from '../../schema/generated/graphql.js'
import { openPeople } from '../../src/store/person-document.js'
import { ask, challenged, guess, pendingSignIn, ROOMY, storedPerson } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { enrollTotp, signIn, stepUp, withTotp } from '../support/person.js'

interface Extension {
  readonly stepUp: { readonly mfaToken: string; readonly challenge: readonly { readonly factorId: string }[] }
}

describe.each(STORES)("R086 only the factors that a sign-in's risk admits can finish it, on the %s store", (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  /** An account with two apps, and a sign-in whose risk excluded one of them. */
  async function withOneExcluded() {
    const person = await withTotp(gateway)
    const { authenticator: excluded } = await enrollTotp(gateway, person.client)
    const { client, stepUp: asked } = await pendingSignIn(gateway, person.email)
    const { _id, sessions } = await storedPerson(gateway, person.email)
    const pending = Object.values(sessions).find(({ state }) => state === 'pending')!
    expect([...(pending.admits ?? [])].sort()).toEqual(asked.challenge.map(({ factorId }) => factorId).sort())
    const admits = asked.challenge.map(({ factorId }) => factorId).filter((id) => id !== excluded.factorId)
    await openPeople(gateway.store).changeOne({ _id }, { $set: { [`sessions.${pending.id}.admits`]: admits } })
    return { ...person, pending: client, asked, excluded, admits }
  }
  const refusedStepUp = async (client: Client) =>
    ((await client.send(MeDocument)).errors[0]?.extensions as never as Extension).stepUp

  it("challenges no other factor, with no token, with the sign-in's token, or with that of a refused operation", async () => {
    const { pending, asked, excluded } = await withOneExcluded()
    const { mfaToken } = await refusedStepUp(pending)
    for (const token of [null, asked.mfaToken, mfaToken]) {
      const refused = await ask(pending, excluded.factorId, token)
      expect([codeOf(refused), refused.errors[0]?.extensions['messageId']]).toEqual([
        'BAD_USER_INPUT',
        'challenge.factor-not-admitted',
      ])
    }
    expect(codeOf(await pending.send(MeDocument))).toBe('MFA_REQUIRED')
  })

  it('offers no other factor, whichever operation is refused', async () => {
    const { pending, admits } = await withOneExcluded()
    expect((await refusedStepUp(pending)).challenge.map(({ factorId }) => factorId).sort()).toEqual([...admits].sort())
    const refused = await pending.send(EnrollFactorDocument, { input: { type: 'TOTP' } })
    const { challenge } = (refused.errors[0]?.extensions as never as Extension).stepUp
    expect(challenge.map(({ factorId }) => factorId).sort()).toEqual([...admits].sort())
  })

  it('is finished by an admitted factor, with or without a token, and has no restriction afterwards', async () => {
    const { pending, authenticator, excluded, email } = await withOneExcluded()
    await stepUp(gateway, pending, authenticator)
    expect(dataOf(await pending.send(MeDocument)).me.email).toBe(email)
    const challenge = await challenged(pending, excluded.factorId)
    expect(await guess(pending, challenge.id, excluded.code())).toBe('PASSED')
  })

  it('is not finished by a factor added later, which its risk never judged', async () => {
    const person = await withTotp(gateway)
    const { client: pending } = await pendingSignIn(gateway, person.email)
    const { authenticator: later } = await enrollTotp(gateway, person.client)
    // A new factor ends the waiting sign-ins (R123).
    expect(codeOf(await ask(pending, later.factorId))).toBe('UNAUTHENTICATED')
  })

  it('is finished by nothing when none was admitted: the answer is a pending session with an empty list', async () => {
    const person = await withTotp(gateway)
    const { _id, factors } = await storedPerson(gateway, person.email)
    const disabled = Object.keys(factors).map((id) => [`factors.${id}.status`, 'DISABLED'] as const)
    await openPeople(gateway.store).changeOne(
      { _id },
      { $set: { ...Object.fromEntries(disabled), activeFactorCount: 0 } },
    )
    const { client, result } = await signIn(gateway, person.email)
    expect(result).toMatchObject({ __typename: 'MfaRequired', stepUp: { challenge: [], enroll: [] } })
    for (const id of Object.keys(factors)) expect(codeOf(await ask(client, id))).toBe('BAD_USER_INPUT')
    expect(codeOf(await client.send(MeDocument))).toBe('MFA_REQUIRED')
  })
})
