import type { SoftwareNames } from './describe-agent.js'
import { NOTICES } from './notices.js'

/** Everything people are sent, by the name of its template. */
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
 * What a gap is filled with. Lengths of time, moments, countries and devices are written out in the language of the
 * message.
 */
export type MessageValue =
  | string
  | number
  | Date
  | { readonly seconds: number }
  /** ISO 3166-1 alpha-2; null: nobody knows. */
  | { readonly country: string | null }
  | SoftwareNames

/** What a template is filled with. May hold codes and links, so it is never stored or logged. */
export type MessageValues = Readonly<Record<string, MessageValue>>

/** A message as its person reads it. Text messages are sent without subject and HTML. */
export interface RenderedMessage {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Writes messages, in the person's language where there are templates in it. */
export interface Messages {
  render(name: MessageName, language: string | null, values: MessageValues): RenderedMessage
}
