import type { z } from 'zod'

/** One setting: how it is called, read, and explained. The reference in the documentation is printed from these. */
export interface Setting<T = unknown> {
  /** The name of the environment variable. */
  readonly env: string
  readonly parser: z.ZodType<T, string>
  /** What an unset variable counts as; empty when there is none. */
  readonly default: string
  /** In words, where the default depends on other settings. */
  readonly defaultNote?: string
  readonly unit?: string
  readonly meaning: string
}

export type SettingTable = Readonly<Record<string, Setting>>

/** The values of a table of settings, by their names in the table. */
export type ValuesOf<Table extends SettingTable> = {
  readonly [Name in keyof Table]: Table[Name] extends Setting<infer T> ? T : never
}
