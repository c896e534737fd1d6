import type { Config } from '../config/index.js'
import {
  createOutbox,
  createSmtpMailer,
  createTextRecords,
  createTwilioTexts,
  createWebPush,
} from '../delivery/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/logger.js'

/** Counted after requests were drained, so that stopping the gateway does not take twice as long. */
const MAIL_DRAIN_SECONDS = 5

interface DeliveryOptions {
  readonly config: Config
  readonly logger: Logger
  readonly clock: Clock
}

/** Mail, text messages, push and DNS. `texts` is null where no provider is configured. */
export function composeDelivery(options: DeliveryOptions) {
  const { config, logger, clock } = options
  const outbox = createOutbox({ clock, logger })
  const shown = config.mail.outbox ? outbox : null
  const { mailer, close } = composeMailer(options) ?? { mailer: outbox, close: () => Promise.resolve() }
  return {
    mailer,
    outbox: shown,
    texts: config.twilio ? createTwilioTexts(config.twilio, { logger }) : (shown?.texts ?? null),
    push: createWebPush({ clock }, { vapid: config.vapid, services: config.push.services }),
    textRecords: createTextRecords({ servers: config.organizations.dnsServers }),
    close,
  }
}

function composeMailer({ config, logger, clock }: DeliveryOptions) {
  const { smtpUrl: url, from } = config.mail
  if (url === null) return null
  const { serviceName, production: requireTls, server } = config
  const mailer = createSmtpMailer({ url, from, serviceName, requireTls }, { clock, logger })
  return { mailer, close: () => mailer.close(Math.min(server.drainSeconds, MAIL_DRAIN_SECONDS) * 1000) }
}
