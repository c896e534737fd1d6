import { SETTINGS, type SettingName, type Values } from './settings.js'
import type { Mistake } from './config-error.js'

interface Rule {
  readonly setting: SettingName
  readonly says: string
  readonly broken: (values: Values) => boolean
}

const production = (values: Values): boolean => values.environment === 'production'
const isLoopback = (url: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)

/** What is wrong although every value by itself is right; the unsafe ones stop a production start. */
const RULES: readonly Rule[] = [
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
