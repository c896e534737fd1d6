import {
  AccountsDocument,
  CloseAccountDocument,
  EraseAccountDocument,
  RevokeServiceKeyDocument,
  RotateServiceKeyDocument,
} from '../../schema/generated/graphql.js'
import { openPeople } from '../../src/store/person-document.js'
import { eventsOf, ROOMY, storedPerson } from '../support/answers.js'
import { distantStore } from '../support/around-store.js'
import { codeOf, dataOf } from '../support/client.js'
import { compileGateway, type GatewayProgram } from '../support/gateway-process.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { interruptedStore } from '../support/interrupted-store.js'
import { keptDirectory } from '../support/kept-directory.js'
import { adminAnswer, administer, grant, madeOperator, revoke, signedInAnew } from '../support/operators.js'
import { newBackend } from '../support/services.js'
import { PASSWORD, registered, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'

describe.each(STORES)('R162 operators on the command line, on the %s store', (store) => {
  const network = interruptedStore()
  let gateway: TestGateway
  let operator: PersonWithFactor

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY, wrapStore: (opened) => network.wrap(distantStore(opened)) })
    operator = await withTotp(gateway, ADMIN)
  })
  afterAll(() => gateway.close())

  const idOf = async (email: string) => (await storedPerson(gateway, email))._id

  it.each(['its address', 'its address in another spelling', 'its id'])('names an account by %s', async (how) => {
    const person = await withTotp(gateway)
    const names = [person.email, ` ${person.email.toUpperCase()} `, await idOf(person.email)]
    const who = names[['its address', 'its address in another spelling', 'its id'].indexOf(how)] ?? ''
    expect(await grant(gateway, who)).toMatchObject({ status: 0 })
    expect(await adminAnswer(gateway, await signedInAnew(gateway, person))).toBeNull()
    expect(await revoke(gateway, who)).toMatchObject({ status: 0 })
  })

  it.each([
    'nobody@example.com',
    'A'.repeat(22),
    'person',
    '$gt',
    '__proto__',
    '{"$ne":null}',
    'linked:x',
    `a@example.com,${ADMIN}`,
    '\u001b[2J',
  ])('says that there is no account %j, and changes nothing', async (who) => {
    const before = await openPeople(gateway.store).find({})
    for (const answer of [await grant(gateway, who), await revoke(gateway, who)]) {
      expect([answer.status, answer.text]).toEqual([
        1,
        expect.stringMatching(/^There is no account with the (id|address) /),
      ])
      // The terminal gets no control character of the typed text.
      expect(answer.text).not.toMatch(/\p{Cc}/u)
    }
    expect(await openPeople(gateway.store).find({})).toEqual(before)
  })

  it('refuses accounts that cannot sign in', async () => {
    const email = await registered(gateway)
    await openPeople(gateway.store).changeOne({ emailKey: email }, { $set: { status: 'DISABLED' } })
    expect(await grant(gateway, email)).toMatchObject({ status: 1, text: expect.stringMatching(/it is disabled/) })
    expect((await storedPerson(gateway, email)).roles).toEqual({})
  })

  it('lists who holds the role, since when and by what', async () => {
    const other = await withTotp(gateway)
    await grant(gateway, other.email)
    const { status, text } = await administer(gateway, { kind: 'list' })
    expect(status).toBe(0)
    const lines = text.split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(new RegExp(`^${await idOf(ADMIN)}  ${ADMIN}  since 2100-\\S+ by STEPGATE_ADMINISTRATORS$`))
    expect(lines[1]).toMatch(new RegExp(`^${await idOf(other.email)}  ${other.email}  since 2100-\\S+ by command$`))
    await revoke(gateway, other.email)
    expect((await administer(gateway, { kind: 'list' })).text.split('\n')).toHaveLength(1)
  })

  it('names the service keys whose secret an account that loses the role has seen, and no others', async () => {
    const other = await madeOperator(gateway, await withTotp(gateway))
    const [made, rotated, passedOn, revoked] = [
      await newBackend(gateway, other, { name: 'Made' }),
      await newBackend(gateway, operator, { name: 'Rotated' }),
      await newBackend(gateway, other, { name: 'Passed on' }),
      await newBackend(gateway, other, { name: 'Revoked' }),
    ]
    dataOf(await other.client.send(RotateServiceKeyDocument, { id: rotated.keyId }))
    dataOf(await operator.client.send(RotateServiceKeyDocument, { id: passedOn.keyId }))
    dataOf(await other.client.send(RevokeServiceKeyDocument, { id: revoked.keyId }))
    const { status, text } = await revoke(gateway, other.email)
    expect(status).toBe(0)
    expect(text.split('\n').slice(2).sort()).toEqual([`${made.keyId}  Made`, `${rotated.keyId}  Rotated`].sort())
  })

  it('shows the role to other operators', async () => {
    const other = await withTotp(gateway)
    await grant(gateway, other.email)
    await stepUp(gateway, operator.client, operator.authenticator)
    const search = async (text: string) =>
      dataOf(await operator.client.send(AccountsDocument, { search: text })).accounts.edges.map(
        ({ node }) => node.roles,
      )
    expect(await search(other.email)).toEqual([['ADMIN']])
    await revoke(gateway, other.email)
    expect(await search(other.email)).toEqual([[]])
  })

  it('keeps the last operator, on record, unless it is forced', async () => {
    const kept = await revoke(gateway, ADMIN)
    expect(kept).toMatchObject({ status: 1, text: expect.stringMatching(/last operator[\s\S]*--force/) })
    expect(await adminAnswer(gateway, operator)).toBeNull()
    const events = await eventsOf(gateway, ADMIN, 'admin.role_revoked')
    expect(events).toMatchObject([{ outcome: 'DENIED', reason: 'last-operator', actor: { type: 'OPERATOR' } }])
    // An account that cannot sign in does not count as another operator.
    const other = await withTotp(gateway)
    await grant(gateway, other.email)
    await openPeople(gateway.store).changeOne({ emailKey: other.email }, { $set: { status: 'DISABLED' } })
    expect(await revoke(gateway, ADMIN)).toMatchObject({ status: 1 })
    expect(await revoke(gateway, other.email)).toMatchObject({ status: 0 })

    expect(await revoke(gateway, ADMIN, true)).toMatchObject({ status: 0 })
    expect((await administer(gateway, { kind: 'list' })).text).toBe('There are no operators.')
    expect(await revoke(gateway, ADMIN)).toMatchObject({ status: 1, text: expect.stringMatching(/is not an operator/) })
    await grant(gateway, ADMIN)
    operator = await signedInAnew(gateway, operator)
  })

  it('keeps one of several operators who are all revoked at once', async () => {
    const others = [await withTotp(gateway), await withTotp(gateway), await withTotp(gateway)]
    for (const { email } of others) await grant(gateway, email)
    await Promise.all([ADMIN, ...others.map(({ email }) => email)].map((email) => revoke(gateway, email)))
    const left = (await administer(gateway, { kind: 'list' })).text.split('\n')
    expect(left.length).toBeGreaterThanOrEqual(1)
    expect(left[0]).not.toBe('There are no operators.')
    await grant(gateway, ADMIN)
    operator = await signedInAnew(gateway, operator)
    for (const { email } of others) await revoke(gateway, email)
  })

  it('of many parallel grants one succeeds', async () => {
    const { email } = await withTotp(gateway)
    const answers = await Promise.all(Array.from({ length: 5 }, () => grant(gateway, email)))
    expect(answers.filter(({ text }) => text.includes('is now an operator'))).toHaveLength(1)
    expect(await eventsOf(gateway, email, 'admin.role_granted')).toHaveLength(1)
    await revoke(gateway, email)
  })

  describe("an operator's account", () => {
    it('is neither closed nor erased before the role is revoked', async () => {
      const other = await madeOperator(gateway, await withTotp(gateway))
      await stepUp(gateway, operator.client, operator.authenticator)
      const refusals = [
        await other.client.send(CloseAccountDocument, { input: { password: PASSWORD } }),
        await operator.client.send(EraseAccountDocument, {
          input: { accountId: await idOf(other.email), reason: 'a rival' },
        }),
      ]
      for (const refused of refusals) {
        expect(refused.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', because: 'NAMED_ADMINISTRATOR' })
      }
      await revoke(gateway, other.email)
      dataOf(await other.client.send(CloseAccountDocument, { input: { password: PASSWORD } }))
    })

    it('is not closed by its owner while the role is being granted', async () => {
      const person = await withTotp(gateway)
      await stepUp(gateway, person.client, person.authenticator)
      network.before('accounts', 'changeOne', () => grant(gateway, person.email))
      const closed = await person.client.send(CloseAccountDocument, { input: { password: PASSWORD } })
      expect(codeOf(closed)).toBe('UNAUTHENTICATED')
      expect(await storedPerson(gateway, person.email)).toMatchObject({ status: 'ACTIVE' })
      await revoke(gateway, person.email)
    })
  })
})

