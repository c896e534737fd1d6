import {
  ChangePasswordDocument,
  MeDocument,
  MyProfileDocument,
  RemoveFactorDocument,
  RevokeOtherSessionsDocument,
  SignOutDocument,
} from '../../schema/generated/graphql.js'
import { bearer } from '../support/answers.js'
import { refresh, signInApp } from '../support/app.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { PASSWORD, registered, signIn, withTotp } from '../support/person.js'

// Only one process can use the embedded store, so a second one needs MongoDB.
const describeWithMongo = STORES.includes('mongodb') ? describe : describe.skip

describeWithMongo('R069 what ends in one process is over in the other at once', () => {
  let here: TestGateway
  let there: TestGateway

  beforeAll(async () => {
    here = await startGateway({ store: 'mongodb' })
    there = await startGateway({ store: 'mongodb', beside: here })
  })
  afterAll(async () => {
    await there.close()
    await here.close()
  })

  it('knows a session of the other process', async () => {
    const { client } = await signIn(here, await registered(here))
    expect(codeOf(await client.at(there.url).send(MeDocument))).toBeNull()
  })

  it('refuses a cookie after the sign-out', async () => {
    const { client } = await signIn(here, await registered(here))
    const copy = client.copy().at(there.url)
    dataOf(await client.send(SignOutDocument))
    expect(codeOf(await copy.send(MeDocument))).toBe('UNAUTHENTICATED')
  })

  it('refuses access token and refresh token of a session ended elsewhere, although the token has minutes left', async () => {
    const email = await registered(here)
    const { client } = await signIn(here, email)
    const { accessToken, refreshToken } = await signInApp(here, email)
    expect(codeOf(await bearer(there, accessToken).send(MeDocument))).toBeNull()
    dataOf(await client.send(RevokeOtherSessionsDocument))
    expect(codeOf(await bearer(there, accessToken).send(MeDocument))).toBe('UNAUTHENTICATED')
    expect(codeOf(await refresh(there, refreshToken))).toBe('UNAUTHENTICATED')
  })

  it('refuses every other session after a new password', async () => {
    const email = await registered(here)
    const [{ client }, { client: other }] = [await signIn(here, email), await signIn(here, email)]
    const input = { currentPassword: PASSWORD, newPassword: 'a passphrase made anew', revokeOthers: true }
    dataOf(await client.send(ChangePasswordDocument, { input }))
    expect(codeOf(await other.at(there.url).send(MeDocument))).toBe('UNAUTHENTICATED')
    expect(codeOf(await client.at(there.url).send(MeDocument))).toBeNull()
  })

  it('revokes the assurance of a removed factor', async () => {
    const person = await withTotp(here)
    const beyond = person.client.copy().at(there.url)
    expect(codeOf(await beyond.send(MyProfileDocument))).toBeNull()
    dataOf(await person.client.send(RemoveFactorDocument, { factorId: person.authenticator.factorId }))
    expect(codeOf(await beyond.send(MyProfileDocument))).toBe('STEP_UP_REQUIRED')
  })
})
