import { randomUUID } from 'node:crypto'
import { Undeliverable } from '../factors/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/logger.js'
import type { Mail, Mailer } from '../kernel/mailer.js'
import { Unavailable } from '../kernel/unavailable.js'
import { delayMail } from './delayed-mail.js'
import { createSmtpTransport, type Envelope, type SmtpPatience } from './smtp-transport.js'
import { systemTimers, type Timers } from './timers.js'

export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with user and password. */
  readonly url: string
  readonly from: string
  readonly serviceName: string
  /** Refuse to talk to a server that offers no TLS. */
  readonly requireTls: boolean
  readonly patience?: SmtpPatience
  /** How long to wait before each further attempt, in seconds. */
  readonly retrySeconds?: readonly number[]
  /** Messages that may wait for another attempt at once. */
  readonly capacity?: number
  /** Certificate authorities to trust in place of those of Node, as PEM; for tests. Else `NODE_EXTRA_CA_CERTS` adds to them. */
  readonly ca?: string
}

export interface SmtpDeps {
  readonly clock: Clock
  readonly logger: Logger
  readonly timers?: Timers
}

export interface SmtpMailer extends Mailer {
  /** Tries what still waits one last time, for at most so long. */
  close(drainMilliseconds: number): Promise<void>
}

/** Short: people wait for their codes, and a request waits with them. */
const PATIENCE: SmtpPatience = { connect: 5_000, answer: 10_000, attempt: 15_000 }
/** Greylisting opens after 1 to 5 minutes; a code is good for 10. */
const RETRY_SECONDS: readonly number[] = [5, 20, 60, 180, 300]
const CAPACITY = 1_000

/**
 * Sends mail. One attempt is made at once; what the server does not take this time is tried again in the background. That
 * there is no server at all is said at once to those who wait for a code; what nobody waits for is tried again too.
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
      transport.close()
    },
  }
}

const ADDRESS = /^[^\s@<>,;:"()[\]\\\p{Cc}]{1,64}@[^\s@<>,;:"()[\]\\\p{Cc}]{1,255}$/u
const CONTROL = /\p{Cc}+/gu
// One word of it stays below the 998 characters a line may have (RFC 5322 2.1.1), as nothing can be folded in it.
const SUBJECT_LENGTH = 200

/**
 * One recipient, and a subject of one line: an address or a name cannot add a header or another recipient. Every attempt
 * has the same id, so that a mailbox that got two copies can tell.
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
