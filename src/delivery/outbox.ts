import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/logger.js'
import type { Mailer, Message } from './ports.js'

export interface SentMessage extends Message {
  readonly sentAt: Date
}

/** A mailer for development that sends nothing: it keeps the last messages in memory, for `/dev/outbox`. */
export interface Outbox extends Mailer {
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
  return {
    messages: () => [...kept],
    send: (message) => {
      kept.push(Object.freeze({ ...message, sentAt: clock.now() }))
      if (kept.length > capacity) kept.shift()
      // Not what it says, and not to whom: messages hold codes and links.
      logger.info({ waiting: kept.length }, 'a message waits at /dev/outbox')
      return Promise.resolve()
    },
  }
}
