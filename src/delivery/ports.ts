export interface Message {
  /** One address. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
}

export interface Mailer {
  /** Hands the message to the next hop. Throws `Unavailable` when that is down; nothing says whether it is read. */
  send(message: Message): Promise<void>
}
