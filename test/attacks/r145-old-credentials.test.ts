import {
  ChangePasswordDocument,
  MeDocument,
  MyProfileDocument,
  MySessionsDocument,
  RemoveFactorDocument,
  RevokeOtherSessionsDocument,
  RevokeSessionDocument,
  SignOutDocument,
} from '../../schema/generated/graphql.js'
import { bearer, challenged, eventsOf, guess, ROOMY, storedPerson } from '../support/answers.js'
import { refresh, signInApp, signInAppWithFactor } from '../support/app.js'
import { codeOf, dataOf, type Answer, type Client } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { sessionCookieOf } from '../support/lost-answers.js'
import { PASSWORD, registered, signIn, stepUp, withTotp } from '../support/person.js'

const REPLACED = 'CREDENTIAL_REPLACED'

describe.each(STORES)('R145 an old credential beside its successor, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  const codeOfMe = async (client: Client) => codeOf(await client.send(MeDocument))
  const reasonOf = (answer: Answer<unknown>) => answer.errors[0]?.extensions['reason'] ?? null
  const reused = (email: string) => eventsOf(gateway, email, 'session.credential_reused')

  describe('once the successor was used', () => {
    it('opens nothing, says that there is a newer one, and ends nothing', async () => {
      const { client, authenticator, email } = await withTotp(gateway)
      const old = client.copy()
      await stepUp(gateway, client, authenticator)
      expect(await codeOfMe(client)).toBeNull()
      for (const field of [MeDocument, MyProfileDocument, MySessionsDocument, SignOutDocument]) {
        const refused = await old.send(field)
        expect([codeOf(refused), reasonOf(refused)]).toEqual(['UNAUTHENTICATED', REPLACED])
      }
      expect(await codeOfMe(client)).toBeNull()
      expect(await reused(email)).toHaveLength(1)
    })

    it('is in the audit log once, and not at all while requests may still be on their way', async () => {
      const { client, authenticator, email } = await withTotp(gateway)
      const old = client.copy()
      const { id } = await challenged(client, authenticator.factorId)
      expect(await guess(client, id, authenticator.code())).toBe('PASSED')
      expect(await codeOfMe(client)).toBeNull()
      gateway.clock.advance(5)
      expect(reasonOf(await old.send(MeDocument))).toBe(REPLACED)
      expect(await reused(email)).toEqual([])
      gateway.clock.advance(1)
      await Promise.all(Array.from({ length: 10 }, () => old.send(MeDocument)))
      expect(await reused(email)).toMatchObject([{ outcome: 'DENIED' }])
    })

    it('cannot be raised into a second branch by an earlier challenge', async () => {
      const { client, authenticator, email } = await withTotp(gateway)
      const old = client.copy()
      const { id } = await challenged(old, authenticator.factorId)
      await stepUp(gateway, client, authenticator)
      expect(await codeOfMe(client)).toBeNull()
      const refused = await guess(old, id, authenticator.code())
      expect(refused).toBe('UNAUTHENTICATED')
      expect(Object.values((await storedPerson(gateway, email)).sessions)).toHaveLength(2)
      expect(dataOf(await client.send(MySessionsDocument)).mySessions).toHaveLength(1)
    })

    it('differs from a wrong one, which is not told about a newer one', async () => {
      const { client, authenticator } = await withTotp(gateway)
      const old = client.copy()
      await stepUp(gateway, client, authenticator)
      await codeOfMe(client)
      const cookie = sessionCookieOf(old)
      old.cookies.set('stepgate-session', `${cookie.slice(0, 44)}${'A'.repeat(43)}`)
      const refused = await old.send(MeDocument)
      expect([codeOf(refused), reasonOf(refused)]).toEqual(['UNAUTHENTICATED', null])
    })

    it('as an access token from before a step-up opens nothing', async () => {
      const person = await withTotp(gateway)
      const before = await signInAppWithFactor(gateway, person)
      const app = bearer(gateway, before.accessToken)
      const { tokens } = await stepUp(gateway, app, person.authenticator)
      expect(await codeOfMe(app)).toBeNull()
      expect(await codeOfMe(bearer(gateway, tokens!.accessToken))).toBeNull()
      expect(await codeOfMe(app)).toBe('UNAUTHENTICATED')
    })

    it('as a refresh token from before a step-up ends the family', async () => {
      const person = await withTotp(gateway)
      const before = await signInAppWithFactor(gateway, person)
      const { tokens } = await stepUp(gateway, bearer(gateway, before.accessToken), person.authenticator)
      const app = bearer(gateway, tokens!.accessToken)
      expect(await codeOfMe(app)).toBeNull()
      expect(codeOf(await refresh(gateway, before.refreshToken))).toBe('UNAUTHENTICATED')
      expect(await codeOfMe(app)).toBe('UNAUTHENTICATED')
      expect(codeOf(await refresh(gateway, tokens!.refreshToken))).toBe('UNAUTHENTICATED')
      expect(await eventsOf(gateway, person.email, 'session.refresh_reused')).toHaveLength(1)
    })

    it('as a refresh token: fifty replays end the family once', async () => {
      const email = await registered(gateway)
      const first = await signInApp(gateway, email)
      const second = dataOf(await refresh(gateway, first.refreshToken)).refreshSession
      expect(await codeOfMe(bearer(gateway, second.accessToken))).toBeNull()
      gateway.clock.advance(6)
      const replays = await Promise.all(Array.from({ length: 50 }, () => refresh(gateway, first.refreshToken)))
      expect(new Set(replays.map(codeOf))).toEqual(new Set(['UNAUTHENTICATED']))
      expect(await codeOfMe(bearer(gateway, second.accessToken))).toBe('UNAUTHENTICATED')
      expect(await eventsOf(gateway, email, 'session.refresh_reused')).toHaveLength(1)
    })

    it('an old access token does not stand for the new refresh token', async () => {
      const first = await signInApp(gateway, await registered(gateway))
      const lost = dataOf(await refresh(gateway, first.refreshToken)).refreshSession
      expect(await codeOfMe(bearer(gateway, first.accessToken))).toBeNull()
      gateway.clock.advance(60)
      expect(await codeOfMe(bearer(gateway, first.accessToken))).toBeNull()
      const again = dataOf(await refresh(gateway, first.refreshToken)).refreshSession
      expect(again.refreshToken).toBe(lost.refreshToken)
    })
  })

  it('of fifty parallel refreshes one gets a child', async () => {
    const first = await signInApp(gateway, await registered(gateway))
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(gateway, first.refreshToken)))
    const children = answers.map((each) => dataOf(each).refreshSession)
    expect(new Set(children.map(({ refreshToken }) => refreshToken)).size).toBe(1)
    for (const { accessToken } of children.slice(0, 3)) expect(await codeOfMe(bearer(gateway, accessToken))).toBeNull()
    expect(codeOf(await refresh(gateway, children[0]!.refreshToken))).toBeNull()
  })

  it('of twenty requests during a step-up all are answered or told about the newer one, and none is signed out', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const old = client.copy()
    const { id } = await challenged(client, authenticator.factorId)
    const answering = guess(client, id, authenticator.code())
    const beside = Array.from({ length: 20 }, () => old.send(MeDocument))
    expect(await answering).toBe('PASSED')
    const after = client.send(MeDocument)
    for (const answer of await Promise.all(beside)) {
      if (codeOf(answer) === null) continue
      expect([codeOf(answer), reasonOf(answer)]).toEqual(['UNAUTHENTICATED', REPLACED])
    }
    expect(codeOf(await after)).toBeNull()
    expect(await codeOfMe(client)).toBeNull()
  })

  describe('is one session with it', () => {
    /**
     * A session whose step-up answer was lost, the client that would have the answer, and another session of the
     * account.
     */
    async function lostStepUp() {
      const person = await withTotp(gateway)
      const other = gateway.client()
      await signIn(gateway, person.email, {}, other)
      await stepUp(gateway, other, person.authenticator)
      const old = person.client
      const arrived = old.copy()
      await stepUp(gateway, arrived, person.authenticator)
      return { ...person, old, arrived, other }
    }

    const expectEnded = async (...clients: readonly Client[]) => {
      for (const client of clients) expect(await codeOfMe(client)).toBe('UNAUTHENTICATED')
    }

    it('in the list', async () => {
      const { old, other } = await lostStepUp()
      for (const client of [old, other]) {
        expect(dataOf(await client.send(MySessionsDocument)).mySessions).toHaveLength(2)
      }
    })

    it('when the person signs out with the old one', async () => {
      const { old, arrived, other } = await lostStepUp()
      dataOf(await old.copy().send(SignOutDocument))
      await expectEnded(old, arrived)
      expect(await codeOfMe(other)).toBeNull()
    })

    it('when the person signs out with the new one', async () => {
      const { old, arrived } = await lostStepUp()
      dataOf(await arrived.copy().send(SignOutDocument))
      await expectEnded(arrived, old)
    })

    it('when it is revoked by another session', async () => {
      const { old, arrived, other } = await lostStepUp()
      const sessions = dataOf(await other.send(MySessionsDocument)).mySessions
      const sessionId = sessions.find(({ current }) => !current)!.id
      expect(dataOf(await other.send(RevokeSessionDocument, { sessionId })).revokeSession.revoked).toBe(1)
      await expectEnded(old, arrived)
    })

    it('when all others are revoked, by another session and by itself', async () => {
      const { old, arrived, other } = await lostStepUp()
      expect(dataOf(await other.send(RevokeOtherSessionsDocument)).revokeOtherSessions.revoked).toBe(1)
      await expectEnded(old, arrived)
      const again = await lostStepUp()
      expect(dataOf(await again.old.send(RevokeOtherSessionsDocument)).revokeOtherSessions.revoked).toBe(1)
      await expectEnded(again.other)
      expect(await codeOfMe(again.arrived)).toBeNull()
    })

    it('when the password changes', async () => {
      const { old, arrived, other } = await lostStepUp()
      const input = { currentPassword: PASSWORD, newPassword: 'a passphrase made anew', revokeOthers: true }
      dataOf(await other.send(ChangePasswordDocument, { input }))
      await expectEnded(old, arrived)
    })

    it('when a factor is removed: neither keeps its proof', async () => {
      const { old, arrived, other, authenticator, email } = await lostStepUp()
      dataOf(await old.send(RemoveFactorDocument, { factorId: authenticator.factorId }))
      await expectEnded(other)
      expect(await codeOfMe(arrived)).toBeNull()
      const { sessions } = await storedPerson(gateway, email)
      expect(Object.values(sessions).map(({ proofs }) => Object.keys(proofs))).toEqual([[], []])
    })

    it('when its refresh token is found to be copied', async () => {
      const person = await withTotp(gateway)
      const first = await signInAppWithFactor(gateway, person)
      const second = dataOf(await refresh(gateway, first.refreshToken)).refreshSession
      const { tokens } = await stepUp(gateway, bearer(gateway, second.accessToken), person.authenticator)
      expect(codeOf(await refresh(gateway, first.refreshToken))).toBe('UNAUTHENTICATED')
      await expectEnded(bearer(gateway, second.accessToken), bearer(gateway, tokens!.accessToken))
    })
  })
})
