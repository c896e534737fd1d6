import { NO_EVENTS } from '../../src/audit/index.js'
import type { Account } from '../../src/accounts/index.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { RemoveFactorDocument, SignUpDocument, VerifyEmailDocument } from '../../schema/generated/graphql.js'
import { ROOMY } from '../support/answers.js'
import { dataOf, type Answer } from '../support/client.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { accountWith, changeTo, nameWorld, noEvents, NOW, type NameWorld } from '../support/name-world.js'
import { PASSKEY_ENV, withPasskey } from '../support/passkeys.js'
import { enrollTotp } from '../support/person.js'
import { storedAccount, storedIn } from '../support/stored.js'
import { STORES } from '../support/stores.js'

const errorOf = ({ errors }: Answer<unknown>) =>
  errors.map(({ message, extensions: { code, because } }) => ({ message, code, because }))

const ADA = 'ada@example.com'
const NEW = 'new@example.com'

describe.each(STORES)('R186 a name that its account no longer has, on the %s store', (store) => {
  let world: NameWorld
  beforeEach(async () => {
    world = await nameWorld(store, true)
  })
  afterEach(() => world.discard())

  const made = async (emailKey: string): Promise<Account> => {
    const account = await world.processes[0].accounts.create(accountWith(emailKey), noEvents)
    if (!account) throw new Error('the address is taken')
    return account
  }
  const names = async () => (await world.names()).map(({ _id }) => _id)
  const change = (id: Account['id'], from: string, to: string, grantedOn: number | null) =>
    world.processes[0].accounts.changeEmail(id, changeTo(to, from, grantedOn), NO_EVENTS)

  it('is released with a change of address, and taken back with the next one', async () => {
    const ada = await made(ADA)
    expect(await change(ada.id, ADA, NEW, null)).not.toBeNull()
    expect(await names()).toEqual([`email:${NEW}`])
    expect(await change(ada.id, NEW, ADA, 1)).not.toBeNull()
    expect(await names()).toEqual([`email:${ADA}`])
    expect(await change(ada.id, ADA, NEW, 2)).not.toBeNull()
    const bob = await made(ADA)
    expect(await change(ada.id, NEW, ADA, 3)).toBe('taken')
    expect((await world.processes[1].sessions.findPersonByEmail(ADA))?.account.id).toBe(bob.id)
    expect((await world.processes[1].sessions.findPersonByEmail(NEW))?.account.id).toBe(ada.id)
  })

  it('is not kept by a change that its guard refuses', async () => {
    const ada = await made(ADA)
    await world.people.changeOne({ _id: ada.id }, { $inc: { grantRevision: 1 } })
    expect(await change(ada.id, ADA, NEW, null)).toBeNull()
    expect(await names()).toEqual([`email:${ADA}`])
    expect(await change(ada.id, NEW, NEW, 1)).toBeNull()
    await world.processes[1].names.sweep(secondsAfter(NOW, 901))
    expect(await names()).toEqual([`email:${ADA}`])
  })

  it('stays when the account changes to the address it has', async () => {
    const ada = await made(ADA)
    expect(await change(ada.id, ADA, ADA, null)).not.toBeNull()
    expect(await names()).toEqual([`email:${ADA}`])
    expect((await world.names())[0]).not.toHaveProperty('pendingUntil')
  })

  it('is released when its account is erased, and so is one that was claimed too late', async () => {
    const ada = await made(ADA)
    const [first, second] = world.processes
    const erasure = { step: 'TOLD', emailKey: ADA, language: null, addresses: [ADA], counters: [] } as const
    const begunBy = { action: 'account.closed', accountId: ada.id, ground: null } as const
    const lease = { runner: 'r', until: secondsAfter(NOW, 120) }
    const closing = { accountId: ada.id, asRead: null, erasure: { ...erasure, begunBy }, lease, events: NO_EVENTS }
    expect(await first.erasures.close(closing)).toBe(true)
    expect(await second.accounts.create(accountWith(ADA), noEvents)).toBeNull()
    await first.erasures.bury(ada.id, NOW)
    world.interruptions.before('names', 'updateMany', () => first.erasures.remove(ada.id, lease))
    expect(await change(ada.id, ADA, NEW, null)).toBeNull()
    expect(await names()).toEqual([])
    // A process that dies before it can release the name.
    world.interruptions.before('names', 'updateMany', () => Promise.reject(new Error('gone')))
    await expect(change(ada.id, ADA, NEW, null)).rejects.toThrow('gone')
    expect(await names()).toEqual([`email:${NEW}`])
    await first.erasures.forget(ada.id)
    expect(await names()).toEqual([])
  })

  it('of an erased account is given to the next one, with an id of its own, even if it was never released', async () => {
    const ada = await made(ADA)
    await world.people.deleteMany({ _id: ada.id })
    const next = await made(ADA)
    expect(next.id).not.toBe(ada.id)
    expect((await world.names()).map(({ accountId }) => accountId)).toEqual([next.id])
  })
})

describe.each(STORES)('R186 names behind a gateway, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { ...ROOMY, ...PASSKEY_ENV } })
  const namesOf = async (email: string) => {
    const { _id } = await storedAccount(gateway, email)
    return (await storedIn(gateway, 'names')).filter(({ accountId }) => accountId === _id)
  }

  it('are the address and the credentials of an account, and no change waits in them', async () => {
    const { client, email, factorId } = await withPasskey(gateway)
    const { claims } = await storedAccount(gateway, email)
    const [claim] = claims as readonly string[]
    expect((await namesOf(email)).map(({ _id }) => _id)).toEqual([`claim:${claim}`, `email:${email}`])
    await enrollTotp(gateway, client)
    dataOf(await client.send(RemoveFactorDocument, { factorId }))
    expect((await namesOf(email)).map(({ _id }) => _id)).toEqual([`email:${email}`])
    await gateway.app.sweepNames()
    for (const name of await namesOf(email)) expect(name).not.toHaveProperty('pendingUntil')
  })

  it('decide between sign-ups for one address, and the losers learn no more than from a link that never was', async () => {
    const email = 'raced@example.com'
    const waiting = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const client = gateway.client()
        dataOf(await client.send(SignUpDocument, { input: { email, password: 'correct horse battery staple' } }))
        return client
      }),
    )
    const token = await gateway.linkTokenFor(email)
    const answers = await Promise.all(waiting.map((client) => client.send(VerifyEmailDocument, { input: { token } })))
    const refused = answers.filter(({ errors }) => errors.length > 0)
    expect(refused).toHaveLength(5)
    const unknown = await gateway.client().send(VerifyEmailDocument, { input: { token: 'never' } })
    for (const answer of refused) expect(errorOf(answer)).toEqual(errorOf(unknown))
    const accounts = (await storedIn(gateway, 'accounts')).filter(({ emailKey }) => emailKey === email)
    expect(accounts).toHaveLength(1)
    expect((await namesOf(email)).map(({ _id }) => _id)).toEqual([`email:${email}`])
  })
})
