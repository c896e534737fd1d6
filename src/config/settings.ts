import { FACTOR_SETTINGS } from './factor-settings.js'
import { LIMIT_SETTINGS } from './limit-settings.js'
import { MESSAGE_SETTINGS } from './message-settings.js'
import { MFA_SETTINGS } from './mfa-settings.js'
import { NETWORK_SETTINGS } from './network-settings.js'
import { ORGANIZATION_SETTINGS } from './organization-settings.js'
import { SERVER_SETTINGS } from './server-settings.js'
import type { SettingTable, ValuesOf } from './setting.js'
import { RISK_SETTINGS } from './risk-settings.js'
import { SERVICE_SETTINGS } from './service-settings.js'
import { SIGN_IN_SETTINGS } from './sign-in-settings.js'

/** Every setting there is: what is not in here is not read from the environment. */
export const SETTINGS = {
  ...SERVER_SETTINGS,
  ...SIGN_IN_SETTINGS,
  ...MFA_SETTINGS,
  ...FACTOR_SETTINGS,
  ...MESSAGE_SETTINGS,
  ...RISK_SETTINGS,
  ...NETWORK_SETTINGS,
  ...ORGANIZATION_SETTINGS,
  ...SERVICE_SETTINGS,
  ...LIMIT_SETTINGS,
} as const satisfies SettingTable

export const SETTING_GROUPS = [
  { title: 'Server', settings: SERVER_SETTINGS },
  { title: 'Keys, people and sign-in', settings: SIGN_IN_SETTINGS },
  { title: 'Second factors and devices', settings: MFA_SETTINGS },
  { title: 'Kinds of factor', settings: FACTOR_SETTINGS },
  { title: 'Messages', settings: MESSAGE_SETTINGS },
  { title: 'Risk', settings: RISK_SETTINGS },
  { title: 'Networks and lists', settings: NETWORK_SETTINGS },
  { title: 'Organizations', settings: ORGANIZATION_SETTINGS },
  { title: 'Homegrown auth', settings: SERVICE_SETTINGS },
  { title: 'Limits', settings: LIMIT_SETTINGS },
] as const satisfies readonly { readonly title: string; readonly settings: SettingTable }[]

export type Values = ValuesOf<typeof SETTINGS>
export type SettingName = keyof Values
