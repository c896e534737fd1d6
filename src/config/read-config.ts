import { assembleConfig, type Config } from './assemble-config.js'
import { ConfigError, type Mistake } from './config-error.js'
import { contradictionsIn } from './contradictions.js'
import { deepFreeze } from './deep-freeze.js'
import { fileVariable, textOf, variableOf, type Environment } from './setting-text.js'
import type { Setting } from './setting.js'
import { SETTINGS, settingsIn, type Values } from './settings.js'

const PREFIX = 'STEPGATE_'
const KNOWN: ReadonlySet<string> = new Set(
  settingsIn(SETTINGS).flatMap((setting) => [setting.env, ...(setting.secret ? [fileVariable(setting)] : [])]),
)

/** Reads the whole environment, or throws one `ConfigError` that names every mistake in it. */
export function readConfig(environment: Environment = process.env): Config {
  const mistakes: Mistake[] = Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && !KNOWN.has(name))
    .map((setting) => ({ setting, says: 'is not a setting' }))
  const read = (setting: Setting) => readValue(setting, environment, mistakes)
  const values = mapValues(SETTINGS, (section) => mapValues<Setting, unknown>(section, read)) as Values
  const malformed = new Set(mistakes.map((mistake) => mistake.setting))
  mistakes.push(
    ...contradictionsIn(values, (setting) => variableOf(setting, environment)).filter(
      (mistake) => !malformed.has(mistake.setting),
    ),
  )
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return deepFreeze(assembleConfig(values))
}

/**
 * A value that does not parse is reported and replaced by its default, so that the other rules can still be checked.
 */
function readValue(setting: Setting, environment: Environment, mistakes: Mistake[]): unknown {
  const result = setting.parser.safeParse(textOf(setting, environment, mistakes) || setting.default)
  if (result.success) return result.data
  const complaints = new Set(result.error.issues.map((issue) => issue.message))
  for (const says of complaints) mistakes.push({ setting: variableOf(setting, environment), says })
  return setting.parser.parse(setting.default)
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
