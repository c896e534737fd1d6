import {
  ChangePasswordDocument,
  MeDocument,
  RemoveFactorDocument,
  SignOutDocument,
} from '../../schema/generated/graphql.js'
import { bearer, eventsOf } from '../support/answers.js'
import { refresh, signInApp, signInAppWithFactor } from '../support/app.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { PASSWORD, registered, signIn, withTotp } from '../support/person.js'
import { storedIn } from '../support/stored.js'

describe.each(STORES)('R075–R078 refresh tokens, on the %s store', (store) => {
  let gateway: TestGateway
  let email: string

  beforeAll(async () => {
    gateway = await startGateway({ store })
  })
  beforeEach(async () => {
    email = await registered(gateway)
  })
  afterAll(() => gateway.close())

  const refreshed = async (token: string) => dataOf(await refresh(gateway, token)).refreshSession
  const codeOfRefresh = async (token: string) => codeOf(await refresh(gateway, token))
  const codeOfMe = async (accessToken: string) => codeOf(await bearer(gateway, accessToken).send(MeDocument))

  it('are 256 bits, rotated at every use, and stored only as SHA-256 (R077)', async () => {
    const first = await signInApp(gateway, email)
    const second = await refreshed(first.refreshToken)
    expect(second.refreshToken).not.toBe(first.refreshToken)
    for (const { refreshToken } of [first, second]) {
      const secret = refreshToken.slice(44)
      expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
      expect(JSON.stringify(await storedIn(gateway, 'accounts'))).not.toContain(secret)
    }
  })

  it('end the whole family when an old one comes back, and the audit log says so', async () => {
    const first = await signInApp(gateway, email)
    const second = await refreshed(first.refreshToken)
    expect(await codeOfMe(second.accessToken)).toBeNull()
    gateway.clock.advance(6)
    expect(await codeOfRefresh(first.refreshToken)).toBe('UNAUTHENTICATED')
    expect(await codeOfRefresh(second.refreshToken)).toBe('UNAUTHENTICATED')
    expect(await codeOfMe(second.accessToken)).toBe('UNAUTHENTICATED')
    expect(await codeOfMe(first.accessToken)).toBe('UNAUTHENTICATED')
    expect(await eventsOf(gateway, email, 'session.refresh_reused')).toMatchObject([{ outcome: 'DENIED' }])
  })

  it('end it for one that is two generations old, and for one that is twenty', async () => {
    for (const generations of [2, 20]) {
      const first = await signInApp(gateway, email)
      let last = first
      for (let n = 0; n < generations; n += 1) last = await refreshed(last.refreshToken)
      expect(await codeOfRefresh(first.refreshToken)).toBe('UNAUTHENTICATED')
      expect(await codeOfMe(last.accessToken)).toBe('UNAUTHENTICATED')
    }
    expect(await eventsOf(gateway, email, 'session.refresh_reused')).toHaveLength(2)
  })

  it('leave the other sessions of the person alone', async () => {
    const [stolen, other] = [await signInApp(gateway, email), await signInApp(gateway, email)]
    const { refreshToken } = await refreshed(stolen.refreshToken)
    await refreshed(refreshToken)
    expect(await codeOfRefresh(stolen.refreshToken)).toBe('UNAUTHENTICATED')
    expect(await codeOfMe(other.accessToken)).toBeNull()
  })

  it('give a retry the same successor, however often, until seconds after that one is used (R076)', async () => {
    const first = await signInApp(gateway, email)
    const second = await refreshed(first.refreshToken)
    gateway.clock.advance(5)
    expect((await refreshed(first.refreshToken)).refreshToken).toBe(second.refreshToken)
    expect((await refreshed(first.refreshToken)).refreshToken).toBe(second.refreshToken)
    expect(await codeOfMe(second.accessToken)).toBeNull()
    gateway.clock.advance(1)
    expect(await codeOfRefresh(first.refreshToken)).toBe('UNAUTHENTICATED')
    expect(await codeOfRefresh(second.refreshToken)).toBe('UNAUTHENTICATED')
  })

  it('do not fork: a retry after the successor was used ends the family even within the five seconds', async () => {
    const first = await signInApp(gateway, email)
    const second = await refreshed(first.refreshToken)
    const third = await refreshed(second.refreshToken)
    expect(await codeOfRefresh(first.refreshToken)).toBe('UNAUTHENTICATED')
    expect(await codeOfMe(third.accessToken)).toBe('UNAUTHENTICATED')
  })

  it('do not end a session for a token that never belonged to it', async () => {
    const { refreshToken, accessToken } = await signInApp(gateway, email)
    const invented = refreshToken.slice(0, 44) + 'A'.repeat(43)
    for (const token of [invented, refreshToken.slice(0, -1), `${refreshToken}A`, refreshToken.toLowerCase()]) {
      expect(await codeOfRefresh(token)).toBe('UNAUTHENTICATED')
    }
    expect(await codeOfMe(accessToken)).toBeNull()
    expect(await eventsOf(gateway, email, 'session.refresh_reused')).toEqual([])
  })

  it('end with the sign-out (R078)', async () => {
    const { accessToken, refreshToken } = await signInApp(gateway, email)
    dataOf(await bearer(gateway, accessToken).send(SignOutDocument))
    expect(await codeOfRefresh(refreshToken)).toBe('UNAUTHENTICATED')
  })

  it('end with a new password (R078)', async () => {
    const { refreshToken } = await signInApp(gateway, email)
    const { client } = await signIn(gateway, email)
    const input = { currentPassword: PASSWORD, newPassword: 'a passphrase made anew', revokeOthers: true }
    dataOf(await client.send(ChangePasswordDocument, { input }))
    expect(await codeOfRefresh(refreshToken)).toBe('UNAUTHENTICATED')
  })

  it('end with the removal of a factor (R078)', async () => {
    const person = await withTotp(gateway)
    const { refreshToken } = await signInAppWithFactor(gateway, person)
    expect(await codeOfRefresh(refreshToken)).toBeNull()
    const { refreshToken: other } = await signInAppWithFactor(gateway, person)
    dataOf(await person.client.send(RemoveFactorDocument, { factorId: person.authenticator.factorId }))
    expect(await codeOfRefresh(other)).toBe('UNAUTHENTICATED')
    expect(codeOf(await person.client.send(MeDocument))).toBeNull()
  })
})
