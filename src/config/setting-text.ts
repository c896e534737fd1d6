import { readFileSync } from 'node:fs'
import { systemErrorIn, systemReason } from '../kernel/setup-fault.js'
import type { Mistake } from './config-error.js'
import type { Setting } from './setting.js'

export type Environment = Readonly<Record<string, string | undefined>>

/** The variable for the path of a file that contains a secret setting. */
export const fileVariable = ({ env }: Setting): string => `${env}_FILE`

/** The variable that a setting is given in, which is the one that a mistake names. */
export const variableOf = (setting: Setting, environment: Environment): string =>
  pathOf(setting, environment) === '' ? setting.env : fileVariable(setting)

/** The text of a setting in the environment; empty when unset. A secret may be in a file instead. */
export function textOf(setting: Setting, environment: Environment, mistakes: Mistake[]): string {
  // Shells and compose files write "not set" as an empty variable.
  const text = environment[setting.env]?.trim() ?? ''
  const path = pathOf(setting, environment)
  if (path === '') return text
  const complain = (says: string): string => {
    mistakes.push({ setting: fileVariable(setting), says })
    return ''
  }
  if (text !== '') return complain(`cannot be set together with ${setting.env}`)
  const content = contentOf(path)
  if (typeof content !== 'string') return complain(`must name a file that can be read: ${content.reason}`)
  return content === '' ? complain('names an empty file') : content
}

const pathOf = (setting: Setting, environment: Environment): string =>
  setting.secret === true ? (environment[fileVariable(setting)]?.trim() ?? '') : ''

/** Never quotes the path: a secret may have been put there by mistake. */
function contentOf(path: string): string | { readonly reason: string } {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    const fault = systemErrorIn(error)
    return { reason: fault ? systemReason(fault) : 'its path is not valid' }
  }
}
