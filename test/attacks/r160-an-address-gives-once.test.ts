import {
  CloseAccountDocument,
  EraseAccountDocument,
  SignUpDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { addressMark } from '../../src/operators/listed-addresses.js'
import { createKeyRing } from '../../src/kernel/key-ring.js'
import { createSecrets } from '../../src/kernel/secrets.js'
import { readConfig } from '../../src/config/index.js'
import { openPeople } from '../../src/store/person-document.js'
import { eventsOf, ROOMY, storedPerson } from '../support/answers.js'
import { distantStore } from '../support/around-store.js'
import { codeOf, dataOf } from '../support/client.js'
import { ADMIN, STORES, until } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { askForLink, followLink } from '../support/links.js'
import { adminAnswer, grant, madeOperator, moveTo, revoke, rolesSeen, signedInAnew } from '../support/operators.js'
import { enrollTotp, PASSWORD, registered, signIn, stepUp, withTotp } from '../support/person.js'
import { storedIn } from '../support/stored.js'

const listed = (n: number) => `boss${n}@example.com`
const env = {
  ...ROOMY,
  STEPGATE_ADMINISTRATORS: [ADMIN, ...Array.from({ length: 13 }, (_, n) => listed(n))].join(','),
}

describe.each(STORES)('R160 a listed address gives its role once, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env })

  const granted = (email: string) => eventsOf(gateway, email, 'admin.role_granted')

  it('to the account that is created with it, when that signs in, and the audit log says so', async () => {
    const email = await registered(gateway, listed(0))
    expect((await storedPerson(gateway, email)).roles).toEqual({})
    const { client } = await signIn(gateway, email)
    expect(await rolesSeen(client)).toEqual(['ADMIN'])
    const { _id: id } = await storedPerson(gateway, email)
    expect(await granted(email)).toMatchObject([
      { actor: { type: 'SYSTEM' }, targets: [{ id, type: 'ACCOUNT' }], reason: 'setting', outcome: 'SUCCESS' },
    ])
    await signIn(gateway, email)
    expect(await granted(email)).toHaveLength(1)
  })

  it('to an account created by a link in the mail, which proves the mailbox as well', async () => {
    const client = gateway.client()
    const { token } = await askForLink(gateway, listed(1), client)
    dataOf(await followLink(client, token))
    expect(await rolesSeen(client)).toEqual(['ADMIN'])
  })

  it('and not again when the role was revoked', async () => {
    await withTotp(gateway, ADMIN)
    const person = await withTotp(gateway, listed(2))
    expect(await revoke(gateway, person.email)).toMatchObject({ status: 0 })
    expect(await rolesSeen(person.client)).toEqual([])
    expect(await rolesSeen((await signedInAnew(gateway, person)).client)).toEqual([])
  })

  it.each([
    ['closed by its owner', listed(3)],
    ['erased by an operator', listed(4)],
  ])('and not to the next account with it, when the first was revoked and %s', async (how, email) => {
    const person = await withTotp(gateway, email)
    await revoke(gateway, email)
    const { _id: id } = await storedPerson(gateway, email)
    if (how.startsWith('closed')) {
      await stepUp(gateway, person.client, person.authenticator)
      dataOf(await person.client.send(CloseAccountDocument, { input: { password: PASSWORD } }))
    } else {
      const { client } = await madeOperator(gateway, await withTotp(gateway))
      dataOf(await client.send(EraseAccountDocument, { input: { accountId: id, reason: 'asked for it' } }))
    }
    await until(async () => ((await openPeople(gateway.store).count({ _id: id })) === 0 ? true : null))
    const next = await withTotp(gateway, email)
    expect(await rolesSeen(next.client)).toEqual([])
    expect(await adminAnswer(gateway, next)).toBe('FORBIDDEN')
  })

  // An address that an account gave up is free at once, but not on every server that speaks MongoDB.
  const whereFreeAtOnce = store === 'embedded' ? it : it.skip

  whereFreeAtOnce('and not to the next account with it, when the first has moved to another', async () => {
    const person = await withTotp(gateway, listed(12))
    await moveTo(gateway, person, 'elsewhere12@example.com')
    expect(await adminAnswer(gateway, person)).toBeNull()
    const next = await withTotp(gateway, listed(12))
    expect(await rolesSeen(next.client)).toEqual([])
    expect(await adminAnswer(gateway, next)).toBe('FORBIDDEN')
  })

  whereFreeAtOnce('nor when the first was made an operator by command before it signed in', async () => {
    const email = await registered(gateway, listed(5))
    await grant(gateway, email)
    const { client } = await signIn(gateway, email)
    const enrolled = await enrollTotp(gateway, client)
    await moveTo(gateway, { email, client, ...enrolled }, 'elsewhere5@example.com')
    expect(await rolesSeen((await withTotp(gateway, email)).client)).toEqual([])
  })

  it('stores no address for that', async () => {
    const bound = await storedIn(gateway, 'operatorAddresses')
    expect(bound.length).toBeGreaterThan(3)
    expect(JSON.stringify(bound)).not.toMatch(/@|boss/)
  })

  it('when the gateway died after it had bound the address', async () => {
    const email = await registered(gateway, listed(6))
    const { _id: accountId } = await storedPerson(gateway, email)
    await note(email, accountId)
    expect(await rolesSeen((await signIn(gateway, email)).client)).toEqual(['ADMIN'])
  })

  it('and never to a second account, whatever happened to the first', async () => {
    const email = await registered(gateway, listed(7))
    await note(email, newId())
    expect(await rolesSeen((await signIn(gateway, email)).client)).toEqual([])
    expect(await granted(email)).toEqual([])
  })

  /** Stored as `bootstrapOperator` does it. */
  async function note(email: string, accountId: AccountId) {
    const secrets = createSecrets(createKeyRing(readConfig(gateway.env).keys))
    const notes = gateway.store.collection<{ _id: string; accountId: AccountId; boundAt: Date }>({
      name: 'operatorAddresses',
      fields: ['accountId', 'boundAt'],
      indexes: [],
    })
    await notes.insert([{ _id: addressMark(secrets, email), accountId, boundAt: gateway.clock.now() }])
  }

  describe('accounts from before roles were stored', () => {
    const asBefore = (email: string, more: Readonly<Record<string, Date>> = {}) =>
      openPeople(gateway.store).changeOne(
        { emailKey: email },
        { $unset: { roles: true }, ...(Object.keys(more).length > 0 ? { $set: more } : {}) },
      )

    it('lose the role in open sessions, and have it from the next sign-in on', async () => {
      const email = await registered(gateway, 'later8@example.com')
      const { client: open } = await signIn(gateway, email)
      // Created with the address, as far as the store knows.
      await openPeople(gateway.store).changeOne(
        { emailKey: email },
        { $set: { emailKey: listed(8), email: listed(8) } },
      )
      await asBefore(listed(8))
      expect(await rolesSeen(open)).toEqual([])
      const { client } = await signIn(gateway, listed(8))
      expect(await rolesSeen(client)).toEqual(['ADMIN'])
      expect(codeOf(await open.send(SignUpDocument, { input: { email: 'x', password: 'y' } }))).toBe('BAD_USER_INPUT')
      expect(Object.keys((await storedPerson(gateway, listed(8))).sessions)).toHaveLength(1)
    })

    it('get nothing if they changed to the address', async () => {
      const email = await registered(gateway, listed(9))
      await asBefore(email, { emailChangedAt: gateway.clock.now() })
      expect(await rolesSeen((await signIn(gateway, email)).client)).toEqual([])
    })
  })
})

