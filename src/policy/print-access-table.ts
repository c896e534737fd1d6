import type { GuardRule } from '../kernel/access.js'
import { coordinateOf, type AccessRow } from './access-table.js'

const COLUMNS = ['Field', 'Access', 'Assurance', 'Within', 'Factors', 'Purpose', 'Per operation', 'Notes'] as const

/** The access table as Markdown, in the order of its rows: schema/access.md. */
export function printAccessTable(rows: readonly AccessRow[]): string {
  const lines = [COLUMNS, COLUMNS.map(() => '---'), ...rows.map(cellsOf)]
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`
}

function cellsOf(row: AccessRow): readonly string[] {
  return [
    `\`${coordinateOf(row)}\``,
    row.access,
    assuranceOf(row),
    withinOf(row.withinSeconds),
    row.factors?.join(', ') ?? 'any',
    row.purpose === null ? '' : `\`${row.purpose.replace(/[|`]/g, '')}\``,
    row.authentication ? 'one' : '',
    notesOf(row),
  ]
}

const RULE_NOTE: Readonly<Record<GuardRule, string>> = {
  ORGANIZATION: '',
  ACCOUNT: 'own account',
  CREDENTIALS: 'own credentials',
}

const notesOf = ({ rule, reportOnly }: AccessRow): string =>
  [RULE_NOTE[rule], reportOnly ? 'report only' : ''].filter((note) => note !== '').join(', ')

function assuranceOf({ strongest, assurance }: AccessRow): string {
  if (!strongest) return assurance
  return assurance === 'ONE_FACTOR' ? 'strongest of the account' : `strongest of the account, at least ${assurance}`
}

function withinOf(withinSeconds: number | null): string {
  if (withinSeconds === null) return 'any time'
  return withinSeconds === 0 ? 'this operation' : `${withinSeconds} s`
}
