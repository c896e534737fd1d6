import type { TextSender } from '../factors/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/logger.js'
import type { Mail, Mailer } from '../kernel/mailer.js'

export interface SentMessage extends Mail {
  readonly channel: 'mail' | 'sms'
  readonly sentAt: Date
}

/** For development: sends nothing and keeps the last mails and text messages in memory, for `/dev/outbox`. */
export interface Outbox extends Mailer {
  readonly texts: TextSender
  /** Newest last. */
  messages(): readonly SentMessage[]
}

export interface OutboxDeps {
  readonly clock: Clock
  readonly logger: Logger
}

const CAPACITY = 200

export function createOutbox({ clock, logger }: OutboxDeps, capacity = CAPACITY): Outbox {
  const kept: SentMessage[] = []
  const keep = async (message: Omit<SentMessage, 'sentAt'>): Promise<void> => {
    kept.push(Object.freeze({ ...message, sentAt: clock.now() }))
    if (kept.length > capacity) kept.shift()
    // Neither the text nor the recipient is logged: messages contain codes and links.
    logger.info({ waiting: kept.length }, 'a message waits at /dev/outbox')
  }
  return {
    messages: () => [...kept],
    send: (message) => keep({ ...message, channel: 'mail' }),
    texts: { send: ({ to, text }) => keep({ to, subject: '', text, channel: 'sms' }) },
  }
}
