import type { Setting } from './setting.js'
import { SETTING_GROUPS } from './settings.js'

/** One row of the configuration reference. */
export interface SettingDescription {
  readonly group: string
  readonly name: string
  readonly default: string
  readonly unit: string
  readonly meaning: string
}

/** Every setting in the words of the reference, in its order. */
export function describeSettings(): readonly SettingDescription[] {
  return SETTING_GROUPS.flatMap(({ title, settings }) =>
    Object.values<Setting>(settings).map((setting) => ({
      group: title,
      name: setting.env,
      default: setting.defaultNote ?? (setting.default === '' ? 'none' : `\`${setting.default}\``),
      unit: setting.unit ?? '',
      meaning: setting.meaning,
    })),
  )
}