describe('R162 stepgate admin, typed on the machine of the installation', () => {
  let program: GatewayProgram
  beforeAll(async () => {
    program = await compileGateway()
  }, 60_000)
  afterAll(() => program.discard())

  it('works on files while no gateway uses them, and otherwise says which process does', async () => {
    const kept = await keptDirectory()
    const first = await startGateway({ env: kept.env })
    const { email } = await withTotp(first)
    const busy = await program.run(['admin', 'grant', email], kept.env)
    expect([busy.status, busy.stdout]).toEqual([1, ''])
    expect(busy.stderr).toMatch(/is in use by process \d+ .*stop it/)
    await first.close()

    const done = await program.run(['admin', 'grant', email], kept.env)
    expect([done.status, done.stderr]).toEqual([0, ''])
    expect(done.stdout).toMatch(/is now an operator/)
    const listed = await program.run(['admin', 'list'], kept.env)
    expect(listed.stdout).toMatch(new RegExp(`${email}  since \\S+ by command\\n$`))
    const last = await program.run(['admin', 'revoke', email], kept.env)
    expect([last.status, last.stdout]).toEqual([1, expect.stringMatching(/--force/)])
    const forced = await program.run(['admin', 'revoke', email, '--force'], kept.env)
    expect([forced.status, forced.stderr]).toEqual([0, ''])
    await kept.remove()
  }, 180_000)

  const withMongo = STORES.includes('mongodb') ? it : it.skip
  withMongo(
    'works on MongoDB beside a gateway that is running',
    async () => {
      const kept = await keptDirectory('mongodb')
      const env = { ...kept.env, STEPGATE_ADMINISTRATORS: ADMIN }
      const gateway = await program.start(env)
      const running = await startGateway({ env: { ...ROOMY, ...kept.env } })
      await withTotp(running, ADMIN)
      const person = await withTotp(running)
      const there = person.client.at(gateway.url)
      expect(codeOf(await there.send(AccountsDocument, {}))).not.toBeNull()
      expect((await program.run(['admin', 'grant', person.email], env)).status).toBe(0)
      expect(codeOf(await person.client.send(AccountsDocument, {}))).toBe('UNAUTHENTICATED')
      expect((await program.run(['admin', 'revoke', person.email], env)).status).toBe(0)
      await running.close()
      expect(await gateway.stop()).toBe(0)
      await kept.remove()
    },
    180_000,
  )
})
