import type { SoftwareNames } from './describe-agent.js'
import { NOTICES } from './notices.js'

/** Every message sent to people, by the name of its template. */
export const MESSAGES = [
  'sms-code',
  'email-code',
  'confirm-sign-up',
  'already-registered',
  'confirm-email-change',
  'address-not-available',
  'organization-invitation',
  'sign-in-link',
  'reset-password',
  'no-account',
  ...NOTICES,
] as const
export type MessageName = (typeof MESSAGES)[number]

/**
 * The value of a placeholder. Durations, times, countries and devices are written out in the language of the message.
 */
export type MessageValue =
  | string
  | number
  | Date
  | { readonly seconds: number }
  /** ISO 3166-1 alpha-2; null: unknown. */
  | { readonly country: string | null }
  | SoftwareNames

/** The values of a template. May hold codes and links, so they are never stored or logged. */
export type MessageValues = Readonly<Record<string, MessageValue>>

/** A message as its recipient reads it. Text messages use neither the subject nor the HTML. */
export interface RenderedMessage {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Writes messages in the recipient's language where it has templates. */
export interface Messages {
  /** The languages there are templates in, the installation's own first. */
  readonly languages: readonly string[]
  render(name: MessageName, language: string | null, values: MessageValues): RenderedMessage
}
