import { readFileSync } from 'node:fs'
import type { Mistake } from './config-error.js'
import type { Setting } from './setting.js'

export type Environment = Readonly<Record<string, string | undefined>>

/** Names the variable with the path of the file that holds a secret setting. */
export const fileVariable = ({ env }: Setting): string => `${env}_FILE`

/** What the environment says about a setting; empty when it says nothing. A secret may be in a file instead. */
export function textOf(setting: Setting, environment: Environment, mistakes: Mistake[]): string {
  // A variable set to nothing is how shells and compose files write "not set".
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
