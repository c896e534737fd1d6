import { isIP } from 'node:net'
import type { DeviceTokenState } from '../../../src/risk/index.js'
import type { SignInEvent } from '../event.js'
import type { ReadCell } from './columns.js'
import { detached } from './detached.js'
import { readTimestamp } from './read-timestamp.js'

export type EventOutcome =
  | { readonly kind: 'event'; readonly event: SignInEvent; readonly isAttacker: boolean }
  | { readonly kind: 'problem'; readonly says: string }

/**
 * How far a row may go back in time, which clocks of several servers do; it then counts as just as late as the latest.
 */
const MOST_BACK_MS = 60_000

const ASN = /^(?:AS)?(\d{1,10})(?:\.0)?$/i
const COUNTRY = /^[A-Z]{2}$/i
const YES = new Set(['true', '1', 'yes'])
const NO = new Set(['false', '0', 'no'])
/** How the dataset and CSV tools write an unknown value. */
const UNKNOWN = new Set(['', '-', 'nan', 'null'])
const TOKEN_STATES: ReadonlySet<string> = new Set(['trusted', 'known', 'none', 'foreign'] satisfies DeviceTokenState[])

/** Reads a row's cells; `latest` is the latest time of the rows before. */
export function readEvent(cells: readonly string[], cell: ReadCell, latest: number): EventOutcome {
  const read = (key: Parameters<ReadCell>[1]): string => cell(cells, key)
  const time = readTimestamp(read('timestamp'))
  if (time === null) return problem(`has no readable timestamp: "${short(read('timestamp'))}"`)
  if (time < latest - MOST_BACK_MS) return problem(`goes back in time by ${Math.round((latest - time) / 1000)} s`)
  const userId = read('userId')
  if (userId === '') return problem('has no user')
  // A zone such as `%eth0` is local to one machine.
  const address = read('address').split('%')[0] ?? ''
  if (isIP(address) === 0) return problem(`has no readable address: "${short(address)}"`)
  const successful = read('successful').toLowerCase()
  if (!YES.has(successful) && !NO.has(successful)) {
    return problem(`does not say whether the sign-in was successful: "${short(successful)}"`)
  }
  const asn = read('asn')
  const asnDigits = ASN.exec(asn)?.[1]
  if (asnDigits === undefined && !UNKNOWN.has(asn.toLowerCase())) return problem(`has no readable ASN: "${short(asn)}"`)
  const deviceToken = read('deviceToken').toLowerCase()
  if (deviceToken !== '' && !isTokenState(deviceToken)) {
    return problem(`has an unknown device token state: "${short(deviceToken)}"`)
  }
  const country = read('country')
  return {
    kind: 'event',
    isAttacker: read('attacker') !== '',
    event: {
      at: Math.max(time, latest),
      userId: detached(userId),
      address: detached(address),
      country: COUNTRY.test(country) ? country.toUpperCase() : '',
      asn: asnDigits === undefined ? null : Number(asnDigits),
      place: null,
      userAgent: detached(read('userAgent')),
      cookie: null,
      deviceToken: isTokenState(deviceToken) ? deviceToken : null,
      language: detached(read('language')),
      timeZone: detached(read('timeZone')),
      successful: YES.has(successful),
    },
  }
}

const problem = (says: string): EventOutcome => ({ kind: 'problem', says })

const isTokenState = (text: string): text is DeviceTokenState => TOKEN_STATES.has(text)

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
