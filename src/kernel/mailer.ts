/** A mail as it is sent. It may hold a code or a link, so it is never stored or logged. */
export interface Mail {
  /** A single address. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** After this time the mail is useless and is not sent, because a person is waiting for it. Left out: it can wait. */
  readonly goodUntil?: Date
  /** Called when a queued mail is finally given up. */
  readonly whenLost?: () => Promise<void>
}

export interface Mailer {
  /**
   * Hands the mail to the next hop. Throws `Unavailable` when the hop is down, `Undeliverable` when it refuses
   * permanently.
   */
  send(mail: Mail): Promise<void>
}
