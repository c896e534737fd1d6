import { fileVariable } from './setting-text.js'
import { SETTING_GROUPS, settingsIn } from './settings.js'

/** One row of the configuration reference. */
export interface SettingDescription {
  readonly group: string
  readonly name: string
  /** The variable for the path of a file that contains it; null where it is not secret. */
  readonly fileName: string | null
  readonly default: string
  readonly unit: string
  readonly meaning: string
}

/** Every setting as the reference describes it, in its order. */
export function describeSettings(): readonly SettingDescription[] {
  return SETTING_GROUPS.flatMap(({ title, sections }) =>
    settingsIn(sections).map((setting) => ({
      group: title,
      name: setting.env,
      fileName: setting.secret ? fileVariable(setting) : null,
      default: setting.defaultNote ?? (setting.default === '' ? 'none' : `\`${setting.default}\``),
      unit: setting.unit ?? '',
      meaning: setting.meaning,
    })),
  )
}
