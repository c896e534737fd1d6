import { NO_EVENTS } from '../../src/audit/index.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { END_GRANTS } from '../../src/store/paths.js'
import { accountWith, changeTo, nameWorld, noEvents, NOW, type NameWorld } from '../support/name-world.js'
import { STORES } from '../support/stores.js'

const MODES = STORES.flatMap((store) => [false, true].map((sharded) => ({ store, sharded })))
const ADA = 'ada@example.com'
const LATER = secondsAfter(NOW, 901)

describe.each(MODES)('R184 a name has one account, on the $store store (sharded: $sharded)', ({ store, sharded }) => {
  let world: NameWorld
  beforeEach(async () => {
    world = await nameWorld(store, sharded)
  })
  afterEach(() => world.discard())

  const create = (process: 0 | 1, emailKey: string) =>
    world.processes[process].accounts.create(accountWith(emailKey), noEvents)
  const owners = async () => (await world.names()).map(({ _id, accountId }) => [_id, accountId])

  it('is given to one of many new accounts in two processes', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, (_, nth) => create(nth % 2 === 0 ? 0 : 1, ADA)))
    const [winner, ...others] = made.filter((account) => account !== null)
    expect(others).toEqual([])
    expect(await world.accounts()).toEqual([ADA])
    expect(await owners()).toEqual([[`email:${ADA}`, winner?.id]])
    expect((await world.processes[1].sessions.findPersonByEmail(ADA))?.account.id).toBe(winner?.id)
  })

  it('is given to one of many accounts that change to it, and their former names stay theirs', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, (_, nth) => create(0, `${nth}@example.com`)))
    const changed = await Promise.all(
      all.map((account, nth) =>
        world.processes[nth % 2 === 0 ? 0 : 1].accounts.changeEmail(
          account?.id ?? accountWith('').id,
          changeTo(ADA),
          NO_EVENTS,
        ),
      ),
    )
    const winners = changed.filter((outcome) => outcome !== 'taken')
    expect(winners).toHaveLength(1)
    const addresses = await world.accounts()
    expect(new Set(addresses).size).toBe(8)
    expect(addresses).toContain(ADA)
    expect((await world.names()).map(({ _id }) => _id)).toEqual(addresses.map((each) => `email:${each}`))
  })

  it('is given to one of new accounts and changes that race for it', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, (_, nth) => create(0, `${nth}@example.com`)))
    const races = all.flatMap((account) => [
      world.processes[0].accounts.changeEmail(account?.id ?? accountWith('').id, changeTo(ADA), NO_EVENTS),
      create(1, ADA),
    ])
    const outcomes = await Promise.all(races)
    expect(outcomes.filter((outcome) => outcome !== null && outcome !== 'taken')).toHaveLength(1)
    expect((await world.accounts()).filter((each) => each === ADA)).toHaveLength(1)
  })

  it('of an external identity is given to one of many first sign-ins', async () => {
    const key = 'linked:0123'
    const made = await Promise.all(Array.from({ length: 10 }, (_, nth) => create(nth % 2 === 0 ? 0 : 1, key)))
    expect(made.filter((account) => account !== null)).toHaveLength(1)
    expect((await owners()).map(([name]) => name)).toEqual([`claim:${key}`])
  })

  it('of an account of an earlier version is not given to another, and the account gets it', async () => {
    const id = await world.storeUnnamed(ADA)
    expect(await create(1, ADA)).toBeNull()
    expect(await owners()).toEqual([[`email:${ADA}`, id]])
    expect(await create(0, ADA)).toBeNull()
    const other = await create(0, 'bob@example.com')
    expect(await world.processes[1].accounts.changeEmail(other?.id ?? id, changeTo(ADA), NO_EVENTS)).toBe('taken')
    expect((await world.processes[0].sessions.findPersonByEmail(ADA))?.account.id).toBe(id)
  })

  it('of accounts of an earlier version is not given to others while all are named', async () => {
    const old = Array.from({ length: 12 }, (_, nth) => `${nth}@old.example.com`)
    for (const each of old) await world.storeUnnamed(each)
    const [first, second] = world.processes
    const outcomes = await Promise.all([
      first.names.nameAccounts(() => false),
      second.names.nameAccounts(() => false),
      ...old.map((each) => create(1, each)),
    ])
    expect(outcomes.filter((outcome) => outcome !== null && outcome !== undefined)).toEqual([])
    const named = (await world.names()).map(({ _id }) => _id).filter((name) => name !== 'all')
    expect(named.sort()).toEqual(old.map((each) => `email:${each}`).sort())
    for (const each of old) expect(await first.sessions.findPersonByEmail(each)).not.toBeNull()
    expect(await first.sessions.findPersonByEmail('nobody@example.com')).toBeNull()
    await first.names.sweep(LATER)
    expect((await world.names()).length).toBe(13)
  })

  it('stays with its account when the grants it was claimed on have ended, and all accounts are named', async () => {
    const made = await create(0, ADA)
    for (const process of world.processes) await process.names.nameAccounts(() => false)
    await world.people.changeOne({ _id: made?.id ?? '' }, END_GRANTS)
    expect(await create(1, ADA)).toBeNull()
    expect(await world.accounts()).toEqual([ADA])
  })
})
