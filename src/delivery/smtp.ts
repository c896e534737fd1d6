import { randomUUID } from 'node:crypto'
import { Undeliverable } from '../factors/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/logger.js'
import type { Mail, Mailer } from '../kernel/mailer.js'
import { Unavailable } from '../kernel/unavailable.js'
import { delayMail } from './delayed-mail.js'
import type { SmtpFailure } from './smtp-failure.js'
import { createSmtpTransport, type Envelope, type SmtpPatience } from './smtp-transport.js'
import { systemTimers, type Timers } from './timers.js'

export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with user and password. */
  readonly url: string
  readonly from: string
  readonly serviceName: string
  /** Reject servers without TLS. */
  readonly requireTls: boolean
  readonly patience?: SmtpPatience
  /** Seconds to wait before each further attempt. */
  readonly retrySeconds?: readonly number[]
  /** How many messages may wait for another attempt at the same time. */
  readonly capacity?: number
  /** Certificate authorities to trust instead of Node's, as PEM; for tests. `NODE_EXTRA_CA_CERTS` adds to Node's. */
  readonly ca?: string
}

export interface SmtpDeps {
  readonly clock: Clock
  readonly logger: Logger
  readonly timers?: Timers
}

export interface SmtpMailer extends Mailer {
  /** Makes a last attempt for waiting messages, within so many milliseconds. */
  close(drainMilliseconds: number): Promise<void>
}

/** Short, because a request waits while its code is sent. */
const PATIENCE: SmtpPatience = { connect: 5_000, answer: 10_000, attempt: 15_000 }
/** Greylisting ends after 1 to 5 minutes; a code works for 10. */
const RETRY_SECONDS: readonly number[] = [5, 20, 60, 180, 300]
const CAPACITY = 1_000

/**
 * Sends mail. The first attempt is made at once; a message that the server does not accept is retried in the background. If
 * the server is down, a caller who waits for a code learns it at once; other mail is retried.
 */
export function createSmtpMailer(settings: SmtpSettings, deps: SmtpDeps): SmtpMailer {
  const { patience = PATIENCE, retrySeconds = RETRY_SECONDS, capacity = CAPACITY } = settings
  const { logger, timers = systemTimers } = deps
  const transport = createSmtpTransport({ ...settings, patience })
  const delayed = delayMail({ ...deps, timers, retrySeconds, capacity })
  return {
    send: async (message) => {
      const mail = mailOf(settings, message)
      const { goodUntil = null, whenLost } = message
      const handOver = () => transport.handOver(mail)
      const failure = await handOver()
      if (!failure) return
      if (failure.kind === 'refused') throw new Undeliverable('mail')
      const isWaitedFor = goodUntil !== null
      if (failure.kind === 'down' && isWaitedFor) throw new Unavailable('mail')
      if (!delayed.add({ handOver, goodUntil, attempts: 1, ...(whenLost ? { whenLost } : {}) }))
        throw new Unavailable('mail')
      logger.warn({ reply: failure.reply, fault: failure.fault }, 'mail was not taken and is tried again')
    },
    close: async (drainMilliseconds) => {
      await delayed.drain(drainMilliseconds)
      await transport.close()
    },
  }
}

/** Connects to the mail server and signs in, without sending anything. Null: the server is ready. */
export async function greetMailServer(
  settings: Pick<SmtpSettings, 'url' | 'requireTls' | 'patience' | 'ca'>,
): Promise<SmtpFailure | null> {
  const transport = createSmtpTransport({ ...settings, patience: settings.patience ?? PATIENCE })
  return transport.greet().finally(() => transport.close())
}

const ADDRESS = /^[^\s@<>,;:"()[\]\\\p{Cc}]{1,64}@[^\s@<>,;:"()[\]\\\p{Cc}]{1,255}$/u
const CONTROL = /\p{Cc}+/gu
// A single word cannot be folded, so it stays below the limit of 998 characters for a line (RFC 5322 2.1.1).
const SUBJECT_LENGTH = 200

/**
 * One recipient and a subject of one line, so an address or a name cannot add a header or another recipient. Every attempt
 * has the same id, so the mailbox can recognise duplicates.
 */
function mailOf({ from, serviceName }: SmtpSettings, { to, subject, text, html }: Mail): Envelope {
  if (!ADDRESS.test(to)) throw new Error('the recipient is not one e-mail address')
  return {
    messageId: `<${randomUUID()}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    from: { name: serviceName, address: from },
    to: { name: '', address: to },
    subject: [...subject.replace(CONTROL, ' ')].slice(0, SUBJECT_LENGTH).join(''),
    text,
    ...(html === undefined ? {} : { html }),
  }
}
