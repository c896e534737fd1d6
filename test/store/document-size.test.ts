import mongoose from 'mongoose'
import { PEOPLE } from '../../src/store/person-document.js'
import { SignInDocument } from '../../schema/generated/graphql.js'
import { dataOf } from '../support/client.js'
import { FULL_PERSON_ENV, fullPerson } from '../support/full-person.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { PASSWORD } from '../support/person.js'
import { storedAccount, valueAt } from '../support/stored.js'

/** Bytes of BSON that each part of a full person may have. Raise one only with a reason. */
const BUDGETS: Readonly<Record<string, number>> = {
  sessions: 11_900,
  devices: 4_700,
  factors: 5_500,
  claims: 600,
  riskProfile: 1_000,
  rest: 750,
}
const ALL = 24_000
/** A sign-in that waits for its second factor; 12 of them can. */
const WAITING = 800

const ENTRIES = { sessions: 40, devices: 20, factors: 11 }

const { calculateObjectSize } = mongoose.mongo.BSON

const sizeOf = (value: unknown): number => calculateObjectSize({ value }) - calculateObjectSize({ value: null })

function sizesOf(document: Readonly<Record<string, unknown>>): Record<string, number> {
  const named = Object.keys(BUDGETS).filter((name) => name !== 'rest')
  const sizes = Object.fromEntries(named.map((name) => [name, sizeOf(document[name])]))
  const all = calculateObjectSize(document)
  return { ...sizes, rest: all - Object.values(sizes).reduce((sum, size) => sum + size, 0) }
}

describe.each(STORES)(
  'the document of a person with 20 sessions, 20 devices and 11 factors, on the %s store',
  (store) => {
    let gateway: TestGateway
    let email: string
    const stored = () => storedAccount(gateway, email)

    beforeAll(async () => {
      gateway = await startGateway({ store, env: FULL_PERSON_ENV })
      email = (await fullPerson(gateway)).email
    }, 240_000)
    afterAll(() => gateway.close())

    it('has no more than 24,000 bytes, and each part keeps to its budget', async () => {
      const document = await stored()
      for (const [name, count] of Object.entries(ENTRIES))
        expect([name, Object.keys(valueAt(document, name) as object).length]).toEqual([name, count])
      const over = Object.entries(sizesOf(document)).filter(([name, size]) => size > (BUDGETS[name] ?? 0))
      expect(over).toEqual([])
      expect(calculateObjectSize(document)).toBeLessThanOrEqual(ALL)
    })

    it('names only fields of the collection', async () => {
      expect(Object.keys(await stored()).filter((name) => !PEOPLE.fields?.includes(name))).toEqual([])
    })

    it('has at most 800 bytes more for each sign-in that waits, and never more than twelve of them', async () => {
      const before = calculateObjectSize(await stored())
      for (let nth = 0; nth < 14; nth += 1) {
        const fingerprint = [{ name: 'timeZone', value: `somewhere ${nth}` }]
        dataOf(await gateway.client().send(SignInDocument, { input: { email, password: PASSWORD, fingerprint } }))
      }
      const document = await stored()
      const begun = Object.keys(valueAt(document, 'sessions') as object).length - ENTRIES.sessions
      expect(begun).toBeGreaterThan(8)
      expect(begun).toBeLessThanOrEqual(12)
      expect(calculateObjectSize(document) - before).toBeLessThanOrEqual(begun * WAITING)
    })
  },
)
