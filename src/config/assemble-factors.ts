import { allowedOriginsOf, hasOutbox } from './defaults.js'
import type { Values } from './settings.js'

const DAY_SECONDS = 86_400
/** Push services of browsers: Chrome and its derivatives, Firefox, Safari, Edge. */
const DEFAULT_PUSH_SERVICES = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  'web.push.apple.com',
  '*.push.apple.com',
  '*.notify.windows.com',
] as const
const ALL = ['TOTP', 'WEBAUTHN', 'PUSH', 'SMS', 'EMAIL'] as const

/** The configuration of factors and of the messages they send. */
export function assembleFactors(
  values: Values,
  { publicUrl, mailFrom }: { readonly publicUrl: URL; readonly mailFrom: string },
) {
  const { factors, webauthn, push, messages } = values
  const twilio = twilioOf(values)
  // A developer's outbox shows text messages too.
  const canSendSms = twilio !== null || hasOutbox(values)
  return {
    factors: {
      /** Kinds in use, besides recovery codes. */
      enabled: factors.enabled.length > 0 ? factors.enabled : ALL.filter((type) => type !== 'SMS' || canSendSms),
      emailCodeIsMfa: factors.emailCodeIsMfa,
      recoveryCodeUse: factors.recoveryCodeUse,
      /** Null: they never expire. */
      lifetimeSeconds: factors.lifetimeDays === null ? null : factors.lifetimeDays * DAY_SECONDS,
      smsDefaultRegion: factors.smsDefaultRegion,
      pushRate: factors.pushRate,
    },
    webauthn: {
      ...webauthn,
      rpId: webauthn.rpId ?? publicUrl.hostname,
      origins: webauthn.origins.length > 0 ? webauthn.origins : allowedOriginsOf(values, publicUrl),
    },
    /** Hosts that may be called, or the origins of servers on this machine. */
    push: { services: push.services.length > 0 ? push.services : DEFAULT_PUSH_SERVICES },
    vapid: vapidOf(values, mailFrom),
    twilio,
    messages: { ...messages, notMeUrl: messages.notMeUrl?.href ?? `${publicUrl.origin}/not-me` },
  }
}

/** The private key is a secret. Null: no Web Push. */
function vapidOf({ vapid: { publicKey, privateKey, subject } }: Values, mailFrom: string) {
  if (publicKey === null || privateKey === null) return null
  return { publicKey, privateKey, subject: subject?.href ?? `mailto:${mailFrom}` }
}

/** The token is a secret. Null: text messages go to the development outbox, or are not sent. */
function twilioOf({ twilio: { accountSid, authToken, from, url } }: Values) {
  if (accountSid === null || authToken === null || from === null) return null
  return { accountSid, authToken, from, url: url?.origin ?? null }
}
