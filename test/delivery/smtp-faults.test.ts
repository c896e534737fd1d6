import { Undeliverable } from '../../src/factors/index.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { until } from '../support/gateway.js'
import { CODE, mailing, NOTICE, type Mailing } from './mailing.js'
import { startSmtpServer, type Script, type SmtpServer } from './smtp-server.js'

let server: SmtpServer | null = null
let used: Mailing | null = null

afterEach(async () => {
  await used?.mailer.close(0)
  await server?.close()
  server = used = null
})

async function facing(script: Script, settings: Parameters<typeof mailing>[1] = {}) {
  const started = await startSmtpServer(script)
  server = started
  used = mailing(started.url, settings)
  return { ...used, server: started }
}

const at =
  (command: string, turn: ReturnType<Script>): Script =>
  (given) =>
    given === command ? turn : null

/** The same, but only the first `count` times. */
const first =
  (count: number, command: string, turn: ReturnType<Script>): Script =>
  (given, nth) =>
    given === command && nth <= count ? turn : null

/** Moves the time to the next attempt and waits for its result. */
async function nextAttempt({ timers, logged }: Mailing): Promise<void> {
  const lines = logged.length
  const [seconds = 0] = timers.waiting()
  timers.pass(seconds)
  await until(async () => (timers.waiting().length > 0 || logged.length > lines ? true : null))
}

const thrownBy = async (work: Promise<void>): Promise<unknown> => {
  const thrown: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  const told = thrown instanceof Error ? `${String(thrown)} ${thrown.stack} ${JSON.stringify(thrown)}` : ''
  expect(told).not.toContain('ada@')
  expect(told).not.toContain('123456')
  return thrown
}

describe('a message that the server rejects for now', () => {
  it.each([
    ['450 at the recipient (greylisting)', first(1, 'RCPT', { says: '450 4.2.0 <ada@example.com> greylisted' })],
    ['451 at the recipient', first(1, 'RCPT', { says: '451 try again' })],
    ['452 at the sender', first(1, 'MAIL', { says: '452 full' })],
    ['421 at the greeting', first(1, 'GREETING', { says: '421 too busy' })],
    ['421 at the message', first(1, 'MESSAGE', { says: '421 closing' })],
    ['451 after the message', first(1, 'MESSAGE', { says: '451 not now' })],
    ['a connection that breaks in the message', first(1, 'MESSAGE', 'hangs up')],
    ['a connection that breaks at DATA', first(1, 'DATA', 'hangs up')],
    ['no answer to the message', first(1, 'MESSAGE', 'is silent')],
    ['no answer to the recipient', first(1, 'RCPT', 'is silent')],
  ])('is retried and arrives once: %s', async (_, script) => {
    const facts = await facing(script)
    await facts.mailer.send(CODE)
    expect(facts.server.received).toEqual([])
    expect(facts.timers.waiting()).toEqual([5])
    facts.timers.pass(4.9)
    expect(facts.timers.waiting()).toHaveLength(1)
    await nextAttempt(facts)
    expect(facts.server.received).toHaveLength(1)
    expect(facts.server.received[0]?.content).toContain('It is 123456.')
    expect(facts.timers.waiting()).toEqual([])
    expect(facts.logged).toHaveLength(2)
    expect(facts.logged.join()).not.toMatch(/ada|123456/)
  })

  it('has the same id in every attempt', async () => {
    const ids: string[] = []
    const facts = await facing(first(2, 'MESSAGE', { says: '451 not now' }))
    await facts.mailer.send(NOTICE)
    await nextAttempt(facts)
    await nextAttempt(facts)
    for (const { content } of facts.server.received) ids.push(/^Message-ID: (.+)$/m.exec(content)?.[1] ?? '')
    expect(ids).toHaveLength(1)
    await facts.mailer.send(NOTICE)
    expect(facts.server.received[1]?.content).not.toContain(ids[0])
  })

  it('is retried at growing intervals until it expires', async () => {
    const facts = await facing(at('RCPT', { says: '450 later' }))
    await facts.mailer.send(CODE)
    const waits: number[] = []
    while (facts.timers.waiting().length > 0) {
      waits.push(...facts.timers.waiting())
      await nextAttempt(facts)
    }
    expect(waits).toEqual([5, 20, 60, 180, 300])
    expect(facts.server.commands.filter((command) => command === 'RCPT')).toHaveLength(6)
    expect(facts.logged.at(-1)).toMatch(/given up .*"attempts":6,"reply":450/)
  })

  it('is never sent after it has expired', async () => {
    const facts = await facing(first(2, 'RCPT', { says: '450 later' }))
    await facts.mailer.send({ ...CODE, goodUntil: new Date(facts.clock.now().getTime() + 30_000) })
    await nextAttempt(facts)
    expect(facts.timers.waiting()).toEqual([20])
    facts.timers.pass(26)
    await until(async () => (facts.logged.length > 1 ? true : null))
    expect(facts.server.received).toEqual([])
    expect(facts.server.commands.filter((command) => command === 'RCPT')).toHaveLength(2)
  })

  it('is reported as undelivered at once when it expires before the next attempt', async () => {
    const facts = await facing(at('RCPT', { says: '450 later' }))
    const goodUntil = new Date(facts.clock.now().getTime() + 5_000)
    expect(await thrownBy(facts.mailer.send({ ...CODE, goodUntil }))).toBeInstanceOf(Unavailable)
    expect(facts.timers.waiting()).toEqual([])
  })

  it('is dropped when the server then rejects it for good', async () => {
    const facts = await facing((command, nth) =>
      command === 'RCPT' ? { says: nth === 1 ? '450 later' : '550 never' } : null,
    )
    let lost = 0
    const whenLost = async () => void (lost += 1)
    await facts.mailer.send({ ...CODE, whenLost })
    expect(lost).toBe(0)
    await nextAttempt(facts)
    expect(facts.timers.waiting()).toEqual([])
    expect(facts.logged.at(-1)).toMatch(/given up/)
    expect(lost).toBe(1)
  })

  it('is not kept when too many messages wait', async () => {
    const facts = await facing(at('RCPT', { says: '450 later' }), { capacity: 3 })
    for (let nth = 0; nth < 3; nth++) await facts.mailer.send(CODE)
    expect(await thrownBy(facts.mailer.send(CODE))).toBeInstanceOf(Unavailable)
    expect(facts.timers.waiting()).toHaveLength(3)
  })
})

