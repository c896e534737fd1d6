import { MeDocument } from '../../schema/generated/graphql.js'
import type { ChangeEvents } from '../../src/audit/index.js'
import type { AccountId } from '../../src/kernel/ids.js'
import type { Update } from '../../src/store/collection.js'
import { openPeople, type People, type PersonDocument } from '../../src/store/person-document.js'
import { aroundStore } from '../support/around-store.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { withTotp } from '../support/person.js'

const ME = 'query { me { id email } }'
const COOKIE = 'stepgate-session'
const NO_EVENTS = { entry: null } as unknown as ChangeEvents

describe.each(STORES)('R191 a caller who is kept in memory, on the %s store', (store) => {
  let gateway: TestGateway
  /** Of another process: this one does not see what it writes. */
  let people: People
  let answers: unknown[] = []

  beforeAll(async () => {
    gateway = await startGateway({
      store,
      env: { STEPGATE_AUDIT_LINGER: '60000' },
      wrapStore: (opened) =>
        aroundStore(opened, async ({ collection }, carryOut) => {
          const answer = await carryOut()
          if (collection === 'accounts') answers.push(answer)
          return answer
        }),
    })
    people = openPeople(gateway.store)
  })
  afterAll(() => gateway.close())

  async function send(client: Client): Promise<string | null> {
    answers = []
    return codeOf(await client.send(ME as unknown as typeof MeDocument))
  }

  /** Someone whose next request would only ask whether they have changed. */
  async function kept() {
    const { client, email } = await withTotp(gateway)
    await gateway.app.drainAudit()
    await send(client)
    await send(client)
    expect(answers).toEqual(['unchanged'])
    const person = await people.findOne({ emailKey: email })
    if (!person) throw new Error('there is no such account')
    return { client, person }
  }

  const changes: Readonly<Record<string, (person: PersonDocument) => Update>> = {
    'whose session was ended': ({ sessions }) => ({
      $unset: Object.fromEntries(Object.keys(sessions).map((id) => [`sessions.${id}`, true as const])),
    }),
    'who was disabled': () => ({ $set: { status: 'DISABLED' } }),
  }

  it.each(Object.entries(changes))('%s by another process is refused at once', async (_, change) => {
    for (const write of ['changeOne', 'updateOne', 'updateMany'] as const) {
      const { client, person } = await kept()
      await people[write]({ _id: person._id }, change(person))
      expect([write, await send(client)]).toEqual([write, 'UNAUTHENTICATED'])
    }
  })

  it('and whose account another process removed', async () => {
    const { client, person } = await kept()
    await people.deleteMany({ _id: person._id })
    expect(await send(client)).toBe('UNAUTHENTICATED')
  })

  it('who was changed by another process is read with one command', async () => {
    const { client, person } = await kept()
    await people.changeOne({ _id: person._id }, { $set: { lastSignInAt: gateway.clock.now() } })
    const before = gateway.app.roundTrips()
    expect(await send(client)).toBeNull()
    expect(gateway.app.roundTrips() - before).toBe(1)
    expect(answers).toEqual([expect.objectContaining({ _id: person._id })])
  })

  it('who was changed by this process is read with one command', async () => {
    const { client } = await kept()
    gateway.clock.advance(61)
    dataOf(await client.send(MeDocument))
    const before = gateway.app.roundTrips()
    expect(await send(client)).toBeNull()
    expect(gateway.app.roundTrips() - before).toBe(1)
  })

  it('is kept for no other account that a credential names', async () => {
    const { client, person } = await kept()
    const other = await kept()
    const token = client.cookies.get(COOKIE) ?? ''
    expect(token).toContain(person._id)
    client.cookies.set(COOKIE, token.replace(person._id, other.person._id))
    expect(await send(client)).toBe('UNAUTHENTICATED')
  })

  it('is read whole while the document has no tag', async () => {
    const { client, person } = await kept()
    const untagged = gateway.store.collection<PersonDocument>({ name: 'accounts', indexes: [] })
    await untagged.changeOne({ _id: person._id }, { $unset: { etag: true } })
    for (let request = 0; request < 2; request += 1) {
      expect(await send(client)).toBeNull()
      expect(answers.at(-1)).toHaveProperty('sessions')
    }
  })

  it('has another tag after every kind of write', async () => {
    const { person } = await kept()
    const { _id, ...rest } = person
    const change = { $set: { lastSignInAt: gateway.clock.now() } }
    const copy = { ...rest, _id: 'copy' as AccountId, etag: 'former' }
    const writes: Readonly<Record<string, () => Promise<unknown>>> = {
      updateOne: () => people.updateOne({ _id }, change),
      changeOne: () => people.changeOne({ _id }, change),
      updateMany: () => people.updateMany({ emailKey: rest.emailKey }, change),
      changeWith: () => people.changeWith({ _id }, change, NO_EVENTS),
      updateWith: () => people.updateWith({ _id }, change, NO_EVENTS),
      putWith: () => people.putWith({ _id }, change, NO_EVENTS),
    }
    const seen = [person.etag]
    for (const write of Object.values(writes)) {
      await write()
      seen.push((await people.findOne({ _id }))?.etag)
    }
    await people.insert([{ ...copy, emailKey: 'copy', email: 'copy' }])
    seen.push('former', (await people.findOne({ _id: copy._id }))?.etag)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).not.toContain(undefined)
  })
})
