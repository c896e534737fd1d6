import { NO_EVENTS } from '../../src/audit/index.js'
import type { Account } from '../../src/accounts/index.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { newDocument } from '../../src/store/person-document.js'
import { accountWith, changeTo, nameWorld, noEvents, NOW, type NameWorld } from '../support/name-world.js'
import { STORES } from '../support/stores.js'

const ADA = 'ada@example.com'
const NEW = 'new@example.com'
const SOON = secondsAfter(NOW, 10)
const LATER = secondsAfter(NOW, 901)

describe.each(STORES)('R185 a process dies between a name and its account, on the %s store', (store) => {
  let world: NameWorld
  beforeEach(async () => {
    world = await nameWorld(store, false)
  })
  afterEach(() => world.discard())

  const made = async (emailKey: string, process: 0 | 1 = 0): Promise<Account> => {
    const account = await world.processes[process].accounts.create(accountWith(emailKey), noEvents)
    if (!account) throw new Error('the address is taken')
    return account
  }
  const change = (account: Account, to: string, over: object = {}) =>
    world.processes[0].accounts.changeEmail(account.id, { ...changeTo(to, account.emailKey), ...over }, NO_EVENTS)
  const dying = async (
    collection: 'accounts' | 'names',
    verb: 'insert' | 'updateOne' | 'changeOne' | 'find',
    act: () => Promise<unknown>,
  ) => {
    world.faults.failFrom(collection, verb)
    const outcome = await act().catch((error: unknown) => error)
    world.faults.heal()
    return outcome
  }
  const names = async () => (await world.names()).map(({ _id }) => _id)
  const ownerOf = async (emailKey: string) =>
    (await world.names()).find(({ _id }) => _id === `email:${emailKey}`)?.accountId ?? null
  const find = async (emailKey: string) => (await world.processes[1].sessions.findPersonByEmail(emailKey))?.account.id

  it('before a new account is stored: the next one uses the id, and the first can no longer be stored', async () => {
    const first = accountWith(ADA)
    const outcome = await dying('accounts', 'insert', () => world.processes[0].accounts.create(first, noEvents))
    expect(outcome).toBeInstanceOf(Unavailable)
    expect(await ownerOf(ADA)).toBe(first.id)
    const next = await made(ADA, 1)
    expect(next.id).toBe(first.id)
    // The command of the dead process arrives late.
    expect((await world.people.insert([newDocument(first)])).inserted).toBe(0)
    expect(await world.accounts()).toEqual([ADA])
  })

  it('before a new account is stored: the name is released after a while', async () => {
    await dying('accounts', 'insert', () => world.processes[0].accounts.create(accountWith(ADA), noEvents))
    await world.processes[1].names.sweep(SOON)
    expect(await names()).toHaveLength(1)
    await world.processes[1].names.sweep(LATER)
    expect(await names()).toEqual([])
  })

  it('before a new account is stored: another account may change to the name after a while, and the first is not stored', async () => {
    const other = await made('bob@example.com')
    world.interruptions.before('accounts', 'insert', async () => {
      expect(await change(other, ADA)).toBe('taken')
      expect(await change(other, ADA, { at: LATER, askedAt: LATER })).toMatchObject({ account: { emailKey: ADA } })
    })
    expect(await world.processes[1].accounts.create(accountWith(ADA), noEvents)).toBeNull()
    expect(await world.accounts()).toEqual([ADA])
    expect(await ownerOf(ADA)).toBe(other.id)
  })

  it('after a new account is stored: it keeps its name', async () => {
    const first = accountWith(ADA)
    await dying('names', 'changeOne', () => world.processes[0].accounts.create(first, noEvents))
    expect(await find(ADA)).toBe(first.id)
    expect(await world.processes[1].accounts.create(accountWith(ADA), noEvents)).toBeNull()
    await world.processes[1].names.sweep(LATER)
    expect(await world.names()).toMatchObject([{ accountId: first.id }])
    expect((await world.names())[0]).not.toHaveProperty('pendingUntil')
    expect((await world.names())[0]).not.toHaveProperty('reserves')
  })

  it('before an address is changed: the account keeps its old one and may ask again', async () => {
    const ada = await made(ADA)
    expect(await dying('accounts', 'updateOne', () => change(ada, NEW))).toBeInstanceOf(Unavailable)
    expect(await find(ADA)).toBe(ada.id)
    expect(await world.processes[1].accounts.create(accountWith(NEW), noEvents)).toBeNull()
    await world.processes[1].names.sweep(SOON)
    expect(await change(ada, NEW)).toMatchObject({ account: { emailKey: NEW } })
    expect(await names()).toEqual([`email:${NEW}`])
  })

  it('before an address is changed: the name is released after a while, and the change can no longer happen', async () => {
    const ada = await made(ADA)
    world.interruptions.before('accounts', 'updateOne', async () => {
      await world.processes[1].names.sweep(SOON)
      expect(await names()).toContain(`email:${NEW}`)
      await world.processes[1].names.sweep(LATER)
    })
    expect(await change(ada, NEW)).toBeNull()
    expect(await world.accounts()).toEqual([ADA])
    expect(await names()).toEqual([`email:${ADA}`])
  })

  it('before an address is changed: a new account takes the name after a while, and the change can no longer happen', async () => {
    const ada = await made(ADA)
    world.interruptions.before('accounts', 'updateOne', async () => {
      const late = { ...accountWith(NEW), createdAt: LATER }
      expect(await world.processes[1].accounts.create(late, noEvents)).not.toBeNull()
    })
    expect(await change(ada, NEW)).toBeNull()
    expect(await world.accounts()).toEqual([ADA, NEW])
    expect(await ownerOf(ADA)).toBe(ada.id)
    expect(await ownerOf(NEW)).not.toBe(ada.id)
  })

  it('after an address is changed: the former one is free at once, and is released after a while', async () => {
    const ada = await made(ADA)
    await dying('names', 'find', () => change(ada, NEW))
    expect(await find(NEW)).toBe(ada.id)
    expect(await ownerOf(ADA)).toBe(ada.id)
    const bob = await made(ADA, 1)
    expect(bob.id).not.toBe(ada.id)
    await dying('names', 'find', () => change(bob, 'bob@example.com'))
    await world.processes[1].names.sweep(LATER)
    expect(await names()).toEqual(['email:bob@example.com', `email:${NEW}`])
  })

  it('does not take a name from a change that is under way', async () => {
    const [ada, bob] = [await made(ADA), await made('bob@example.com')]
    world.interruptions.before('accounts', 'updateOne', async () => {
      expect(await change(bob, NEW)).toBe('taken')
      expect(await world.processes[1].accounts.create(accountWith(NEW), noEvents)).toBeNull()
    })
    expect(await change(ada, NEW)).toMatchObject({ account: { emailKey: NEW } })
  })

  it('takes a name at once from a change that was revoked', async () => {
    const [ada, bob] = [await made(ADA), await made('bob@example.com')]
    world.interruptions.before('accounts', 'updateOne', async () => {
      await world.people.changeOne({ _id: ada.id }, { $inc: { grantRevision: 1 } })
      await world.processes[1].accounts.create(accountWith(NEW), noEvents)
    })
    expect(await change(ada, NEW)).toBeNull()
    expect(await ownerOf(NEW)).not.toBe(ada.id)
    expect(await world.accounts()).toEqual([ADA, bob.emailKey, NEW].sort())
  })
})
