import mongoose from 'mongoose'
import {
  MeDocument,
  MyDevicesDocument,
  MyFactorsDocument,
  MyProfileDocument,
  MySessionsDocument,
  SetLanguageDocument,
} from '../../schema/generated/graphql.js'
import { PERSON_PARTS } from '../../src/kernel/person-part.js'
import { ACCOUNT_PROPERTIES, closeUnread, PROPERTIES_OF_PART } from '../../src/sessions/identified-person.js'
import { aroundStore } from '../support/around-store.js'
import { dataOf, type Client } from '../support/client.js'
import { FULL_PERSON_ENV, fullPerson, type FullPerson } from '../support/full-person.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { stepUp, withTotp } from '../support/person.js'
import { storedAccount } from '../support/stored.js'

const ME = 'query { me { id email } }'

const sizeOf = (value: object): number => mongoose.mongo.BSON.calculateObjectSize(value)

describe('a part of a person that was not read', () => {
  const person = () => ({ account: { id: 'a' } }) as unknown as Parameters<typeof closeUnread>[0]
  const properties = { ...PROPERTIES_OF_PART, ...ACCOUNT_PROPERTIES }

  it.each(PERSON_PARTS)('throws when it is looked at, instead of looking empty: %s', (part) => {
    const others = PERSON_PARTS.filter((each) => each !== part)
    const closed = closeUnread(person(), others)
    const holder = part in ACCOUNT_PROPERTIES ? closed.account : closed
    for (const property of properties[part]) {
      expect(() => (holder as unknown as Record<string, unknown>)[property]).toThrow(`@Reads('${part}')`)
    }
    expect(() => ({ ...holder })).toThrow(`@Reads('${part}')`)
  })

  it('does not throw when it was read', () => {
    const closed = closeUnread(person(), PERSON_PARTS)
    expect({ ...closed, account: { ...closed.account } }).toEqual({ account: { id: 'a' } })
  })
})

describe.each(STORES)('a request of a person with everything an account may have, on the %s store', (store) => {
  let gateway: TestGateway
  let full: FullPerson
  let read: object[] = []

  beforeAll(async () => {
    gateway = await startGateway({
      store,
      // Events are written when the test says so.
      env: { ...FULL_PERSON_ENV, STEPGATE_AUDIT_LINGER: '60000' },
      wrapStore: (opened) =>
        aroundStore(opened, async ({ collection }, carryOut) => {
          const answer = await carryOut()
          if (collection === 'accounts' && typeof answer === 'object' && answer) read.push(answer)
          return answer
        }),
    })
    full = await fullPerson(gateway)
  }, 120_000)
  afterAll(() => gateway.close())

  /** What the store hands out for one request after a change; it must be one command. */
  async function readFor(client: Client, query: { toString(): string } = ME): Promise<object> {
    await gateway.app.drainAudit()
    dataOf(await client.send(SetLanguageDocument, { input: { language: 'en' } }))
    read = []
    const before = gateway.app.roundTrips()
    dataOf(await client.send(query as typeof MeDocument))
    expect({ commands: gateway.app.roundTrips() - before, answers: read.length }).toEqual({ commands: 1, answers: 1 })
    return read[0] ?? {}
  }

  it.each([0, 61])(
    'reads their own session and summaries, and nothing else, %s s after the last use',
    async (seconds) => {
      gateway.clock.advance(seconds)
      const answer = await readFor(full.client)
      const text = JSON.stringify(answer)
      expect(text).not.toMatch(/sealed|passwordHash|riskProfile|material|stepUpBudget|claims/)
      expect(Object.keys((answer as { sessions: object }).sessions)).toHaveLength(1)
      expect(Object.keys((answer as { devices: object }).devices)).toHaveLength(1)
      expect(sizeOf(answer)).toBeLessThan(5_000)
      expect(sizeOf(answer)).toBeLessThan(sizeOf(await storedAccount(gateway, full.email)) / 4)
    },
  )

  it('reads hardly more than for a new person', async () => {
    const { client } = await withTotp(gateway)
    const withoutFactors = ({ factors, ...rest }: { factors?: object }): object => rest
    const [ofFull, ofNew] = [await readFor(full.client), await readFor(client)]
    expect(sizeOf(withoutFactors(ofFull))).toBeLessThan(sizeOf(withoutFactors(ofNew)) * 1.6)
  })

  it('costs one command whatever it lists, and lists everything', async () => {
    const listed = async <T>(query: { toString(): string }): Promise<T> => {
      await readFor(full.client, query)
      return dataOf(await full.client.send(query as typeof MeDocument)) as unknown as T
    }
    const { mySessions } = await listed<{ mySessions: object[] }>(MySessionsDocument)
    const { myDevices } = await listed<{ myDevices: object[] }>(MyDevicesDocument)
    const { myFactors } = await listed<{ myFactors: { codesLeft: number | null }[] }>(MyFactorsDocument)
    expect([mySessions.length, myDevices.length, myFactors.length]).toEqual([20, 20, 11])
    expect(myFactors.map(({ codesLeft }) => codesLeft).filter((left) => left !== null)).toEqual([10])
    expect((await listed<{ me: { hasPassword: boolean } }>(MeDocument)).me.hasPassword).toBe(true)
  })

  it('reads the parts of all fields of the operation together', async () => {
    const query = 'query { me { id hasPassword } mySessions { id current } myDevices { id } myFactors { codesLeft } }'
    const answer = await readFor(full.client, query)
    expect(Object.keys(answer)).toEqual(expect.arrayContaining(['sessions', 'devices', 'passwordHash']))
    expect(answer).not.toHaveProperty('sealedProfile')
  })

  it('reads parts behind a condition too, whichever way it goes', async () => {
    const query = 'query Q($all: Boolean!) { me { id } ... @include(if: $all) { mySessions { id } myDevices { id } } }'
    for (const all of [false, true]) {
      const sent = await full.client.post(JSON.stringify({ query, variables: { all } }))
      expect(sent.errors).toEqual([])
    }
  })

  it('reads the risk profile only where risk is judged', async () => {
    await stepUp(gateway, full.client, full.authenticator)
    expect(await readFor(full.client, ME)).not.toHaveProperty('riskProfile')
    const answer = await readFor(full.client, MyProfileDocument)
    expect(answer).toHaveProperty('riskProfile')
    expect(answer).toHaveProperty('sealedProfile')
    expect(JSON.stringify(answer)).not.toMatch(/sealedPasskey|sealedSecret|passwordHash/)
  })
})
