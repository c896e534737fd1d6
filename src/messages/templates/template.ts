import type { MessageName } from '../../kernel/messages.js'

/** A message with its gaps, as `{{name}}`. An empty line separates paragraphs; see docs/messages.md. */
export interface Template {
  /** One line; empty for text messages. */
  readonly subject: string
  readonly text: string
}

/** The messages of one language. */
export type Templates = Readonly<Record<MessageName, Template>>
