export { createOutbox, type Outbox, type OutboxDeps, type SentMessage } from './outbox.js'
export type { Mailer, Message } from './ports.js'
export { createSmtpMailer, type SmtpMailer, type SmtpSettings } from './smtp.js'
export { createTwilioTexts, type TwilioSettings } from './twilio.js'
