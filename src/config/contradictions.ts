import { createECDH } from 'node:crypto'
import { SETTINGS, settingAt, type SettingPath, type Values } from './settings.js'
import type { Mistake } from './config-error.js'
import type { Setting } from './setting.js'
import { hasOutbox } from './defaults.js'

interface Rule {
  readonly setting: SettingPath
  readonly says: string
  readonly broken: (values: Values) => boolean
}

const production = (values: Values): boolean => values.process.environment === 'production'
const isLoopback = (url: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)

/** The web view of an app may have an origin on its own device; any other http can be changed on the network path. */
const isOpenHttp = (origin: string): boolean =>
  origin.startsWith('http://') && !isLoopback(new URL(origin)) && !new URL(origin).hostname.endsWith('.localhost')

/** Related origins have other hosts, so that one origin fits is enough. Apps prove their domain to their system. */
function fitsAnOrigin({ webauthn: { rpId, origins }, server: { allowedOrigins, publicUrl } }: Values): boolean {
  const listed = origins.length > 0 ? origins : allowedOrigins
  const pages = [...listed, ...(publicUrl === null ? [] : [publicUrl.origin])].filter((item) => /^https?:/.test(item))
  if (rpId === null || pages.length === 0) return true
  return pages.some((page) => `.${new URL(page).hostname}`.endsWith(`.${rpId}`))
}

/**
 * The pages that links in mails lead to, with a token in the fragment: over plain http an attacker on the network path
 * could read it.
 */
const PAGES_OF_LINKS = [
  ['mail.confirmUrl', (values: Values) => values.mail.confirmUrl],
  ['links.resetUrl', (values: Values) => values.links.resetUrl],
  ['organizations.invitationUrl', (values: Values) => values.organizations.invitationUrl],
  ['messages.notMeUrl', (values: Values) => values.messages.notMeUrl],
] as const

