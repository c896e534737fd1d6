import {
  AccountsDocument,
  EnrollFactorDocument,
  MeDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { openPeople } from '../../src/store/person-document.js'
import { ask, bearer, eventsOf, pendingSignIn, ROOMY, storedPerson } from '../support/answers.js'
import { refresh, signInApp, signInAppWithFactor } from '../support/app.js'
import { codeOf, dataOf } from '../support/client.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { interruptedStore } from '../support/interrupted-store.js'
import { giveEmailFactor } from '../support/notices.js'
import { adminAnswer, askToMove, grant, madeOperator, revoke, rolesSeen, signedInAnew } from '../support/operators.js'
import {
  answer,
  authenticatorOf,
  enrollTotp,
  passedOf,
  registered,
  signIn,
  stepUp,
  withTotp,
} from '../support/person.js'
import { isMessage, newestMail } from '../support/messages.js'

describe.each(STORES)('R161 gaining and losing a role, on the %s store', (store) => {
  const network = interruptedStore()
  let gateway: TestGateway

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY, wrapStore: network.wrap })
    await withTotp(gateway, ADMIN)
  })
  afterAll(() => gateway.close())

  describe('an account that gains it', () => {
    it('has no session left: no active one, no waiting one, and no refresh token', async () => {
      const person = await withTotp(gateway)
      const waiting = await pendingSignIn(gateway, person.email)
      const tokens = await signInAppWithFactor(gateway, person)
      const { status, text } = await grant(gateway, person.email)
      expect([status, text]).toEqual([0, expect.stringMatching(/is now an operator\. 3 sessions were ended/)])

      expect((await storedPerson(gateway, person.email)).sessions).toEqual({})
      expect(codeOf(await person.client.send(MeDocument))).toBe('UNAUTHENTICATED')
      expect(codeOf(await bearer(gateway, tokens.accessToken).send(MeDocument))).toBe('UNAUTHENTICATED')
      expect(codeOf(await refresh(gateway, tokens.refreshToken))).toBe('UNAUTHENTICATED')
      const late = await ask(waiting.client, person.authenticator.factorId, waiting.stepUp.mfaToken)
      expect(codeOf(late)).toBe('UNAUTHENTICATED')
    })

    it('is challenged at the next sign-in, even on a remembered device', async () => {
      const person = await withTotp(gateway)
      await stepUp(gateway, person.client, person.authenticator, { rememberDevice: true })
      const { result: spared } = await signIn(gateway, person.email, {}, person.client)
      expect(spared.__typename).toBe('SignedIn')
      await grant(gateway, person.email)
      const { result } = await signIn(gateway, person.email, {}, person.client)
      expect(result.__typename).toBe('MfaRequired')
      const { client } = await signedInAnew(gateway, person)
      expect(await rolesSeen(client)).toEqual(['ADMIN'])
    })

    it('must enrol a second factor before anything else, if it has none', async () => {
      const email = await registered(gateway)
      await grant(gateway, email)
      const { client, result } = await signIn(gateway, email)
      expect(result.__typename).toBe('MfaEnrollmentRequired')
      expect(codeOf(await client.send(MeDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
      const { authenticator } = await enrollTotp(gateway, client)
      expect(await rolesSeen(client)).toEqual(['ADMIN'])
      expect(await adminAnswer(gateway, { email, client, authenticator, recoveryCodes: [] })).toBeNull()
    })

    it('loses waiting enrolments: they may belong to an attacker with a session', async () => {
      const email = await registered(gateway)
      const { client } = await signIn(gateway, email)
      const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
      await grant(gateway, email)
      expect((await storedPerson(gateway, email)).enrollments).toEqual({})
      const thief = authenticatorOf(gateway, enrollFactor.factor.id, enrollFactor.totp?.secret ?? '')
      const { client: next } = await signIn(gateway, email)
      const tried = await answer(next, enrollFactor.challenge?.id ?? '', thief.code()).catch(() => null)
      expect(tried && tried.__typename === 'ChallengePassed' ? passedOf(tried) : null).toBeNull()
    })

    it('keeps its address: a change that was requested before is void', async () => {
      const person = await withTotp(gateway)
      dataOf(await askToMove(gateway, person, 'thief@example.com'))
      const token = await gateway.linkTokenFor('thief@example.com')
      gateway.clock.advance(1)
      await grant(gateway, person.email)
      const followed = await gateway.client().send(VerifyEmailDocument, { input: { token } })
      expect(codeOf(followed)).toBe('BAD_USER_INPUT')
      expect((await storedPerson(gateway, person.email)).email).toBe(person.email)
    })

    it('is on record with what ended', async () => {
      const person = await withTotp(gateway)
      const { _id: id, sessions } = await storedPerson(gateway, person.email)
      await grant(gateway, person.email)
      const [event, ...more] = await eventsOf(gateway, person.email, 'admin.role_granted')
      expect(more).toEqual([])
      expect(event).toMatchObject({
        actor: { id: null, type: 'OPERATOR' },
        targets: [{ id, type: 'ACCOUNT' }],
        reason: 'command-line',
        context: null,
      })
      const ended = await eventsOf(gateway, person.email, 'session.revoked')
      expect(ended.at(-1)).toMatchObject({
        reason: 'role-granted',
        targets: expect.arrayContaining([{ id, type: 'ACCOUNT' }]),
      })
      // A session and the one it replaced count as one.
      const stored = Object.values(sessions)
      const named =
        ended
          .at(-1)
          ?.targets.filter(({ type }) => type === 'SESSION')
          .map((each) => each.id) ?? []
      const signIns = named.map((each) => stored.find((session) => session.id === each)?.signInId)
      expect(signIns.sort()).toEqual([...new Set(stored.map(({ signInId }) => signInId))].sort())
    })

    it('loses nothing when the role is granted again', async () => {
      const operator = await madeOperator(gateway, await withTotp(gateway))
      const again = await grant(gateway, operator.email)
      expect([again.status, again.text]).toEqual([0, expect.stringMatching(/already an operator/)])
      expect(await adminAnswer(gateway, operator)).toBeNull()
      expect(await eventsOf(gateway, operator.email, 'admin.role_granted')).toHaveLength(1)
    })
  })

  it('a session from before the grant does not have it, even if the session still exists', async () => {
    const person = await withTotp(gateway)
    const tokens = await signInAppWithFactor(gateway, person)
    const grantedAt = new Date(gateway.clock.now().getTime() + 1)
    const role = { grantedAt, grantedBy: 'COMMAND_LINE', revokedAt: null }
    await openPeople(gateway.store).changeOne({ emailKey: person.email }, { $set: { 'roles.ADMIN': role } })
    gateway.clock.advance(60)
    expect(await rolesSeen(person.client)).toEqual([])
    expect(await adminAnswer(gateway, person)).toBe('FORBIDDEN')
    const renewed = dataOf(await refresh(gateway, tokens.refreshToken)).refreshSession
    expect(await rolesSeen(bearer(gateway, renewed.accessToken))).toEqual([])
    expect(await adminAnswer(gateway, await signedInAnew(gateway, person))).toBeNull()
  })

  it('a sign-in under way when it is granted is judged again', async () => {
    const person = await withTotp(gateway)
    await stepUp(gateway, person.client, person.authenticator, { rememberDevice: true })
    // Not remembered here and of low risk, except for the role.
    network.before('accounts', 'changeOne', () => grant(gateway, person.email))
    const { client, result } = await signIn(gateway, person.email, {}, person.client)
    expect(result.__typename).toBe('MfaRequired')
    expect(codeOf(await client.send(MeDocument))).toBe('MFA_REQUIRED')
  })

  it('a sign-in without a second factor under way when it is granted does not open unchanged', async () => {
    const email = await registered(gateway)
    network.before('accounts', 'changeOne', () => grant(gateway, email))
    const { client } = await signIn(gateway, email)
    const { sessions, roles } = await storedPerson(gateway, email)
    expect(Object.keys(sessions)).toHaveLength(1)
    for (const { signedInAt } of Object.values(sessions)) {
      expect(signedInAt >= (roles?.ADMIN?.grantedAt ?? new Date(NaN))).toBe(true)
    }
    expect(codeOf(await client.send(AccountsDocument, {}))).not.toBeNull()
  })

  describe('an account that loses it', () => {
    it('has lost it at the next request of every live session', async () => {
      const operator = await madeOperator(gateway, await withTotp(gateway))
      const tokens = await signInAppWithFactor(gateway, operator)
      const app = bearer(gateway, tokens.accessToken)
      expect(await rolesSeen(app)).toEqual(['ADMIN'])
      expect(await adminAnswer(gateway, operator)).toBeNull()
      expect(await revoke(gateway, operator.email)).toMatchObject({ status: 0 })
      expect(codeOf(await operator.client.send(AccountsDocument, {}))).toBe('FORBIDDEN')
      expect(await rolesSeen(operator.client)).toEqual([])
      expect(await rolesSeen(app)).toEqual([])
    })

    it('can gain it again, and must sign in again for it', async () => {
      const operator = await madeOperator(gateway, await withTotp(gateway))
      await revoke(gateway, operator.email)
      gateway.clock.advance(1)
      await grant(gateway, operator.email)
      expect(codeOf(await operator.client.send(MeDocument))).toBe('UNAUTHENTICATED')
      expect(await adminAnswer(gateway, await signedInAnew(gateway, operator))).toBeNull()
      const events = await eventsOf(gateway, operator.email, 'admin.role_granted')
      expect(events).toHaveLength(2)
    })
  })

  describe('the account is told', () => {
    const told = async (address: string, name: 'role-granted' | 'role-revoked') => {
      const { subject, text } = await newestMail(gateway, address, name)
      // When and how, and nothing that opens anything.
      expect(text).toMatch(/^Time: .*2100/m)
      expect(text).not.toMatch(/token=|https?:/)
      return { subject, by: /^(?:Granted|Revoked) by: (.*)$/m.exec(text)?.[1] }
    }
    const GAINED = 'role-granted'
    const LOST = 'role-revoked'

    it('that it gained the role and lost it on the command line, at every proved address', async () => {
      const person = await withTotp(gateway)
      await giveEmailFactor(gateway, person.email, 'spare161@example.com')
      await grant(gateway, person.email)
      for (const address of [person.email, 'spare161@example.com']) {
        expect(await told(address, GAINED)).toMatchObject({ by: 'stepgate admin grant' })
      }
      await revoke(gateway, person.email)
      expect(await told(person.email, LOST)).toMatchObject({ by: 'stepgate admin revoke' })
    })

    it('that the setting gave it the role, once', async () => {
      expect(await told(ADMIN, GAINED)).toMatchObject({ by: 'STEPGATE_ADMINISTRATORS' })
      await signIn(gateway, ADMIN)
      expect((await gateway.mailTo(ADMIN)).filter(isMessage(GAINED))).toHaveLength(1)
    })

    it('nothing when nothing changed', async () => {
      const person = await withTotp(gateway)
      await revoke(gateway, person.email)
      expect(
        (await gateway.mailTo(person.email)).filter((mail) => isMessage(GAINED)(mail) || isMessage(LOST)(mail)),
      ).toEqual([])
    })
  })
})

// Only one process can use the embedded store, so a second one needs MongoDB.
const describeWithMongo = STORES.includes('mongodb') ? describe : describe.skip

describeWithMongo('R161 in another process', () => {
  it('a role is gained and lost there at the next request', async () => {
    const here = await startGateway({ store: 'mongodb', env: ROOMY })
    const there = await startGateway({ store: 'mongodb', beside: here })
    await withTotp(here, ADMIN)
    const person = await withTotp(here)
    const tokens = await signInApp(there, await registered(there))
    expect(await rolesSeen(bearer(there, tokens.accessToken))).toEqual([])
    expect(codeOf(await person.client.at(there.url).send(MeDocument))).toBeNull()
    await grant(here, person.email)
    expect(codeOf(await person.client.at(there.url).send(MeDocument))).toBe('UNAUTHENTICATED')
    const operator = await signedInAnew(here, person)
    expect(await rolesSeen(operator.client.at(there.url))).toEqual(['ADMIN'])
    await revoke(here, person.email)
    expect(await rolesSeen(operator.client.at(there.url))).toEqual([])
    expect(codeOf(await operator.client.at(there.url).send(AccountsDocument, {}))).toBe('FORBIDDEN')
    await there.close()
    await here.close()
  })
})
