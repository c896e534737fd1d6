import { MeDocument, MySessionsDocument, SignOutDocument } from '../../schema/generated/graphql.js'
import { bearer, eventsOf, pendingSignIn, ROOMY, storedPerson } from '../support/answers.js'
import { refresh, signInAppWithFactor } from '../support/app.js'
import { codeOf, dataOf, type Answer, type Client } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { storedAccount, valueAt } from '../support/stored.js'

/** What is stored of a session that was replaced for good. */
const LEFT = ['deviceId', 'endsAt', 'presentedAt', 'refresh', 'replaces', 'reuseNotedAt', 'secretHash', 'signInId']
const ALSO_LEFT = ['state', 'supersededAt', 'transport']

describe.each(STORES)('R188 a session that was replaced for good, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { ...ROOMY, STEPGATE_RISK_MODE: 'REPORT_ONLY' } })

  const codeOfMe = async (client: Client) => codeOf(await client.send(MeDocument))
  const reasonOf = (answer: Answer<unknown>) => answer.errors[0]?.extensions['reason'] ?? null
  const reused = (email: string) => eventsOf(gateway, email, 'session.credential_reused')
  const retired = async (email: string) =>
    Object.values((await storedPerson(gateway, email)).sessions).filter(({ isRetired }) => isRetired)

  /** Begins another sign-in: it writes the person, and retires what was replaced. */
  const beginAnother = ({ email }: PersonWithFactor) => pendingSignIn(gateway, email)

  it('keeps nothing but what recognises its credentials', async () => {
    const person = await withTotp(gateway)
    await stepUp(gateway, person.client, person.authenticator)
    expect(await codeOfMe(person.client)).toBeNull()
    await beginAnother(person)
    const [session] = await retired(person.email)
    const stored = valueAt(await storedAccount(gateway, person.email), `sessions.${session?.id}`)
    expect(Object.keys(stored as object).filter((name) => ![...LEFT, ...ALSO_LEFT].includes(name))).toEqual([])
  })

  it('is still told from a wrong credential, and its reuse is recorded once', async () => {
    const person = await withTotp(gateway)
    const old = person.client.copy()
    await stepUp(gateway, person.client, person.authenticator)
    expect(await codeOfMe(person.client)).toBeNull()
    gateway.clock.advance(6)
    await beginAnother(person)
    expect(await retired(person.email)).toHaveLength(1)
    const answers = await Promise.all(Array.from({ length: 10 }, () => old.send(MeDocument)))
    for (const answer of answers)
      expect([codeOf(answer), reasonOf(answer)]).toEqual(['UNAUTHENTICATED', 'CREDENTIAL_REPLACED'])
    expect(await reused(person.email)).toMatchObject([{ outcome: 'DENIED' }])
    expect(await codeOfMe(person.client)).toBeNull()
  })

  it('is told from a wrong credential as a pending sign-in, too', async () => {
    const person = await withTotp(gateway)
    const { client } = await pendingSignIn(gateway, person.email)
    const pending = client.copy()
    await stepUp(gateway, client, person.authenticator)
    expect(await codeOfMe(client)).toBeNull()
    gateway.clock.advance(6)
    await beginAnother(person)
    expect(reasonOf(await pending.send(MeDocument))).toBe('CREDENTIAL_REPLACED')
    expect(await reused(person.email)).toHaveLength(1)
  })

  it('still ends its family when its refresh token comes back', async () => {
    const person = await withTotp(gateway)
    const before = await signInAppWithFactor(gateway, person)
    const { tokens } = await stepUp(gateway, bearer(gateway, before.accessToken), person.authenticator)
    const app = bearer(gateway, tokens!.accessToken)
    expect(await codeOfMe(app)).toBeNull()
    await beginAnother(person)
    expect((await retired(person.email)).some(({ refresh: line }) => line !== null)).toBe(true)
    expect(await codeOfMe(bearer(gateway, before.accessToken))).toBe('UNAUTHENTICATED')
    expect(codeOf(await refresh(gateway, before.refreshToken))).toBe('UNAUTHENTICATED')
    expect(await codeOfMe(app)).toBe('UNAUTHENTICATED')
    expect(await eventsOf(gateway, person.email, 'session.refresh_reused')).toHaveLength(1)
  })

  it('goes with its successor', async () => {
    const person = await withTotp(gateway)
    await stepUp(gateway, person.client, person.authenticator)
    expect(await codeOfMe(person.client)).toBeNull()
    const { client: other } = await beginAnother(person)
    dataOf(await person.client.send(SignOutDocument))
    expect(await retired(person.email)).toEqual([])
    await stepUp(gateway, other, person.authenticator)
    expect(dataOf(await other.send(MySessionsDocument)).mySessions).toHaveLength(1)
  })

  it('does not come back as an entry when it ends at the moment it is retired', async () => {
    const person = await withTotp(gateway)
    await stepUp(gateway, person.client, person.authenticator)
    expect(await codeOfMe(person.client)).toBeNull()
    const [began] = await Promise.all([beginAnother(person), person.client.send(SignOutDocument)])
    await stepUp(gateway, began.client, person.authenticator)
    expect(await codeOfMe(began.client)).toBeNull()
    const { sessions } = await storedPerson(gateway, person.email)
    for (const { secretHash } of Object.values(sessions)) expect(secretHash).toBeTruthy()
  })

  it('is not retired before its successor is presented: the answer may be lost, and the old one goes on', async () => {
    const person = await withTotp(gateway)
    const { client } = await pendingSignIn(gateway, person.email)
    const lost = client.copy()
    await stepUp(gateway, client, person.authenticator)
    await beginAnother(person)
    expect((await retired(person.email)).map(({ state }) => state)).toEqual([])
    await stepUp(gateway, lost, person.authenticator)
    expect(await codeOfMe(lost)).toBeNull()
  })
})