/** Combinations that are wrong although every value by itself is valid; the unsafe ones stop a production start. */
const RULES: readonly Rule[] = [
  {
    setting: 'riskThresholds.medium',
    says: 'must be at least 1 above the low one and at least 1 below the high one',
    broken: ({ riskThresholds: { low, medium, high } }) => low + 1 > medium || medium + 1 > high,
  },
  {
    setting: 'server.publicUrl',
    says: 'must be set and start with https:// in production',
    broken: (values) => production(values) && values.server.publicUrl?.protocol !== 'https:',
  },
  {
    setting: 'server.publicUrl',
    says: 'may be plain http on loopback only',
    broken: ({ server: { publicUrl } }) => publicUrl?.protocol === 'http:' && !isLoopback(publicUrl),
  },
  {
    setting: 'server.publicUrl',
    says: 'must be an origin: no path, query, user or password',
    broken: ({ server: { publicUrl } }) => publicUrl !== null && publicUrl.href !== `${publicUrl.origin}/`,
  },
  {
    setting: 'server.allowedOrigins',
    says: 'may contain plain http on loopback only in production',
    broken: (values) => production(values) && values.server.allowedOrigins.some(isOpenHttp),
  },
  {
    setting: 'webauthn.rpId',
    says: 'must be the host, or a parent domain of the host, of at least one origin for passkeys',
    broken: (values) => !fitsAnOrigin(values),
  },
  {
    setting: 'links.magicLinkUrls',
    says: 'must all start with https:// in production',
    broken: (values) => production(values) && values.links.magicLinkUrls.some(({ protocol }) => protocol !== 'https:'),
  },
  ...PAGES_OF_LINKS.map(([setting, pageIn]) => ({
    setting,
    says: 'must start with https:// in production',
    broken: (values: Values) => production(values) && pageIn(values)?.protocol === 'http:',
  })),
  {
    setting: 'server.introspection',
    says: 'cannot be on in production',
    broken: (values) => production(values) && values.server.introspection === true,
  },
  {
    setting: 'installation.keys',
    says: 'is required in production with MongoDB, so that every process has the same keys',
    broken: (values) => production(values) && values.store.mongodbUri !== null && values.installation.keys.length === 0,
  },
  {
    setting: 'installation.keys',
    says: 'must not contain an id twice',
    broken: ({ installation: { keys } }) => new Set(keys.map((key) => key.id)).size < keys.length,
  },
  {
    setting: 'mail.smtpUrl',
    says: 'is required in production',
    broken: (values) => production(values) && values.mail.smtpUrl === null,
  },
  {
    setting: 'mail.outbox',
    says: 'cannot be on in production',
    broken: (values) => production(values) && values.mail.outbox === true,
  },
  {
    setting: 'mail.smtpUrl',
    says: 'is required when the development outbox is off',
    broken: (values) => !production(values) && values.mail.smtpUrl === null && values.mail.outbox === false,
  },
  {
    setting: 'factors.enabled',
    says: 'must contain another kind besides SMS and EMAIL, which can be intercepted',
    broken: ({ factors: { enabled: kinds } }) =>
      kinds.length > 0 && !kinds.some((kind) => kind !== 'SMS' && kind !== 'EMAIL'),
  },
  {
    setting: 'factors.enabled',
    says: 'cannot contain SMS without the settings of Twilio, unless the development outbox shows what would be sent',
    broken: (values) => values.factors.enabled.includes('SMS') && values.twilio.from === null && !hasOutbox(values),
  },
  {
    setting: 'twilio.accountSid',
    says: 'must be set together with the token and the sender, or none of them',
    broken: ({ twilio: { accountSid, authToken, from } }) =>
      new Set([accountSid, authToken, from].map((value) => value === null)).size > 1,
  },
  {
    setting: 'twilio.accountSid',
    says: 'must start with AC',
    broken: ({ twilio: { accountSid } }) => accountSid !== null && !accountSid.startsWith('AC'),
  },
  {
    setting: 'twilio.url',
    says: 'may be plain http on loopback only',
    broken: ({ twilio: { url } }) => url?.protocol === 'http:' && !isLoopback(url),
  },
  {
    setting: 'vapid.publicKey',
    says: 'must be set together with the private key, or neither of them',
    broken: ({ vapid: { publicKey, privateKey } }) => (publicKey === null) !== (privateKey === null),
  },
  {
    setting: 'vapid.privateKey',
    says: 'does not belong to the public key',
    broken: ({ vapid: { publicKey, privateKey } }) =>
      publicKey !== null && privateKey !== null && publicKeyOf(privateKey) !== publicKey,
  },
  {
    setting: 'challenges.maxResendSeconds',
    says: `must not be shorter than ${SETTINGS.challenges.resendSeconds.env}`,
    broken: (values) => values.challenges.maxResendSeconds < values.challenges.resendSeconds,
  },
  {
    setting: 'sessions.tokenAlgorithms',
    says: 'must contain an algorithm',
    broken: (values) => values.sessions.tokenAlgorithms.length === 0,
  },
  {
    setting: 'sessions.idleSeconds',
    says: `must not be longer than ${SETTINGS.sessions.absoluteSeconds.env}`,
    broken: (values) => values.sessions.idleSeconds > values.sessions.absoluteSeconds,
  },
  {
    setting: 'server.headersTimeoutSeconds',
    says: `must not be longer than ${SETTINGS.server.requestTimeoutSeconds.env}`,
    broken: (values) => values.server.headersTimeoutSeconds > values.server.requestTimeoutSeconds,
  },
]

export function contradictionsIn(values: Values, variableOf: (setting: Setting) => string): readonly Mistake[] {
  return RULES.filter((rule) => rule.broken(values)).map((rule) => ({
    setting: variableOf(settingAt(rule.setting)),
    says: rule.says,
  }))
}

/** The P-256 point of a private key; null when it is not a key. */
function publicKeyOf(privateKey: string): string | null {
  const pair = createECDH('prime256v1')
  try {
    pair.setPrivateKey(Buffer.from(privateKey, 'base64url'))
    return pair.getPublicKey().toString('base64url')
  } catch {
    return null
  }
}
