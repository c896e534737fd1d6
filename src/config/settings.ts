import { AUDIT_SETTINGS } from './audit-settings.js'
import { FACTOR_SETTINGS } from './factor-settings.js'
import { LIMIT_SETTINGS } from './limit-settings.js'
import { SHARED_LIMIT_SETTINGS } from './shared-limit-settings.js'
import { MESSAGE_SETTINGS } from './message-settings.js'
import { MFA_SETTINGS } from './mfa-settings.js'
import { NETWORK_SETTINGS } from './network-settings.js'
import { ORGANIZATION_SETTINGS } from './organization-settings.js'
import { SERVER_SETTINGS } from './server-settings.js'
import type { PathsOf, Setting, SettingSections, ValuesOf } from './setting.js'
import { RISK_SETTINGS } from './risk-settings.js'
import { SERVICE_SETTINGS } from './service-settings.js'
import { SIGN_IN_SETTINGS } from './sign-in-settings.js'

/** All settings: nothing else is read from the environment. */
export const SETTINGS = {
  ...SERVER_SETTINGS,
  ...AUDIT_SETTINGS,
  ...SIGN_IN_SETTINGS,
  ...MFA_SETTINGS,
  ...FACTOR_SETTINGS,
  ...MESSAGE_SETTINGS,
  ...RISK_SETTINGS,
  ...NETWORK_SETTINGS,
  ...ORGANIZATION_SETTINGS,
  ...SERVICE_SETTINGS,
  ...LIMIT_SETTINGS,
  ...SHARED_LIMIT_SETTINGS,
} as const satisfies SettingSections

export const SETTING_GROUPS = [
  { title: 'Server', sections: SERVER_SETTINGS },
  { title: 'Audit log', sections: AUDIT_SETTINGS },
  { title: 'Keys, people and sign-in', sections: SIGN_IN_SETTINGS },
  { title: 'Second factors and devices', sections: MFA_SETTINGS },
  { title: 'Kinds of factor', sections: FACTOR_SETTINGS },
  { title: 'Messages', sections: MESSAGE_SETTINGS },
  { title: 'Risk', sections: RISK_SETTINGS },
  { title: 'Networks and lists', sections: NETWORK_SETTINGS },
  { title: 'Organizations', sections: ORGANIZATION_SETTINGS },
  { title: 'Homegrown auth', sections: SERVICE_SETTINGS },
  { title: 'Limits', sections: { ...LIMIT_SETTINGS, ...SHARED_LIMIT_SETTINGS } },
] as const satisfies readonly { readonly title: string; readonly sections: SettingSections }[]

export type Values = ValuesOf<typeof SETTINGS>
export type SettingPath = PathsOf<typeof SETTINGS>

export const settingsIn = (sections: SettingSections): readonly Setting[] =>
  Object.values(sections).flatMap((section) => Object.values(section))

export function settingAt(path: SettingPath): Setting {
  const [section = '', name = ''] = path.split('.')
  const setting = (SETTINGS as SettingSections)[section]?.[name]
  if (!setting) throw new Error(`there is no setting ${path}`)
  return setting
}
