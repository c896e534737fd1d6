import { MeDocument, MySessionsDocument } from '../../schema/generated/graphql.js'
import { bearer } from '../support/answers.js'
import { refresh, signInApp } from '../support/app.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { registered, signIn, stepUp, withTotp } from '../support/person.js'

const MINUTE = 60
const HOUR = 3600

describe.each(STORES)('R065 the lifetime of a session, on the %s store', (store) => {
  let gateway: TestGateway
  let email: string

  beforeEach(async () => {
    gateway = await startGateway({ store })
    email = await registered(gateway)
  })
  afterEach(() => gateway.close())

  const isIn = async (client: Client) => codeOf(await client.send(MeDocument)) === null

  it('allows 59 minutes without use, but not 61', async () => {
    const { client } = await signIn(gateway, email)
    gateway.clock.advance(59 * MINUTE)
    expect(await isIn(client)).toBe(true)
    gateway.clock.advance(61 * MINUTE)
    expect(await isIn(client)).toBe(false)
    gateway.clock.advance(-61 * MINUTE)
    const { client: other } = await signIn(gateway, email)
    expect(dataOf(await other.send(MySessionsDocument)).mySessions.length).toBeGreaterThan(0)
  })

  it('ends after 24 hours however busy it was', async () => {
    const { client } = await signIn(gateway, email)
    for (let minutes = 0; minutes < 24 * 60 - 30; minutes += 30) {
      gateway.clock.advance(30 * MINUTE)
      expect(await isIn(client)).toBe(true)
    }
    gateway.clock.advance(30 * MINUTE)
    expect(await isIn(client)).toBe(false)
  })

  it('ends after 24 hours although it is refreshed every few minutes (R066)', async () => {
    let { refreshToken, accessToken } = await signInApp(gateway, email)
    for (let elapsed = 20 * MINUTE; elapsed < 24 * HOUR; elapsed += 20 * MINUTE) {
      gateway.clock.advance(20 * MINUTE)
      ;({ refreshToken, accessToken } = dataOf(await refresh(gateway, refreshToken)).refreshSession)
    }
    const app = bearer(gateway, accessToken)
    gateway.clock.advance(20 * MINUTE - 1)
    expect(codeOf(await refresh(gateway, refreshToken))).toBeNull()
    gateway.clock.advance(1)
    expect(codeOf(await refresh(gateway, refreshToken))).toBe('UNAUTHENTICATED')
    expect(await isIn(app)).toBe(false)
  })

  it('ends a refresh token that was unused for more than an hour (R078)', async () => {
    const { refreshToken } = await signInApp(gateway, email)
    gateway.clock.advance(61 * MINUTE)
    expect(codeOf(await refresh(gateway, refreshToken))).toBe('UNAUTHENTICATED')
  })

  it('does not change with a step-up', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const endOf = async () =>
      dataOf(await client.send(MySessionsDocument)).mySessions.find((each) => each.current)?.expiresAt
    const before = await endOf()
    gateway.clock.advance(30 * MINUTE)
    await stepUp(gateway, client, authenticator)
    expect(await endOf()).toBe(before)
  })

  it('is ten minutes for a sign-in that waits for its second factor, used or not', async () => {
    const person = await withTotp(gateway)
    const { client } = await signIn(gateway, person.email)
    gateway.clock.advance(9 * MINUTE)
    expect(codeOf(await client.send(MeDocument))).toBe('MFA_REQUIRED')
    gateway.clock.advance(MINUTE)
    expect(codeOf(await client.send(MeDocument))).toBe('UNAUTHENTICATED')
  })
})

describe('R066 the rhythm of an app', () => {
  it('refreshes every five minutes for 25 hours and is signed out after 24', async () => {
    const gateway = await startGateway()
    let { refreshToken } = await signInApp(gateway, await registered(gateway))
    let refreshed = 0
    for (let turn = 0; turn < 300; turn += 1) {
      gateway.clock.advance(5 * MINUTE)
      const { data } = await refresh(gateway, refreshToken)
      if (!data) break
      ;({ refreshToken } = data.refreshSession)
      refreshed += 1
    }
    expect(refreshed).toBe(287)
    await gateway.close()
  })
})
