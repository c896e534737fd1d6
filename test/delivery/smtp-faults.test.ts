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

/** The same while it is one of the first so many. */
const first =
  (count: number, command: string, turn: ReturnType<Script>): Script =>
  (given, nth) =>
    given === command && nth <= count ? turn : null

/** Lets the next attempt come due, and waits for what becomes of it. */
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

describe('a message that the server does not take this time', () => {
  it.each([
    ['450 at the recipient (greylisting)', first(1, 'RCPT', { says: '450 4.2.0 <ada@example.com> greylisted' })],
    ['451 at the recipient', first(1, 'RCPT', { says: '451 try again' })],
    ['452 at the sender', first(1, 'MAIL', { says: '452 full' })],
    ['421 at the greeting', first(1, 'GREETING', { says: '421 too busy' })],
    ['421 at the message', first(1, 'MESSAGE', { says: '421 closing' })],
    ['451 after the message', first(1, 'MESSAGE', { says: '451 not now' })],
    ['a connection that breaks in mid-message', first(1, 'MESSAGE', 'hangs up')],
    ['a connection that breaks at DATA', first(1, 'DATA', 'hangs up')],
    ['no answer to the message', first(1, 'MESSAGE', 'is silent')],
    ['no answer to the recipient', first(1, 'RCPT', 'is silent')],
  ])('is tried again, and arrives once: %s', async (_, script) => {
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

  it('bears the same id at every attempt', async () => {
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

  it('is tried at growing distances while it is good, and then no more', async () => {
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

  it('is never sent after its end, however the attempts fall', async () => {
    const facts = await facing(first(2, 'RCPT', { says: '450 later' }))
    await facts.mailer.send({ ...CODE, goodUntil: new Date(facts.clock.now().getTime() + 30_000) })
    await nextAttempt(facts)
    expect(facts.timers.waiting()).toEqual([20])
    facts.timers.pass(26)
    await until(async () => (facts.logged.length > 1 ? true : null))
    expect(facts.server.received).toEqual([])
    expect(facts.server.commands.filter((command) => command === 'RCPT')).toHaveLength(2)
  })

  it('is said to be undelivered at once when no attempt fits into its time', async () => {
    const facts = await facing(at('RCPT', { says: '450 later' }))
    const goodUntil = new Date(facts.clock.now().getTime() + 5_000)
    expect(await thrownBy(facts.mailer.send({ ...CODE, goodUntil }))).toBeInstanceOf(Unavailable)
    expect(facts.timers.waiting()).toEqual([])
  })

  it('is given up when the server refuses it for good after all', async () => {
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

  it('is not kept when as many wait as there is room for', async () => {
    const facts = await facing(at('RCPT', { says: '450 later' }), { capacity: 3 })
    for (let nth = 0; nth < 3; nth++) await facts.mailer.send(CODE)
    expect(await thrownBy(facts.mailer.send(CODE))).toBeInstanceOf(Unavailable)
    expect(facts.timers.waiting()).toHaveLength(3)
  })
})

describe('a stop', () => {
  it('tries what waits one last time', async () => {
    const facts = await facing(first(2, 'RCPT', { says: '450 later' }))
    await facts.mailer.send(CODE)
    await facts.mailer.send(NOTICE)
    await facts.mailer.close(5_000)
    expect(facts.server.received).toHaveLength(2)
    expect(facts.timers.waiting()).toEqual([])
  })

  it('drops what is still not taken, and says how much in one line', async () => {
    const facts = await facing(at('RCPT', { says: '450 later' }))
    for (let nth = 0; nth < 3; nth++) await facts.mailer.send(CODE)
    const before = facts.logged.length
    await facts.mailer.close(5_000)
    expect(facts.logged.slice(before)).toEqual([expect.stringMatching(/lost .*"lost":3/)])
    expect(facts.timers.waiting()).toEqual([])
  })

  it('does not wait longer than it may', async () => {
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

describe('a mailbox that is refused for good', () => {
  it.each([
    ['550', at('RCPT', { says: '550 no <ada@example.com> here' })],
    ['550 5.1.1', at('RCPT', { says: '550 5.1.1 no <ada@example.com> here' })],
    ['553', at('RCPT', { says: '553 that is no mailbox' })],
    ['556', at('RCPT', { says: '556 takes no mail' })],
    ['552 5.2.2', at('RCPT', { says: '552 5.2.2 the mailbox is full' })],
    ['550 after the message', at('MESSAGE', { says: '550 5.1.1 no such user' })],
  ])('cannot be delivered to, and is not tried again: %s', async (_, script) => {
    const facts = await facing(script)
    for (const message of [CODE, NOTICE]) {
      expect(await thrownBy(facts.mailer.send(message))).toBeInstanceOf(Undeliverable)
    }
    expect(facts.timers.waiting()).toEqual([])
  })
})

describe('a server that is not there for us', () => {
  const faults: readonly (readonly [string, Script])[] = [
    ['never greets', at('GREETING', 'is silent')],
    ['hangs up before it greets', at('GREETING', 'hangs up')],
    ['greets with 554', at('GREETING', { says: '554 go away' })],
    ['speaks something else', at('GREETING', { says: 'SSH-2.0-OpenSSH_9.2' })],
    ['refuses name and password', at('AUTH', { says: '535 5.7.8 wrong for user' })],
    ['cannot check the password now', at('AUTH', { says: '454 4.7.0 later' })],
    ['refuses the sender', at('MAIL', { says: '550 5.7.1 not you' })],
    ['does not relay', at('RCPT', { says: '554 5.7.1 relaying denied' })],
    ['takes it for spam', at('MESSAGE', { says: '554 5.7.1 spam' })],
  ]
  it.each(faults)('is unavailable to who waits for a code: %s', async (_, script) => {
    const facts = await facing(script)
    expect(await thrownBy(facts.mailer.send(CODE))).toBeInstanceOf(Unavailable)
    expect(facts.timers.waiting()).toEqual([])
  })

  it.each(faults)('is tried again for what nobody waits for: %s', async (_, script) => {
    const facts = await facing(script)
    await facts.mailer.send(NOTICE)
    expect(facts.timers.waiting()).toEqual([5])
    expect(facts.logged.join()).not.toMatch(/ada|changed|wrong for/)
  })

  it('is unavailable when nobody listens, and gets the notice once somebody does', async () => {
    const gone = await startSmtpServer()
    await gone.close()
    used = mailing(gone.url)
    expect(await thrownBy(used.mailer.send(CODE))).toBeInstanceOf(Unavailable)
    await used.mailer.send(NOTICE)
    expect(used.timers.waiting()).toEqual([5])
    expect(used.logged.at(-1)).toContain('ESOCKET')
  })

  it('is left after the whole attempt took too long, however it is drawn out', async () => {
    const facts = await facing(at('RCPT', 'is silent'), { patience: { connect: 300, answer: 60_000, attempt: 200 } })
    await facts.mailer.send(CODE)
    expect(facts.timers.waiting()).toEqual([5])
    expect(facts.logged).toEqual([expect.stringContaining('EABORT')])
  })

  it('is asked once more at once when it closed a kept connection meanwhile', async () => {
    const facts = await facing((command, nth) => (command === 'MAIL' && nth === 2 ? 'hangs up' : null))
    await facts.mailer.send(CODE)
    await facts.mailer.send(CODE)
    expect(facts.server.received).toHaveLength(2)
    expect(facts.logged).toEqual([])
  })
})
