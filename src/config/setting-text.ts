import { readFileSync } from 'node:fs'
import type { Mistake } from './config-error.js'
import type { Setting } from './setting.js'

export type Environment = Readonly<Record<string, string | undefined>>

/** The variable for the path of a file that contains a secret setting. */
export const fileVariable = ({ env }: Setting): string => `${env}_FILE`

/** The text of a setting in the environment; empty when unset. A secret may be in a file instead. */
export function textOf(setting: Setting, environment: Environment, mistakes: Mistake[]): string {
  // Shells and compose files write "not set" as an empty variable.
  const text = environment[setting.env]?.trim() ?? ''
  const path = setting.secret === true ? (environment[fileVariable(setting)]?.trim() ?? '') : ''
  if (path === '') return text
  if (text !== '') {
    mistakes.push({ setting: fileVariable(setting), says: `cannot be set together with ${setting.env}` })
    return text
  }
  const content = contentOf(path)
  if (content === null) mistakes.push({ setting: fileVariable(setting), says: 'must name a file that can be read' })
  if (content === '') mistakes.push({ setting: fileVariable(setting), says: 'names an empty file' })
  return content ?? ''
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}
