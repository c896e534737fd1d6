/** A mail as it is sent. It may hold a code or a link, so it is never stored or logged. */
export interface Mail {
  /** One address. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** A person waits for the mail until then. Later it is useless and is not sent. Left out: it can wait. */
  readonly goodUntil?: Date
  /** Called when the mail was queued for another attempt and is given up after all. */
  readonly whenLost?: () => Promise<void>
}

export interface Mailer {
  /** Hands the mail to the next hop. Throws `Unavailable` when that is down, `Undeliverable` when it refuses for good. */
  send(mail: Mail): Promise<void>
}
