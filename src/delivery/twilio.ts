import type { Twilio } from 'twilio'
import { Undeliverable, type TextSender } from '../factors/index.js'
import type { Logger } from '../kernel/logger.js'
import { Unavailable } from '../kernel/unavailable.js'

export interface TwilioSettings {
  readonly accountSid: string
  readonly authToken: string
  /** A number in international form, a name, or the id of a messaging service. */
  readonly from: string
  /** The origin to call instead of Twilio's; null: Twilio's own. */
  readonly url: string | null
}

const PATIENCE_MILLISECONDS = 8_000
const ANSWER_BYTES = 64 * 1024

/** Twilio's codes for numbers that this account can never reach: not a number, a landline, opted out. */
const NEVER: readonly unknown[] = [21211, 21214, 21217, 21265, 21408, 21608, 21610, 21612, 21614, 21635]

/** The id of a messaging service. Names have at most eleven characters, so they never look like one. */
const MESSAGING_SERVICE = /^MG[0-9A-Za-z]{10,}$/

/** Such as `ECONNREFUSED`. */
const CONNECTION_FAULT = /^[A-Z_]{3,40}$/

/** Sends text messages through Twilio, with a short timeout, because callers wait for their codes. */
export function createTwilioTexts(
  settings: TwilioSettings,
  { logger, patienceMilliseconds = PATIENCE_MILLISECONDS }: { logger: Logger; patienceMilliseconds?: number },
): TextSender {
  const sender = MESSAGING_SERVICE.test(settings.from)
    ? { messagingServiceSid: settings.from }
    : { from: settings.from }
  let client: Promise<Twilio> | undefined
  return {
    send: async ({ to, text }) => {
      // The library is large, so it is loaded with the first message.
      client ??= createClient(settings, patienceMilliseconds)
      const { messages } = await client
      await messages.create({ to, body: text, ...sender }).catch((fault: unknown) => {
        const { status, code } = facts(fault)
        logger.warn({ status, code }, 'a text message was not taken')
        // Without the cause: it quotes the number and would be logged.
        throw status !== null && status < 500 && NEVER.includes(code)
          ? new Undeliverable('sms')
          : new Unavailable('sms')
      })
    },
  }
}

async function createClient(settings: TwilioSettings, patienceMilliseconds: number): Promise<Twilio> {
  const { default: twilio } = await import('twilio')
  // A new connection for each message. A kept one may be closed at the other end, and a message is never sent twice.
  const httpClient = new twilio.RequestClient({ timeout: patienceMilliseconds, keepAlive: false, autoRetry: false })
  httpClient.axios.interceptors.request.use((request) => ({
    ...request,
    ...(settings.url !== null && request.url !== undefined ? { url: movedTo(settings.url, request.url) } : {}),
    // Twilio's own timeout restarts with every byte.
    signal: AbortSignal.timeout(patienceMilliseconds),
    maxContentLength: ANSWER_BYTES,
    maxRedirects: 0,
  }))
  return twilio(settings.accountSid, settings.authToken, { httpClient })
}

function movedTo(origin: string, text: string): string {
  const { pathname, search } = new URL(text)
  return `${origin}${pathname}${search}`
}

/** The part of an error that may be logged: the status of the answer and the error code, not its text. */
function facts(fault: unknown): { readonly status: number | null; readonly code: number | string | null } {
  if (typeof fault !== 'object' || fault === null) return { status: null, code: null }
  const { status, code } = fault as { readonly status?: unknown; readonly code?: unknown }
  const isCode = typeof code === 'number' || (typeof code === 'string' && CONNECTION_FAULT.test(code))
  return { status: typeof status === 'number' ? status : null, code: isCode ? code : null }
}
