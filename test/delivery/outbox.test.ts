import { createOutbox } from '../../src/delivery/index.js'
import { movableClock } from '../../src/kernel/clock.js'
import { silentLogger, type Logger } from '../../src/kernel/logger.js'

const START = new Date('2026-05-04T10:00:00Z')
const message = (subject: string) => ({ to: 'ada@example.com', subject, text: 'canary' })

it('keeps messages, newest last, with the time they were sent', async () => {
  const clock = movableClock(START)
  const outbox = createOutbox({ clock, logger: silentLogger })
  await outbox.send(message('first'))
  clock.advance(60)
  await outbox.send(message('second'))
  expect(outbox.messages()).toEqual([
    { ...message('first'), channel: 'mail', sentAt: START },
    { ...message('second'), channel: 'mail', sentAt: new Date('2026-05-04T10:01:00Z') },
  ])
})

it('keeps text messages together with mail', async () => {
  const outbox = createOutbox({ clock: movableClock(START), logger: silentLogger })
  await outbox.send(message('mail'))
  await outbox.texts.send({ to: '+12025550123', text: 'canary' })
  expect(outbox.messages()).toMatchObject([
    { channel: 'mail', to: 'ada@example.com' },
    { channel: 'sms', to: '+12025550123', subject: '', text: 'canary', sentAt: START },
  ])
})

it('drops the oldest message when it is full', async () => {
  const outbox = createOutbox({ clock: movableClock(START), logger: silentLogger }, 2)
  for (const subject of ['a', 'b', 'c']) await outbox.send(message(subject))
  expect(outbox.messages().map(({ subject }) => subject)).toEqual(['b', 'c'])
})

it('logs that there is a message, without its text and recipient', async () => {
  const lines: string[] = []
  const logger: Logger = { ...silentLogger, info: (fields, text) => void lines.push(JSON.stringify(fields) + text) }
  const outbox = createOutbox({ clock: movableClock(START), logger })
  await outbox.send(message('canary'))
  await outbox.texts.send({ to: '+12025550123', text: 'canary' })
  expect(lines).toHaveLength(2)
  for (const line of lines) {
    expect(line).toContain('/dev/outbox')
    expect(line).not.toMatch(/canary|ada@|555/)
  }
})
