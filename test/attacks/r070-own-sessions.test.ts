import {
  MeDocument,
  MySessionsDocument,
  RevokeOtherSessionsDocument,
  RevokeSessionDocument,
  SignOutDocument,
} from '../../schema/generated/graphql.js'
import { bearer, eventsOf } from '../support/answers.js'
import { refresh, signInApp } from '../support/app.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { registered, signIn, stepUp, withTotp } from '../support/person.js'

const isIn = async (client: Client) => codeOf(await client.send(MeDocument)) === null

describe.each(STORES)('R070 a person sees and ends their own sessions, on the %s store', (store) => {
  const gateway = gatewayForAll({ store })

  const sessionsOf = async (client: Client) => dataOf(await client.send(MySessionsDocument)).mySessions

  it('lists every live session and marks the current one', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    gateway.clock.advance(1)
    await signIn(gateway, email)
    await signInApp(gateway, email)
    const listed = await sessionsOf(client)
    expect(listed).toHaveLength(3)
    expect(listed.filter(({ current }) => current)).toHaveLength(1)
    expect(listed.map(({ transport }) => transport).sort()).toEqual(['BEARER', 'COOKIE', 'COOKIE'])
    expect(JSON.stringify(listed)).not.toContain(client.cookies.get('stepgate-session')?.slice(44))
  })

  it('ends one, whose cookie or tokens stop working at once', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { accessToken, refreshToken } = await signInApp(gateway, email)
    const app = bearer(gateway, accessToken)
    expect(await isIn(app)).toBe(true)
    const ended = (await sessionsOf(client)).find(({ transport }) => transport === 'BEARER')
    const { revokeSession } = dataOf(await client.send(RevokeSessionDocument, { sessionId: ended?.id ?? '' }))
    expect(revokeSession.revoked).toBe(1)
    expect(await isIn(app)).toBe(false)
    expect(codeOf(await refresh(gateway, refreshToken))).toBe('UNAUTHENTICATED')
    expect(await isIn(client)).toBe(true)
    expect(await eventsOf(gateway, email, 'session.revoked')).toHaveLength(1)
  })

  it('ends all others and keeps the current one', async () => {
    const email = await registered(gateway)
    const [here, there, app] = [
      (await signIn(gateway, email)).client,
      (await signIn(gateway, email)).client,
      bearer(gateway, (await signInApp(gateway, email)).accessToken),
    ]
    expect(dataOf(await here.send(RevokeOtherSessionsDocument)).revokeOtherSessions.revoked).toBe(2)
    expect([await isIn(here), await isIn(there), await isIn(app)]).toEqual([true, false, false])
    expect(dataOf(await here.send(RevokeOtherSessionsDocument)).revokeOtherSessions.revoked).toBe(0)
  })

  it('requires a proof from an account with a factor', async () => {
    const person = await withTotp(gateway)
    gateway.clock.advance(3600 - 60)
    dataOf(await person.client.send(MeDocument))
    gateway.clock.advance(120)
    for (const sent of [
      await person.client.send(RevokeOtherSessionsDocument),
      await person.client.send(RevokeSessionDocument, { sessionId: 'A'.repeat(22) }),
    ]) {
      expect(codeOf(sent)).toBe('STEP_UP_REQUIRED')
    }
    await stepUp(gateway, person.client, person.authenticator)
    expect(codeOf(await person.client.send(RevokeOtherSessionsDocument))).toBeNull()
  })

  it('keeps the twenty most recently used sessions', async () => {
    const email = await registered(gateway)
    const clients: Client[] = []
    for (let n = 0; n < 22; n += 1) {
      gateway.clock.advance(1)
      clients.push((await signIn(gateway, email)).client)
    }
    expect(await sessionsOf(clients[21]!)).toHaveLength(20)
    expect([await isIn(clients[0]!), await isIn(clients[1]!), await isIn(clients[2]!)]).toEqual([false, false, true])
  })

  it('signs out completely: the cookie is cleared, and a copy of it stops working', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const copy = client.copy()
    const { headers } = await client.send(SignOutDocument)
    expect(headers.getSetCookie().join()).toMatch(/^stepgate-session=; Max-Age=0;/)
    expect(await isIn(copy)).toBe(false)
  })
})