describe.each(STORES)('R160 races for a listed address, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env, wrapStore: distantStore })

  it('of two parallel confirmations, one creates the account, and one account has the role', async () => {
    const asked = []
    for (const client of [gateway.client(), gateway.client()]) {
      const known = await gateway.linksTo(listed(10))
      dataOf(await client.send(SignUpDocument, { input: { email: listed(10), password: PASSWORD } }))
      asked.push({ client, token: await gateway.linkTokenFor(listed(10), known) })
    }
    const followed = await Promise.all(
      asked.map(({ client, token }) => client.send(VerifyEmailDocument, { input: { token } })),
    )
    expect(followed.filter((each) => codeOf(each) === null)).toHaveLength(1)
    expect(await openPeople(gateway.store).count({ emailKey: listed(10) })).toBe(1)
    await signIn(gateway, listed(10))
    expect(await eventsOf(gateway, listed(10), 'admin.role_granted')).toHaveLength(1)
  })

  it('of many parallel first sign-ins, one gains the role; no earlier session is left', async () => {
    const email = await registered(gateway, listed(11))
    const clients = Array.from({ length: 6 }, () => gateway.client())
    await Promise.all(clients.map((client) => signIn(gateway, email, {}, client)))
    expect(await eventsOf(gateway, email, 'admin.role_granted')).toHaveLength(1)
    const { roles, sessions } = await storedPerson(gateway, email)
    const since = roles?.ADMIN?.grantedAt ?? new Date(NaN)
    for (const session of Object.values(sessions)) expect(session.signedInAt >= since).toBe(true)
    expect(Object.keys(sessions)).toHaveLength(6)
  })
})
