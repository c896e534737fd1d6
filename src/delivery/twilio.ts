import type { Twilio } from 'twilio'
import { Undeliverable, type TextSender } from '../factors/index.js'
import type { Logger } from '../kernel/logger.js'
import { Unavailable } from '../kernel/unavailable.js'

export interface TwilioSettings {
  readonly accountSid: string
  readonly authToken: string
  /** A number in international form, a name, or the id of a messaging service. */
  readonly from: string
  /** The origin to ask instead of Twilio's own; null: that. */
  readonly url: string | null
}

const PATIENCE_MILLISECONDS = 8_000
const ANSWER_BYTES = 64 * 1024

/** Twilio's codes for numbers that no message will ever reach from this account: not one, a landline, opted out. */
const NEVER: readonly unknown[] = [21211, 21214, 21217, 21265, 21408, 21608, 21610, 21612, 21614, 21635]

/** A name has eleven characters at most, so it cannot be taken for one. */
const MESSAGING_SERVICE = /^MG[0-9A-Za-z]{10,}$/

/** Such as `ECONNREFUSED`. */
const CONNECTION_FAULT = /^[A-Z_]{3,40}$/

/** Sends text messages through Twilio, with short patience: people wait for their codes. */
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
      // Its library is large and loaded with the first message only.
      client ??= createClient(settings, patienceMilliseconds)
      const { messages } = await client
      await messages.create({ to, body: text, ...sender }).catch((fault: unknown) => {
        const { status, code } = facts(fault)
        logger.warn({ status, code }, 'a text message was not taken')
        // The cause is left out: it quotes the number, and this ends up in the log.
        throw status !== null && status < 500 && NEVER.includes(code)
          ? new Undeliverable('sms')
          : new Unavailable('sms')
      })
    },
  }
}

async function createClient(settings: TwilioSettings, patienceMilliseconds: number): Promise<Twilio> {
  const { default: twilio } = await import('twilio')
  // One connection a message: one that was kept may be gone at its other end, and a message is not sent twice.
  const httpClient = new twilio.RequestClient({ timeout: patienceMilliseconds, keepAlive: false, autoRetry: false })
  httpClient.axios.interceptors.request.use((request) => ({
    ...request,
    ...(settings.url !== null && request.url !== undefined ? { url: movedTo(settings.url, request.url) } : {}),
    // Its own timeout starts anew with every byte.
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

/** What may be told of a fault: the status of the answer and the code of the error, nothing it says. */
function facts(fault: unknown): { readonly status: number | null; readonly code: number | string | null } {
  if (typeof fault !== 'object' || fault === null) return { status: null, code: null }
  const { status, code } = fault as { readonly status?: unknown; readonly code?: unknown }
  const isCode = typeof code === 'number' || (typeof code === 'string' && CONNECTION_FAULT.test(code))
  return { status: typeof status === 'number' ? status : null, code: isCode ? code : null }
}
