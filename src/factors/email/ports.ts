/** A message to a mailbox. It holds a code, so it is never stored or logged. */
export interface CodeMail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** After this it is worth nothing and is not sent any more. */
  readonly goodUntil: Date
}

export interface CodeMailer {
  /** Hands the message over. Throws `Unavailable` when the next hop is down, `Undeliverable` when it refused for good. */
  send(mail: CodeMail): Promise<void>
}
