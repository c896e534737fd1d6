export interface Message {
  /** One address. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** Somebody waits for it, and after this it is worth nothing: it is not sent any more. Without: nobody waits. */
  readonly goodUntil?: Date
  /** Called when it was taken for a later attempt, and given up after all. */
  readonly whenLost?: () => Promise<void>
}

export interface Mailer {
  /** Hands the message to the next hop. Throws `Unavailable` when that is down; nothing says whether it is read. */
  send(message: Message): Promise<void>
}
