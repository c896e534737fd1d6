import type { Config } from './config.js'
import { allowedOriginsOf, hasOutbox } from './defaults.js'
import type { Values } from './settings.js'

const DAY_SECONDS = 86_400
/** Push services of browsers: Chrome and its kin, Firefox, Safari, Edge. */
const DEFAULT_PUSH_SERVICES = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  'web.push.apple.com',
  '*.push.apple.com',
  '*.notify.windows.com',
] as const
const ALL = ['TOTP', 'WEBAUTHN', 'PUSH', 'SMS', 'EMAIL'] as const

type FactorConfig = Pick<Config, 'factors' | 'push' | 'webauthn' | 'vapid' | 'twilio' | 'messages'>

/** The part of the configuration that is about factors and what is sent for them. */
export function assembleFactors(
  values: Values,
  { publicUrl, mailFrom }: { readonly publicUrl: URL; readonly mailFrom: string },
): FactorConfig {
  const twilio = twilioOf(values)
  // The outbox of a developer shows text messages too.
  const canSendSms = twilio !== null || hasOutbox(values)
  const { enabledFactors, factorLifetimeDays, vapidPublicKey, vapidPrivateKey } = values
  const hasVapid = vapidPublicKey !== null && vapidPrivateKey !== null
  return {
    factors: {
      enabled: enabledFactors.length > 0 ? enabledFactors : ALL.filter((type) => type !== 'SMS' || canSendSms),
      emailCodeIsMfa: values.emailCodeIsMfa,
      recoveryCodeUse: values.recoveryCodeUse,
      lifetimeSeconds: factorLifetimeDays === null ? null : factorLifetimeDays * DAY_SECONDS,
      smsDefaultRegion: values.smsDefaultRegion,
      pushRate: values.pushRate,
    },
    webauthn: {
      rpId: values.webauthnRpId ?? publicUrl.hostname,
      origins: values.webauthnOrigins.length > 0 ? values.webauthnOrigins : allowedOriginsOf(values, publicUrl),
      topOrigins: values.webauthnTopOrigins,
      attestationRoots: values.webauthnAttestationRoots,
    },
    push: { services: values.pushServices.length > 0 ? values.pushServices : DEFAULT_PUSH_SERVICES },
    vapid: hasVapid
      ? {
          publicKey: vapidPublicKey,
          privateKey: vapidPrivateKey,
          subject: values.vapidSubject?.href ?? `mailto:${mailFrom}`,
        }
      : null,
    twilio,
    messages: {
      directory: values.messagesDirectory,
      language: values.language,
      notMeUrl: values.notMeUrl?.href ?? `${publicUrl.origin}/not-me`,
      notMeSeconds: values.notMeSeconds,
    },
  }
}

function twilioOf({ twilioAccountSid, twilioAuthToken, twilioFrom, twilioUrl }: Values): Config['twilio'] {
  if (twilioAccountSid === null || twilioAuthToken === null || twilioFrom === null) return null
  return { accountSid: twilioAccountSid, authToken: twilioAuthToken, from: twilioFrom, url: twilioUrl?.origin ?? null }
}
