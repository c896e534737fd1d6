import { VerifyChallengeDocument } from '../../schema/generated/graphql.js'
import { ROOMY } from '../support/answers.js'
import { dataOf, type Answer } from '../support/client.js'
import { CALLS, FIELDS_WITH_IDS, UNKNOWN, type Ids } from '../support/calls-with-ids.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { idsOf } from '../support/ids-of.js'
import { tenant } from '../support/organizations.js'
import type { PersonWithFactor } from '../support/person.js'
import { newOperator } from '../support/services.js'
import { storedAccount } from '../support/stored.js'

const seenIn = ({ status, text }: Answer<unknown>) => ({ status, text })

describe.each(STORES)('R102 ids of another account, on the %s store', (store) => {
  let gateway: TestGateway
  let alice: PersonWithFactor
  let bob: PersonWithFactor
  let ids: Ids

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY })
    // Each administers their own organization.
    const ofAlice = await tenant(gateway, 'Of Alice')
    ids = await idsOf(gateway, await newOperator(gateway), ofAlice)
    alice = ofAlice.admin
    bob = (await tenant(gateway, 'Of Bob')).admin
  })
  afterAll(() => gateway.close())

  it('the list covers every field that takes an id', () => {
    expect([...FIELDS_WITH_IDS].sort()).toEqual(Object.keys(CALLS).sort())
  })

  it.each(Object.entries(CALLS))('answer %s like unknown ids, and change nothing', async (_, [document, of]) => {
    const [aliceBefore, bobBefore] = [
      await storedAccount(gateway, alice.email),
      await storedAccount(gateway, bob.email),
    ]
    const foreign = await bob.client.send(document.toString(), of(ids))
    const unknown = await bob.client.send(document.toString(), of(UNKNOWN))
    expect(seenIn(foreign)).toEqual(seenIn(unknown))
    expect(foreign.text).not.toContain(ids.account)
    expect(await storedAccount(gateway, alice.email)).toEqual(aliceBefore)
    expect(await storedAccount(gateway, bob.email)).toEqual(bobBefore)
  })

  it('answer another session of the same account alike, when the challenge is not its own', async () => {
    const input = { challengeId: ids.challenge, code: alice.authenticator.code() }
    const { verifyChallenge } = dataOf(await bob.client.send(VerifyChallengeDocument, { input }))
    expect(verifyChallenge).toMatchObject({ __typename: 'ChallengeFailed', code: 'CHALLENGE_NOT_AVAILABLE' })
  })
})
