import {
  ChallengeFactorDocument,
  DiscoverOrganizationsDocument,
  EnrollFactorDocument,
  MeDocument,
  MyProfileDocument,
  MySessionsDocument,
  SelectOrganizationDocument,
  SignInDocument,
} from '../../schema/generated/graphql.js'
import { bearer, challenged, guess, pendingSignIn, ROOMY } from '../support/answers.js'
import { refresh, signInApp, signInAppWithFactor } from '../support/app.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { DELAYS, losing, sessionCookieOf } from '../support/lost-answers.js'
import { tenant } from '../support/organizations.js'
import { authenticatorOf, PASSWORD, registered, signIn, stepUp, withTotp } from '../support/person.js'

describe.each(STORES)('R144 a lost answer costs nothing, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  const codeOfMe = async (client: Client) => codeOf(await client.send(MeDocument))
  const idsOf = async (client: Client) => dataOf(await client.send(MySessionsDocument)).mySessions.map(({ id }) => id)

  describe.each(DELAYS)('for a client that retries after %d seconds', (seconds) => {
    it('when it signs in again: its session continues until the new one is used', async () => {
      const { client, email, authenticator } = await withTotp(gateway)
      await losing(client, (copy) => signIn(gateway, email, {}, copy))
      gateway.clock.advance(seconds)
      expect(await codeOfMe(client)).toBeNull()
      const old = client.copy()
      await signIn(gateway, email, {}, client)
      expect(await codeOfMe(old)).toBeNull()
      await stepUp(gateway, client, authenticator)
      expect(await codeOfMe(client)).toBeNull()
      expect(await codeOfMe(old)).toBe('UNAUTHENTICATED')
    })

    it('when it finishes its sign-in: it stays pending, and another code finishes it', async () => {
      const person = await withTotp(gateway)
      const { client } = await pendingSignIn(gateway, person.email)
      await losing(client, (copy) => stepUp(gateway, copy, person.authenticator))
      gateway.clock.advance(seconds - 40 > 0 ? seconds - 40 : 0)
      expect(await codeOfMe(client)).toBe('MFA_REQUIRED')
      const pending = client.copy()
      await stepUp(gateway, client, person.authenticator)
      expect(await codeOfMe(client)).toBeNull()
      expect(await codeOfMe(pending)).toBe('UNAUTHENTICATED')
    })

    it('when it steps up: it continues at its old level, and gains nothing from the proof whose answer was lost', async () => {
      const { client, authenticator } = await withTotp(gateway)
      gateway.clock.advance(400)
      await losing(client, (copy) => stepUp(gateway, copy, authenticator))
      gateway.clock.advance(seconds - 30 > 0 ? seconds - 30 : 0)
      expect(await codeOfMe(client)).toBeNull()
      expect(codeOf(await client.send(MyProfileDocument))).toBe('STEP_UP_REQUIRED')
      const old = client.copy()
      await stepUp(gateway, client, authenticator)
      expect(codeOf(await client.send(MyProfileDocument))).toBeNull()
      expect(await codeOfMe(old)).toBe('UNAUTHENTICATED')
      expect(await idsOf(client)).toHaveLength(1)
    })

    it('when it enrols its first factor: it stays signed in by its first factor, and the new one steps it up', async () => {
      const email = await registered(gateway)
      const { client } = await signIn(gateway, email)
      const { factor, challenge, totp } = dataOf(
        await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }),
      ).enrollFactor
      const authenticator = authenticatorOf(gateway, factor.id, totp!.secret)
      await losing(client, (copy) => guess(copy, challenge!.id, authenticator.code()))
      gateway.clock.advance(Math.max(30, seconds))
      expect(codeOf(await client.send(MyProfileDocument))).toBe('STEP_UP_REQUIRED')
      await stepUp(gateway, client, authenticator)
      expect(codeOf(await client.send(MyProfileDocument))).toBeNull()
    })

    it('when it chooses an organization: it chooses again', async () => {
      const acme = await tenant(gateway)
      const client = gateway.client()
      const input = { email: acme.admin.email, password: PASSWORD, discover: true }
      dataOf(await client.send(SignInDocument, { input }))
      const choose = (each: Client) => each.send(SelectOrganizationDocument, { input: { organizationId: acme.id } })
      const lost = client.copy()
      dataOf(await choose(lost))
      gateway.clock.advance(seconds - 1)
      expect(codeOf(await client.send(DiscoverOrganizationsDocument))).toBeNull()
      expect(dataOf(await choose(client)).selectOrganization.__typename).toBe('MfaRequired')
      // Whichever answer arrives last, it is the same credential.
      expect(sessionCookieOf(client)).toBe(sessionCookieOf(lost))
      await stepUp(gateway, client, acme.admin.authenticator)
      expect(await codeOfMe(client)).toBeNull()
    })

    it('when an app refreshes, three times in a row', async () => {
      let tokens = await signInApp(gateway, await registered(gateway))
      for (let nth = 0; nth < 3; nth += 1) {
        const lost = dataOf(await refresh(gateway, tokens.refreshToken)).refreshSession
        gateway.clock.advance(seconds)
        const again = dataOf(await refresh(gateway, tokens.refreshToken)).refreshSession
        expect(again.refreshToken).toBe(lost.refreshToken)
        tokens = again
      }
      expect(await codeOfMe(bearer(gateway, tokens.accessToken))).toBeNull()
    })

    it('when an app steps up: its tokens continue at their old level, even through a refresh', async () => {
      const person = await withTotp(gateway)
      const tokens = await signInAppWithFactor(gateway, person)
      gateway.clock.advance(270)
      await stepUp(gateway, bearer(gateway, tokens.accessToken), person.authenticator)
      gateway.clock.advance(Math.max(0, seconds - 30))
      const again = dataOf(await refresh(gateway, tokens.refreshToken)).refreshSession
      const app = bearer(gateway, again.accessToken)
      expect(await codeOfMe(app)).toBeNull()
      expect(codeOf(await app.send(MyProfileDocument))).toBe('STEP_UP_REQUIRED')
      const { tokens: raised } = await stepUp(gateway, app, person.authenticator)
      expect(codeOf(await bearer(gateway, raised!.accessToken).send(MyProfileDocument))).toBeNull()
      expect(await codeOfMe(app)).toBe('UNAUTHENTICATED')
    })
  })

  it('ends the old session after ten minutes, used or not, however often its client retries', async () => {
    const { client, email } = await withTotp(gateway)
    for (let nth = 0; nth < 3; nth += 1) {
      await losing(client, (copy) => signIn(gateway, email, {}, copy))
      gateway.clock.advance(200)
      expect(await codeOfMe(client)).toBeNull()
    }
    gateway.clock.advance(1)
    expect(await codeOfMe(client)).toBe('UNAUTHENTICATED')
  })

  it('leaves the new session alone when the answer arrives late', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const arrived = client.copy()
    await stepUp(gateway, arrived, authenticator)
    gateway.clock.advance(700)
    expect(await codeOfMe(client)).toBe('UNAUTHENTICATED')
    expect(await codeOfMe(arrived)).toBeNull()
  })

  it('gives two tabs that step up in parallel one credential, and neither is signed out', async () => {
    const { client, authenticator, recoveryCodes } = await withTotp(gateway)
    const [one, other] = [client.copy(), client.copy()]
    const challenge = await challenged(one, authenticator.factorId)
    await stepUp(gateway, other, authenticator)
    expect(await guess(one, challenge.id, recoveryCodes[0]!)).not.toBe('PASSED')
    await stepUp(gateway, one, authenticator)
    expect(sessionCookieOf(one)).toBe(sessionCookieOf(other))
    for (const tab of [one, other]) expect(codeOf(await tab.send(MyProfileDocument))).toBeNull()
  })

  it('of a code sent twice: one answer passes, and its credential works', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const { id } = await challenged(client, authenticator.factorId)
    const clicks = [client.copy(), client.copy()]
    const verdicts = await Promise.all(clicks.map((each) => guess(each, id, authenticator.code())))
    expect(verdicts).toContain('PASSED')
    const refusals = verdicts.filter((verdict) => verdict !== 'PASSED')
    // The second spends its attempt before the first passes, or comes too late for that.
    expect(refusals).toEqual([expect.stringMatching(/^(CHALLENGE_NOT_AVAILABLE|CODE_INVALID)$/)])
    const passed = clicks[verdicts.indexOf('PASSED')]!
    const failed = clicks[1 - verdicts.indexOf('PASSED')]!
    expect(await codeOfMe(failed)).toBeNull()
    expect(
      codeOf(await failed.send(ChallengeFactorDocument, { input: { factorId: authenticator.factorId } })),
    ).toBeNull()
    expect(await codeOfMe(passed)).toBeNull()
  })

  it("ends the browser's session of another account, once the new one is used", async () => {
    const [one, other] = [await registered(gateway), await registered(gateway)]
    const { client } = await signIn(gateway, one)
    await losing(client, (copy) => signIn(gateway, other, {}, copy))
    expect(dataOf(await client.send(MeDocument)).me.email).toBe(one)
    const old = client.copy()
    await signIn(gateway, other, {}, client)
    expect(await codeOfMe(old)).toBeNull()
    expect(await codeOfMe(client)).toBeNull()
    expect(await codeOfMe(old)).toBe('UNAUTHENTICATED')
  })
})

describe.each(STORES)("R144 the cost of a new session's first use, on the %s store", (store) => {
  it('is one command, in every process', async () => {
    // A separate gateway: with organizations, their changes are polled in the background.
    const gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_AUDIT_LINGER: '60000' } })
    // Only one process can use the embedded store.
    const elsewhere = store === 'mongodb' ? await startGateway({ beside: gateway }) : null
    const { client, authenticator } = await withTotp(gateway)
    await stepUp(gateway, client, authenticator)
    for (const { app, url } of elsewhere ? [gateway, elsewhere, gateway, elsewhere] : [gateway, gateway]) {
      const before = app.roundTrips()
      expect(codeOf(await client.at(url).send(MeDocument))).toBeNull()
      expect(app.roundTrips() - before).toBe(1)
    }
    await elsewhere?.close()
    await gateway.close()
  })
})
