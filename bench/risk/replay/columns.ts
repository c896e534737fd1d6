import { ReplayError } from './replay-error.js'

/**
 * The columns we read, by their names in the RBA dataset. All others are only copied: labels that were added later,
 * such as `Is Attack IP` and `Is Account Takeover`, must not reach a score.
 */
const REQUIRED = {
  timestamp: 'Login Timestamp',
  userId: 'User ID',
  address: 'IP Address',
  userAgent: 'User Agent String',
  successful: 'Login Successful',
} as const

const OPTIONAL = {
  country: 'Country',
  asn: 'ASN',
  deviceToken: 'Device Token State',
  language: 'Language',
  timeZone: 'Time Zone',
  attacker: 'Attacker',
} as const

/** What is added behind the columns of the file. */
export const ADDED_COLUMNS = ['score', 'level', 'verdict', 'contributions'] as const

type ColumnKey = keyof typeof REQUIRED | keyof typeof OPTIONAL

/** Answers the cell of a column, trimmed; empty where the file has no such column. */
export type ReadCell = (cells: readonly string[], key: ColumnKey) => string

/** Finds the columns by the header, in any order, or throws a `ReplayError` that names the missing one. */
export function findColumns(header: readonly string[]): ReadCell {
  const names = header.map((name) => name.trim().toLowerCase())
  const added = ADDED_COLUMNS.find((name) => names.includes(name))
  if (added) throw new ReplayError(`The file has a column "${added}" already: was it scored before?`)
  const missing = Object.values(REQUIRED).filter((name) => !names.includes(name.toLowerCase()))
  if (missing.length > 0) throw new ReplayError(`The header lacks ${listed(missing)}; it has ${listed(header)}.`)
  const places = new Map(
    Object.entries({ ...REQUIRED, ...OPTIONAL }).map(([key, name]) => [key, placeOf(name, names)] as const),
  )
  return (cells, key) => cells[places.get(key) ?? -1]?.trim() ?? ''
}

function placeOf(name: string, names: readonly string[]): number {
  const place = names.indexOf(name.toLowerCase())
  if (names.indexOf(name.toLowerCase(), place + 1) > place) {
    throw new ReplayError(`The header has two columns "${name}".`)
  }
  return place
}

const listed = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')
