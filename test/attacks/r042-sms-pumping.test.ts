import { EnrollFactorDocument } from '../../schema/generated/graphql.js'
import type { AuditEvent } from '../../src/audit/index.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { codeOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { ask, guess, pendingSignIn, ROOMY, storedPerson } from '../support/answers.js'
import { codeSentTo, textsTo, withSms } from '../support/factors.js'
import { registered, signIn } from '../support/person.js'

const HOUR = 3600
/** Every spelling of one number. */
const SPELLINGS = [
  '+12025550199',
  '+1 202 555 0199',
  '+1 (202) 555-0199',
  '+1-202-555-0199',
  '+1.202.555.0199',
  ' +1 2 0 2 5 5 5 0 1 9 9 ',
  '＋１２０２５５５０１９９',
  '+1\u00a0202\u00a0555\u00a00199',
  '+1\u2011202\u2011555\u20110199',
  '\u202a+12025550199\u202c',
  '+1202\u200b5550199',
  '+١٢٠٢٥٥٥٠١٩٩',
  'tel:+1-202-555-0199',
]

describe.each(STORES)('R042 fraud with text messages, on the %s store', (store) => {
  let gateway: TestGateway
  beforeEach(async () => {
    const env = {
      ...ROOMY,
      STEPGATE_SMS_LIMIT_ACCOUNT: '10/3600',
      STEPGATE_SMS_LIMIT_NUMBER: '5/3600',
      STEPGATE_SMS_LIMIT_PREFIX: '12/3600',
      STEPGATE_SMS_LIMIT_OVERALL: '20/3600',
    }
    gateway = await startGateway({ store, env })
  })
  afterEach(() => gateway.close())

  const enroll = (client: Client, phoneNumber: string) =>
    client.send(EnrollFactorDocument, { input: { type: 'SMS', phoneNumber } })
  const newClient = async (): Promise<Client> => (await signIn(gateway, await registered(gateway))).client
  const numbered = (block: string, nth: number): string => `+1202${block}${String(nth).padStart(4, '0')}`

  async function sent(): Promise<number> {
    const response = await fetch(`${gateway.url}/dev/outbox`, { headers: { accept: 'application/json' } })
    const { messages } = (await response.json()) as { messages: readonly { channel: string }[] }
    return messages.filter(({ channel }) => channel === 'sms').length
  }

  async function limitsReached(): Promise<readonly AuditEvent[]> {
    const log = createAuditRepository(gateway.store)
    return log.find({ filter: { actions: ['limit.reached'] }, order: 'OLDEST_FIRST', limit: 1000 })
  }

  it('stops at the budget of one account, in a hundred attempts', async () => {
    const client = await newClient()
    const answers = []
    for (let nth = 0; nth < 100; nth += 1) answers.push(await enroll(client, numbered(String(300 + nth), 7)))
    expect(answers.filter((answer) => codeOf(answer) === null)).toHaveLength(10)
    const refused = answers.slice(10)
    for (const answer of refused) {
      expect([answer.status, codeOf(answer)]).toEqual([429, 'RATE_LIMITED'])
      const seconds = answer.errors[0]?.extensions['retryAfterSeconds']
      expect(seconds).toBeGreaterThan(0)
      expect(seconds).toBeLessThanOrEqual(HOUR)
      expect(answer.headers.get('retry-after')).toBe(String(seconds))
    }
    expect(await sent()).toBe(10)
  })

  it('stops at the budget of one number, for all accounts and spellings', async () => {
    const clients = [await newClient(), await newClient(), await newClient()]
    const codes = []
    for (const [nth, spelling] of SPELLINGS.entries()) {
      const client = clients[nth % clients.length]
      if (client) codes.push(codeOf(await enroll(client, spelling)))
    }
    expect(codes).toEqual([...Array<null>(3).fill(null), ...Array<string>(10).fill('RATE_LIMITED')])
    expect(await sent()).toBe(3)
    expect(await textsTo(gateway, '+12025550199')).toHaveLength(3)
  })

  it('stops at the enrolment share of the budget for neighbouring numbers', async () => {
    const clients = [await newClient(), await newClient()]
    const codes = []
    for (let nth = 0; nth < 16; nth += 1) {
      const client = clients[nth % 2]
      if (client) codes.push(codeOf(await enroll(client, numbered('555', 100 + nth))))
    }
    expect(codes.filter((code) => code === null)).toHaveLength(8)
    expect(codes.slice(8)).toEqual(Array(8).fill('RATE_LIMITED'))
    expect(await sent()).toBe(8)
  })

  it('stops at the enrolment share of the overall budget', async () => {
    const clients = [await newClient(), await newClient(), await newClient()]
    const codes = []
    for (let nth = 0; nth < 27; nth += 1) {
      const client = clients[nth % 3]
      if (client) codes.push(codeOf(await enroll(client, numbered(String(300 + nth), 7))))
    }
    expect(codes.filter((code) => code === null)).toHaveLength(12)
    expect(await sent()).toBe(12)
  })

  it('is exact for fifty parallel requests, and leaves the rest to other callers', async () => {
    const clients = [await newClient(), await newClient(), await newClient(), await newClient(), await newClient()]
    const asked = Array.from({ length: 50 }, (_, nth) => clients[nth % 5]).map(async (client, nth) =>
      client ? codeOf(await enroll(client, SPELLINGS[nth % SPELLINGS.length] ?? '')) : 'NOBODY',
    )
    await Promise.all(asked)
    expect(await sent()).toBeLessThanOrEqual(3)
    expect(codeOf(await enroll(await newClient(), numbered('300', 7)))).toBeNull()
    expect(codeOf(await enroll(await newClient(), numbered('555', 100)))).toBeNull()
  })

  it('counts messages at sign-in and repeated ones like those of an enrolment', async () => {
    const { email, telephone } = await withSms(gateway)
    // Of five, one is reserved for known devices.
    for (let nth = 0; nth < 3; nth += 1) {
      const { client } = await pendingSignIn(gateway, email)
      expect(codeOf(await ask(client, telephone.factorId))).toBeNull()
      gateway.clock.advance(1)
    }
    const { client } = await pendingSignIn(gateway, email)
    const refused = await ask(client, telephone.factorId)
    expect([refused.status, codeOf(refused)]).toEqual([429, 'RATE_LIMITED'])
    expect(await textsTo(gateway, telephone.number)).toHaveLength(4)
  })

  it("leaves a number's owner enough to sign in, however many strangers try to enrol it", async () => {
    const { email, telephone } = await withSms(gateway)
    const strangers = [await newClient(), await newClient()]
    for (let nth = 0; nth < 10; nth += 1) {
      const stranger = strangers[nth % 2]
      if (stranger) await enroll(stranger, telephone.number)
    }
    expect(await textsTo(gateway, telephone.number)).toHaveLength(3)
    const { client } = await pendingSignIn(gateway, email)
    const challenge = (await ask(client, telephone.factorId)).data?.challengeFactor
    expect(await guess(client, challenge?.id ?? '', await telephone.code())).toBe('PASSED')
  })

  it('is in the audit log once per window, and can start again in the next', async () => {
    const client = await newClient()
    for (let nth = 0; nth < 9; nth += 1) await enroll(client, '+12025550199')
    expect(await limitsReached()).toMatchObject([
      { actor: { type: 'ACCOUNT' }, targets: [{ id: 'smsPerNumber', type: 'BUDGET' }], outcome: 'DENIED' },
    ])
    gateway.clock.advance(HOUR)
    const later = await newClient()
    expect(codeOf(await enroll(later, '+12025550199'))).toBeNull()
    expect(await limitsReached()).toHaveLength(1)
  })

  it('changes nothing when it is refused: an earlier challenge can still be answered', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    for (let nth = 0; nth < 2; nth += 1) await enroll(client, '+12025550199')
    const { challenge } = (await enroll(client, '+12025550199')).data?.enrollFactor ?? {}
    const before = await storedPerson(gateway, email)
    expect(codeOf(await enroll(client, '+1 (202) 555-0199'))).toBe('RATE_LIMITED')
    expect((await storedPerson(gateway, email)).enrollments).toEqual(before.enrollments)
    expect(await guess(client, challenge?.id ?? '', await codeSentTo(gateway, '+12025550199'))).toBe('PASSED')
  })
})
