import { createSmtpMailer, type SmtpMailer, type SmtpSettings } from '../../src/delivery/index.js'
import { movableClock, secondsAfter } from '../../src/kernel/clock.js'
import { handTimers } from './hand-timers.js'

const NOW = new Date('2026-03-02T09:00:00.000Z')

/** A code that works for ten minutes. */
export const CODE = {
  to: 'ada@example.com',
  subject: 'Your code',
  text: 'It is 123456.',
  goodUntil: secondsAfter(NOW, 600),
}
/** A mail that no caller waits for. */
export const NOTICE = { to: 'ada@example.com', subject: 'Something changed', text: 'It was changed.' }

/** Long enough for loopback, short enough for tests. */
const SHORT = { connect: 200, answer: 400, attempt: 2_000 }

export interface Mailing {
  readonly mailer: SmtpMailer
  readonly timers: ReturnType<typeof handTimers>
  readonly clock: ReturnType<typeof movableClock>
  /** Every log line, as text. */
  readonly logged: string[]
}

/** A mailer with a clock of its own, which keeps every log line. */
export function mailing(url: string, settings: Partial<SmtpSettings> = {}): Mailing {
  const clock = movableClock(NOW)
  const timers = handTimers(clock)
  const logged: string[] = []
  const write = (fields: object, message: string): void => void logged.push(`${message} ${JSON.stringify(fields)}`)
  const logger = { debug: write, info: write, warn: write, error: write }
  const mailer = createSmtpMailer(
    { url, from: 'stepgate@example.com', serviceName: 'Stepgate', requireTls: false, patience: SHORT, ...settings },
    { clock, timers, logger },
  )
  return { mailer, timers, clock, logged }
}
