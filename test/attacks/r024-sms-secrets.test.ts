import { MyFactorsDocument } from '../../schema/generated/graphql.js'
import { openPeople } from '../../src/store/person-document.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import {
  ACCOUNT_SID,
  AUTH_TOKEN,
  refusedWith,
  startTwilioServer,
  taken,
  type TwilioServer,
} from '../delivery/twilio-server.js'
import { ask, challenged, eventsOf, guess, pendingSignIn, ROOMY, storedFactor } from '../support/answers.js'
import { canaries, dump, occurrences } from '../support/canaries.js'
import { codeOf } from '../support/client.js'
import { EnrollFactorDocument } from '../../schema/generated/graphql.js'
import { newNumber, otherThan, withSms } from '../support/factors.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { registered, signIn } from '../support/person.js'

describe.each(STORES)('R024 numbers and their codes, on the %s store', (store) => {
  const found = canaries()
  const { note, watch } = found
  const number = newNumber()
  const written = number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 ($1) $2-$3')
  let twilio: TwilioServer
  let gateway: TestGateway
  let email: string

  beforeAll(async () => {
    twilio = await startTwilioServer()
    const env = {
      ...ROOMY,
      STEPGATE_SMS_LIMIT_NUMBER: '8/3600',
      STEPGATE_TWILIO_ACCOUNT_SID: ACCOUNT_SID,
      STEPGATE_TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      STEPGATE_TWILIO_FROM: '+12025550100',
      STEPGATE_TWILIO_URL: twilio.url,
    }
    gateway = await startGateway({ store, env, logger: found.logger })
    await journey()
  }, 60_000)
  afterAll(async () => {
    await gateway.close()
    await twilio.close()
  })

  const newestCode = (): string => note('code', /\b\d{6}\b/.exec(twilio.received.at(-1)?.form['Body'] ?? '')?.[0])

  /**
   * Everything that can happen to a message: sent, repeated, wrong, right, rejected permanently, rejected temporarily,
   * over the limit.
   */
  async function journey(): Promise<void> {
    for (const text of [number, written, number.slice(1), number.slice(-10)]) note('number', text)
    note('Twilio token', AUTH_TOKEN)
    email = await registered(gateway)
    const client = watch((await signIn(gateway, email)).client)
    const input = { type: 'SMS', phoneNumber: written } as const
    const begun = await client.send(EnrollFactorDocument, { input })
    const { factor, challenge } = begun.data?.enrollFactor ?? {}
    const code = newestCode()
    await guess(client, challenge?.id ?? '', note('wrong code', otherThan(code)))
    expect(await guess(client, challenge?.id ?? '', code)).toBe('PASSED')
    await client.send(MyFactorsDocument)
    const factorId = factor?.id ?? ''
    const pending = await pendingSignIn(gateway, email)
    const waiting = watch(pending.client)
    await challenged(waiting, factorId)
    newestCode()
    gateway.clock.advance(30)
    for (const [status, number_] of [
      [400, 21211],
      [429, 20429],
      [500, 20500],
    ] as const) {
      twilio.answerWith(refusedWith(status, number_))
      expect(codeOf(await ask(waiting, factorId))).toBe('UNAVAILABLE')
      newestCode()
      gateway.clock.advance(30)
    }
    twilio.answerWith((response) => response.socket?.destroy())
    expect(codeOf(await ask(waiting, factorId))).toBe('UNAVAILABLE')
    newestCode()
    twilio.answerWith(taken)
    const last = await challenged(waiting, factorId)
    expect(await guess(waiting, last.id, newestCode())).toBe('PASSED')
    const again = await pendingSignIn(gateway, email)
    expect(codeOf(await ask(watch(again.client), factorId))).toBe('RATE_LIMITED')
  }

  const leaking = (text: string) => [...found.secrets].filter(([secret]) => occurrences(text, secret) > 0)

  it('reach Twilio, so that finding none elsewhere means something', () => {
    expect(twilio.received).toHaveLength(7)
    expect(twilio.received.every(({ form }) => form['To'] === number)).toBe(true)
    expect([...found.secrets.values()].filter((name) => name === 'code').length).toBeGreaterThanOrEqual(6)
    expect(found.logged.join('\n')).toContain('21211')
  })

  it('are in no log line', () => {
    expect(leaking(found.logged.join('\n'))).toEqual([])
  })

  it('are in no answer, including errors: the owner sees two digits', () => {
    const answers = found.answers.join('\n')
    expect(answers).toContain(`+1 ••• ••${number.slice(-2)}`)
    expect(leaking(answers)).toEqual([])
  })

  it('R025 are in nothing stored, including the audit log', async () => {
    const kept = await dump(gateway)
    expect(kept).toContain('message.undelivered')
    expect(leaking(kept)).toEqual([])
  })

  it('R025 do not reveal which accounts share a number', async () => {
    const shared = newNumber()
    const [mine, theirs] = [await begin(shared), await begin(shared)]
    expect(mine).not.toBe(theirs)
  })

  it('leave an event for every undelivered message', async () => {
    const undelivered = await eventsOf(gateway, email, 'message.undelivered')
    expect(undelivered).toHaveLength(4)
    const log = createAuditRepository(gateway.store)
    const reached = await log.find({ filter: { actions: ['limit.reached'] }, order: 'OLDEST_FIRST', limit: 10 })
    expect(reached.map(({ targets }) => targets[0]?.id)).toEqual(['smsPerNumber'])
  })

  it('R025 are not sent or accepted once a byte of the stored number is changed', async () => {
    const outbox = await startGateway({ store, env: ROOMY })
    try {
      const { email: other, telephone } = await withSms(outbox)
      const { client } = await pendingSignIn(outbox, other)
      const open = await challenged(client, telephone.factorId)
      const code = await telephone.code()
      const { material } = await storedFactor(outbox, other, telephone.factorId)
      const { sealedNumber: sealed } = material
      if (typeof sealed !== 'string') throw new Error('no number is stored')
      const flipped = sealed.slice(0, -2) + (sealed.at(-2) === 'A' ? 'B' : 'A') + sealed.slice(-1)
      const path = `factors.${telephone.factorId}.material.sealedNumber`
      await openPeople(outbox.store).updateOne({ emailKey: other }, { $set: { [path]: flipped } })
      expect(await guess(client, open.id, code)).toBe('CODE_INVALID')
      expect(await eventsOf(outbox, other, 'challenge.failed')).toMatchObject([{ reason: 'stored-secret-unreadable' }])
      outbox.clock.advance(30)
      expect(codeOf(await ask(client, telephone.factorId))).toBe('UNAVAILABLE')
      expect(await eventsOf(outbox, other, 'message.undelivered')).toHaveLength(1)
      expect(await outbox.mailTo(telephone.number)).toHaveLength(2)
    } finally {
      await outbox.close()
    }
  })

  /** The stored hash of a number that a new account begins to enrol. */
  async function begin(phoneNumber: string): Promise<unknown> {
    const somebody = await registered(gateway)
    const { client } = await signIn(gateway, somebody)
    const begun = await client.send(EnrollFactorDocument, { input: { type: 'SMS', phoneNumber } })
    const { material } = await storedFactor(gateway, somebody, begun.data?.enrollFactor.factor.id ?? '')
    expect(material['numberHash']).toEqual(expect.any(String))
    return material['numberHash']
  }
})
