import { createECDH } from 'node:crypto'
import { SETTINGS, type SettingName, type Values } from './settings.js'
import type { Mistake } from './config-error.js'
import { hasOutbox } from './defaults.js'

interface Rule {
  readonly setting: SettingName
  readonly says: string
  readonly broken: (values: Values) => boolean
}

const production = (values: Values): boolean => values.environment === 'production'
const isLoopback = (url: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)

/** The pages that links in mails lead to, with a token in the fragment: on plain http whoever is on the way could take it. */
const PAGES_OF_LINKS = ['confirmUrl', 'passwordResetUrl', 'invitationUrl', 'notMeUrl'] as const

/** What is wrong although every value by itself is right; the unsafe ones stop a production start. */
const RULES: readonly Rule[] = [
  {
    setting: 'riskThresholdMedium',
    says: 'must lie at least 1 above the low one and at least 1 below the high one',
    broken: ({ riskThresholdLow: low, riskThresholdMedium: medium, riskThresholdHigh: high }) =>
      low + 1 > medium || medium + 1 > high,
  },
  {
    setting: 'publicUrl',
    says: 'must be set and start with https:// in production',
    broken: (values) => production(values) && values.publicUrl?.protocol !== 'https:',
  },
  {
    setting: 'publicUrl',
    says: 'may be plain http on loopback only',
    broken: ({ publicUrl }) => publicUrl?.protocol === 'http:' && !isLoopback(publicUrl),
  },
  {
    setting: 'publicUrl',
    says: 'must be an origin: no path, query, user or password',
    broken: ({ publicUrl }) => publicUrl !== null && publicUrl.href !== `${publicUrl.origin}/`,
  },
  {
    setting: 'allowedOrigins',
    says: 'must all start with https:// in production',
    broken: (values) => production(values) && values.allowedOrigins.some((origin) => !origin.startsWith('https://')),
  },
  {
    setting: 'magicLinkUrls',
    says: 'must all start with https:// in production',
    broken: (values) => production(values) && values.magicLinkUrls.some(({ protocol }) => protocol !== 'https:'),
  },
  ...PAGES_OF_LINKS.map((setting) => ({
    setting,
    says: 'must start with https:// in production',
    broken: (values: Values) => production(values) && values[setting]?.protocol === 'http:',
  })),
  {
    setting: 'introspection',
    says: 'cannot be on in production',
    broken: (values) => production(values) && values.introspection === true,
  },
  {
    setting: 'keys',
    says: 'is required in production with MongoDB, so that every process has the same keys',
    broken: (values) => production(values) && values.mongodbUri !== null && values.keys.length === 0,
  },
  {
    setting: 'keys',
    says: 'must not name one id twice',
    broken: ({ keys }) => new Set(keys.map((key) => key.id)).size < keys.length,
  },
  {
    setting: 'smtpUrl',
    says: 'is required in production',
    broken: (values) => production(values) && values.smtpUrl === null,
  },
  {
    setting: 'devOutbox',
    says: 'cannot be on in production',
    broken: (values) => production(values) && values.devOutbox === true,
  },
  {
    setting: 'smtpUrl',
    says: 'is required when the development outbox is off',
    broken: (values) => !production(values) && values.smtpUrl === null && values.devOutbox === false,
  },
  {
    setting: 'enabledFactors',
    says: 'must name another kind beside SMS and EMAIL, which can be intercepted',
    broken: ({ enabledFactors: kinds }) =>
      kinds.length > 0 && !kinds.some((kind) => kind !== 'SMS' && kind !== 'EMAIL'),
  },
  {
    setting: 'enabledFactors',
    says: 'cannot name SMS without the settings of Twilio, unless the development outbox shows what would be sent',
    broken: (values) => values.enabledFactors.includes('SMS') && values.twilioFrom === null && !hasOutbox(values),
  },
  {
    setting: 'twilioAccountSid',
    says: 'must be set together with the token and the sender, or none of them',
    broken: ({ twilioAccountSid, twilioAuthToken, twilioFrom }) =>
      new Set([twilioAccountSid, twilioAuthToken, twilioFrom].map((value) => value === null)).size > 1,
  },
  {
    setting: 'twilioAccountSid',
    says: 'must start with AC',
    broken: ({ twilioAccountSid }) => twilioAccountSid !== null && !twilioAccountSid.startsWith('AC'),
  },
  {
    setting: 'twilioUrl',
    says: 'may be plain http on loopback only',
    broken: ({ twilioUrl }) => twilioUrl?.protocol === 'http:' && !isLoopback(twilioUrl),
  },
  {
    setting: 'vapidPublicKey',
    says: 'must be set together with the private key, or neither of them',
    broken: ({ vapidPublicKey, vapidPrivateKey }) => (vapidPublicKey === null) !== (vapidPrivateKey === null),
  },
  {
    setting: 'vapidPrivateKey',
    says: 'does not belong to the public key',
    broken: ({ vapidPublicKey, vapidPrivateKey }) =>
      vapidPublicKey !== null && vapidPrivateKey !== null && publicKeyOf(vapidPrivateKey) !== vapidPublicKey,
  },
  {
    setting: 'maxResendSeconds',
    says: `must not be shorter than ${SETTINGS.resendSeconds.env}`,
    broken: (values) => values.maxResendSeconds < values.resendSeconds,
  },
  {
    setting: 'sessionIdleSeconds',
    says: `must not be longer than ${SETTINGS.sessionAbsoluteSeconds.env}`,
    broken: (values) => values.sessionIdleSeconds > values.sessionAbsoluteSeconds,
  },
  {
    setting: 'headersTimeoutSeconds',
    says: `must not be longer than ${SETTINGS.requestTimeoutSeconds.env}`,
    broken: (values) => values.headersTimeoutSeconds > values.requestTimeoutSeconds,
  },
]

export function contradictionsIn(values: Values): readonly Mistake[] {
  return RULES.filter((rule) => rule.broken(values)).map((rule) => ({
    setting: SETTINGS[rule.setting].env,
    says: rule.says,
  }))
}

/** The point of P-256 that belongs to a private key; null when it is none. */
function publicKeyOf(privateKey: string): string | null {
  const pair = createECDH('prime256v1')
  try {
    pair.setPrivateKey(Buffer.from(privateKey, 'base64url'))
    return pair.getPublicKey().toString('base64url')
  } catch {
    return null
  }
}