describe('a stop', () => {
  it('makes a last attempt for waiting messages', async () => {
    const facts = await facing(first(2, 'RCPT', { says: '450 later' }))
    await facts.mailer.send(CODE)
    await facts.mailer.send(NOTICE)
    await facts.mailer.close(5_000)
    expect(facts.server.received).toHaveLength(2)
    expect(facts.timers.waiting()).toEqual([])
  })

  it('drops messages that are still not accepted, and logs their number in one line', async () => {
    const facts = await facing(at('RCPT', { says: '450 later' }))
    for (let nth = 0; nth < 3; nth++) await facts.mailer.send(CODE)
    const before = facts.logged.length
    await facts.mailer.close(5_000)
    expect(facts.logged.slice(before)).toEqual([expect.stringMatching(/lost .*"lost":3/)])
    expect(facts.timers.waiting()).toEqual([])
  })

  it('does not wait longer than allowed', async () => {
    const facts = await facing(
      (command, nth) => (command === 'RCPT' ? (nth === 1 ? { says: '450 later' } : 'is silent') : null),
      {
        patience: { connect: 300, answer: 60_000, attempt: 60_000 },
      },
    )
    await facts.mailer.send(CODE)
    const before = performance.now()
    await facts.mailer.close(50)
    expect(performance.now() - before).toBeLessThan(2_000)
    expect(facts.logged.at(-1)).toMatch(/"lost":1/)
  })
})

describe('a mailbox that is rejected for good', () => {
  it.each([
    ['550', at('RCPT', { says: '550 no <ada@example.com> here' })],
    ['550 5.1.1', at('RCPT', { says: '550 5.1.1 no <ada@example.com> here' })],
    ['553', at('RCPT', { says: '553 that is no mailbox' })],
    ['556', at('RCPT', { says: '556 takes no mail' })],
    ['552 5.2.2', at('RCPT', { says: '552 5.2.2 the mailbox is full' })],
    ['550 after the message', at('MESSAGE', { says: '550 5.1.1 no such user' })],
  ])('is reported as undeliverable and not retried: %s', async (_, script) => {
    const facts = await facing(script)
    for (const message of [CODE, NOTICE]) {
      expect(await thrownBy(facts.mailer.send(message))).toBeInstanceOf(Undeliverable)
    }
    expect(facts.timers.waiting()).toEqual([])
  })
})

describe('a server that is down or rejects the gateway', () => {
  const faults: readonly (readonly [string, Script])[] = [
    ['never greets', at('GREETING', 'is silent')],
    ['hangs up before it greets', at('GREETING', 'hangs up')],
    ['greets with 554', at('GREETING', { says: '554 go away' })],
    ['speaks something else', at('GREETING', { says: 'SSH-2.0-OpenSSH_9.2' })],
    ['rejects name and password', at('AUTH', { says: '535 5.7.8 wrong for user' })],
    ['cannot check the password now', at('AUTH', { says: '454 4.7.0 later' })],
    ['rejects the sender', at('MAIL', { says: '550 5.7.1 not you' })],
    ['does not relay', at('RCPT', { says: '554 5.7.1 relaying denied' })],
    ['rejects the message as spam', at('MESSAGE', { says: '554 5.7.1 spam' })],
  ]
  it.each(faults)('is reported as unavailable to a caller who waits for a code: %s', async (_, script) => {
    const facts = await facing(script)
    expect(await thrownBy(facts.mailer.send(CODE))).toBeInstanceOf(Unavailable)
    expect(facts.timers.waiting()).toEqual([])
  })

  it.each(faults)('is tried again for mail that no caller waits for: %s', async (_, script) => {
    const facts = await facing(script)
    await facts.mailer.send(NOTICE)
    expect(facts.timers.waiting()).toEqual([5])
    expect(facts.logged.join()).not.toMatch(/ada|changed|wrong for/)
  })

  it('is unavailable while nothing listens, and gets the notice later', async () => {
    const gone = await startSmtpServer()
    await gone.close()
    used = mailing(gone.url)
    expect(await thrownBy(used.mailer.send(CODE))).toBeInstanceOf(Unavailable)
    await used.mailer.send(NOTICE)
    expect(used.timers.waiting()).toEqual([5])
    expect(used.logged.at(-1)).toContain('ESOCKET')
  })

  it('is given up when the whole attempt takes too long, also when each reply is fast', async () => {
    const facts = await facing(at('RCPT', 'is silent'), { patience: { connect: 300, answer: 60_000, attempt: 200 } })
    await facts.mailer.send(CODE)
    expect(facts.timers.waiting()).toEqual([5])
    expect(facts.logged).toEqual([expect.stringContaining('EABORT')])
  })

  it('is tried again at once when it has closed a kept connection', async () => {
    const facts = await facing((command, nth) => (command === 'MAIL' && nth === 2 ? 'hangs up' : null))
    await facts.mailer.send(CODE)
    await facts.mailer.send(CODE)
    expect(facts.server.received).toHaveLength(2)
    expect(facts.logged).toEqual([])
  })
})
