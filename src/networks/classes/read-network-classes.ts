import { parsePrefix, type Prefix } from '../addresses/prefix.js'
import { NETWORK_CLASSES, type NetworkClass } from './network-class.js'

/** The classes an operator may set; `none` overrides a built-in class. */
export type GivenClass = NetworkClass | 'none'

/** An operator's own classes, by AS number and by address. */
export interface GivenClasses {
  readonly asns: ReadonlyMap<number, GivenClass>
  readonly prefixes: readonly (readonly [Prefix, GivenClass])[]
}

export interface LineMistake {
  readonly line: number
  readonly says: string
}

/** A file of network classes that could not be used. Stops the start; while running, the previous classes stay. */
export class NetworkClassesError extends Error {
  constructor(readonly mistakes: readonly LineMistake[]) {
    const shown = mistakes.slice(0, MOST_SHOWN).map(({ line, says }) => `  line ${line} ${says}`)
    const more = mistakes.length > MOST_SHOWN ? [`  and ${mistakes.length - MOST_SHOWN} more`] : []
    super(
      `STEPGATE_NETWORK_CLASSES has ${mistakes.length === 1 ? 'a mistake' : 'mistakes'}:\n${[...shown, ...more].join('\n')}`,
    )
    this.name = 'NetworkClassesError'
  }
}

export const NO_GIVEN_CLASSES: GivenClasses = { asns: new Map(), prefixes: [] }

const MOST_SHOWN = 50
const MOST_ENTRIES = 200_000
const LARGEST_ASN = 2 ** 32 - 1

/** Reads `AS14061 hosting` and `203.0.113.0/24 tor`, one on each line, `#` for comments; throws with every mistake. */
export function readNetworkClasses(text: string): GivenClasses {
  const asns = new Map<number, GivenClass>()
  const prefixes = new Map<string, readonly [Prefix, GivenClass]>()
  const mistakes: LineMistake[] = []
  // Some editors begin a file with an invisible byte order mark.
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  for (const [index, line] of lines.entries()) {
    const read = readLine(line)
    if (read === null) continue
    const says = typeof read === 'string' ? read : keep(read, asns, prefixes)
    if (says !== null) mistakes.push({ line: index + 1, says })
  }
  if (asns.size + prefixes.size > MOST_ENTRIES)
    mistakes.push({ line: lines.length, says: `ends more than ${MOST_ENTRIES} networks` })
  if (mistakes.length > 0) throw new NetworkClassesError(mistakes)
  return { asns, prefixes: [...prefixes.values()] }
}

interface Line {
  readonly network: number | Prefix
  readonly given: GivenClass
}

/** The content of a line; a mistake as text; null for an empty one. */
function readLine(line: string): Line | string | null {
  const [written, className, ...rest] = (line.split('#')[0] ?? '').trim().split(/\s+/)
  if (!written) return null
  if (className === undefined || rest.length > 0) return 'must be a network and its class'
  const given = [...NETWORK_CLASSES, 'none' as const].find((each) => each === className)
  if (given === undefined) return `must name one of the classes ${NETWORK_CLASSES.join(', ')} or none`
  const network = /^AS[0-9]/i.test(written) ? asnOf(written.slice(2)) : parsePrefix(written)
  return network === null
    ? 'must begin with an AS number (AS14061), an address or a network (203.0.113.0/24)'
    : { network, given }
}

function asnOf(digits: string): number | null {
  const asn = /^[1-9][0-9]{0,9}$/.test(digits) ? Number(digits) : NaN
  return asn <= LARGEST_ASN ? asn : null
}

/** Stores a line; returns the mistake when another line gave the same network another class. */
function keep(
  { network, given }: Line,
  asns: Map<number, GivenClass>,
  prefixes: Map<string, readonly [Prefix, GivenClass]>,
): string | null {
  const before = typeof network === 'number' ? asns.get(network) : prefixes.get(network.text)?.[1]
  if (before !== undefined && before !== given) return `gives a network another class than a line before: ${before}`
  if (typeof network === 'number') asns.set(network, given)
  else prefixes.set(network.text, [network, given])
  return null
}
