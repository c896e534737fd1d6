import type { z } from 'zod'

/** One setting: its name, its parser and its explanation. The reference in the documentation is printed from these. */
export interface Setting<T = unknown> {
  /** The name of the environment variable. */
  readonly env: string
  readonly parser: z.ZodType<T, string>
  /** It may be given as the path of a file, in the variable with `_FILE`. */
  readonly secret?: true
  /** The text that an unset variable counts as; empty when there is none. */
  readonly default: string
  /** In words, where the default depends on other settings. */
  readonly defaultNote?: string
  readonly unit?: string
  readonly meaning: string
}

/** Settings by section and name, as the configuration has them. */
export type SettingSections = Readonly<Record<string, Readonly<Record<string, Setting>>>>

/** The values of settings, by section and name. */
export type ValuesOf<Sections extends SettingSections> = {
  readonly [Section in keyof Sections]: {
    readonly [Name in keyof Sections[Section]]: Sections[Section][Name] extends Setting<infer T> ? T : never
  }
}

/** Names one setting, such as `server.port`. */
export type PathsOf<Sections extends SettingSections> = {
  [Section in keyof Sections & string]: `${Section}.${keyof Sections[Section] & string}`
}[keyof Sections & string]
